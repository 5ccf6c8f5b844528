"""Bundles the console's pages from ``backend/console/src`` into ``backend/console/built``, which is committed.

The server needs no Node: it serves what lies in ``built``. Whoever changes ``src`` bundles again (``make console``);
``make check`` bundles into a folder of its own and compares byte for byte, so that what is served is what ``src`` says.

    python requirements/console.py [--check]

Entry points are ``main.js``, ``style.css``, every ``*.worklet.js`` (which a browser loads by itself), and every
``*.module.js`` (which a page loads when it is needed: it shares nothing with ``main.js``).
"""

import filecmp
import subprocess
import sys
import tempfile
from pathlib import Path

from node import NoNode, node, packages

__all__ = ["bundle", "main"]

_CONSOLE = Path(__file__).resolve().parent.parent / "backend" / "console"
_BUILT = _CONSOLE / "built"
_CANNOT = 3
_LIMIT_S = 120


def bundle(into: Path) -> None:
    """Write the bundles.

    Raises:
        NoNode: there is no Node.js, or esbuild cannot be fetched.
        SystemExit: the sources have an error, which esbuild has printed.
    """
    source, modules = _CONSOLE / "src", packages(_CONSOLE, "console")
    entries = [f"console={source / 'main.js'}", f"console={source / 'style.css'}"]
    apart = (*source.rglob("*.worklet.js"), *source.rglob("*.module.js"))
    entries += [f"{one.stem}={one}" for one in sorted(apart)]
    options = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8", "--log-level=warning")
    done = subprocess.run(  # noqa: S603
        [str(node()), str(modules / "esbuild" / "bin" / "esbuild"), *entries, *options, f"--outdir={into}"],
        env={"NODE_PATH": str(modules), "PATH": str(node().parent)},
        cwd=_CONSOLE,
        timeout=_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit("the console was not bundled")


def main(arguments: list[str]) -> int:
    """The command; gives its exit status."""
    try:
        if "--check" not in arguments:
            for old in _BUILT.glob("*"):
                old.unlink()
            bundle(_BUILT)
            return 0
        with tempfile.TemporaryDirectory() as folder:
            bundle(Path(folder))
            return 0 if _same(Path(folder)) else 1
    except NoNode as error:
        print(f"the console: {error}", file=sys.stderr)
        return _CANNOT


def _same(fresh: Path) -> bool:
    names = sorted({one.name for one in (*fresh.iterdir(), *_BUILT.iterdir())})
    _, changed, missing = filecmp.cmpfiles(fresh, _BUILT, names, shallow=False)
    for name in (*changed, *missing):
        print(f"backend/console/built/{name} is not what backend/console/src says; `make console` bundles it anew")
    return not changed and not missing


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
