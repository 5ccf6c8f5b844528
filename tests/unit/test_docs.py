"""The pages say what is so: links lead somewhere, tables are whole, and what they tell to type exists."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from backend.cli.application import app

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"THIRD_PARTY_NOTICES.md"}
PAST = {"CHANGELOG.md", "docs/decisions"}
"""What these name was so when they were written."""

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_TYPED = re.compile(r"`([^`]+)`")
_FENCE = "```"


def pages() -> list[Path]:
    told = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [Path(name) for name in told.splitlines() if name not in SKIPPED and (ROOT / name).is_file()]


PAGES = pages()
PRESENT = [page for page in PAGES if not any(page.is_relative_to(past) for past in PAST)]

pytestmark = pytest.mark.skipif(not PAGES, reason="this folder is no git checkout, so nobody knows its pages")


@cache
def anchors(page: Path) -> frozenset[str]:
    """What headings are called in addresses."""
    found: set[str] = set()
    for heading in _HEADING.findall(page.read_text("utf-8")):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.replace("`", "").replace("*", ""))
        found.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return frozenset(found)


def dead_links(page: Path, text: str) -> Iterator[str]:
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        place = (ROOT / page.parent / name).resolve() if name else ROOT / page
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in anchors(place)):
            yield link


def broken_rows(text: str) -> Iterator[str]:
    """Rows of tables with other than as many cells as their head: a bar in a cell is written ``\\|``."""
    cells, fenced = 0, False
    for line in text.splitlines():
        fenced ^= line.startswith(_FENCE)
        if fenced or not line.startswith("|"):
            cells = 0
            continue
        here = len(re.findall(r"(?<!\\)\|", line))
        if cells and here != cells:
            yield line
        cells = cells or here


def typed(text: str) -> Iterator[str]:
    """Each line that stands between fences, and all between backticks outside of them."""
    fenced = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            fenced = not fenced
        elif fenced:
            yield line.partition("#")[0]
        else:
            yield from _TYPED.findall(line)


def unknown_commands(text: str) -> Iterator[str]:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = set(getattr(get_command(app), "later", {})) | {"livekit"}
    for line in typed(text):
        for name in re.findall(r"(?:^|[\s;&])make ((?:[A-Z_]+=\S+ )*)([a-z][\w-]*)", line):
            if name[1] not in targets:
                yield f"make {name[1]}"
        for name in re.findall(r"(?:^|[\s;&/])ringmaster ([a-z][a-z-]+)\b", line):
            if name not in commands:
                yield f"ringmaster {name}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    assert list(dead_links(page, (ROOT / page).read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_rows_of_tables_are_whole(page: Path) -> None:
    assert list(broken_rows((ROOT / page).read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PRESENT, ids=str)
def test_what_is_to_be_typed_exists(page: Path) -> None:
    assert list(unknown_commands((ROOT / page).read_text("utf-8"))) == []


def test_what_is_not_so_is_found() -> None:
    page = Path("docs/testing.md")
    assert list(dead_links(page, "[a](gone.md) [b](testing.md#gone) [c](testing.md#coverage) [d](https://x.org)")) == [
        "gone.md",
        "testing.md#gone",
    ]
    assert list(broken_rows("| a | b |\n|---|---|\n| `x|y` | 1 |\n| `x\\|y` | 1 |")) == ["| `x|y` | 1 |"]
    assert list(unknown_commands("`make tset`, `make test`\n```\nringmaster chekc # make nothing\n```")) == [
        "make tset",
        "ringmaster chekc",
    ]
