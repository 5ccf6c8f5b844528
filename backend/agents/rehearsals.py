"""Which rehearsals there are: those of a version, and those that lie on this server. None is read any further."""

import re
from collections.abc import Mapping
from pathlib import Path

from backend.domain.store_run import WrittenRehearsal

__all__ = ["FOLDER", "SUITE", "rehearsals_of", "server_rehearsals"]

FOLDER = "rehearsals/"
"""Where they are in a store."""
SUITE = "suite.yaml"
"""What makes a folder of them a suite, and is none itself."""
_TITLE = re.compile(r"^(?:title|name):[ \t]*(.{1,200}?)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^line:[ \t]*([a-z][a-z0-9_]{0,63})", re.MULTILINE)
_POLICIES = re.compile(r"^policies:[ \t]*([^\s#]+)", re.MULTILINE)


def rehearsals_of(files: Mapping[str, str]) -> list[WrittenRehearsal]:
    """Those of a version, by name.

    Args:
        files: all its files, by lasting name.
    """
    found: list[WrittenRehearsal] = []
    for file, text in sorted(files.items()):
        suite, _, name = file.removeprefix(FOLDER).partition("/")
        about = files.get(f"{FOLDER}{suite}/{SUITE}", "")
        if file.startswith(FOLDER) and name not in {SUITE, _named(_POLICIES, about)}:
            found.append(WrittenRehearsal(f"{suite}/{Path(name).stem}", _title(text), file))
    return found


def server_rehearsals(folder: Path, version: Mapping[str, str]) -> list[WrittenRehearsal]:
    """Those of this server that a version can play: of its lines, in suites of which it has none itself. Blocks.

    Args:
        folder: with suites in it; it may be missing.
        version: all files of the version.
    """
    own = {name.split("/")[1] for name in version if name.startswith(FOLDER)}
    found: list[WrittenRehearsal] = []
    for about in sorted(folder.rglob(SUITE)) if folder.is_dir() else ():
        suite, text = about.parent.name, about.read_text("utf-8", errors="replace")
        if suite in own or f"lines/{_named(_LINE, text)}.yaml" not in version:
            continue
        beside = {about.name, _named(_POLICIES, text)}
        found += [
            WrittenRehearsal(f"{suite}/{path.stem}", _title(path.read_text("utf-8", errors="replace")), "")
            for path in sorted(about.parent.glob("*.yaml"))
            if path.name not in beside
        ]
    return found


def _title(text: str) -> str:
    return _named(_TITLE, text).strip("'\"")


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
