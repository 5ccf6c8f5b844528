"""What people wrote is printed as it is: rich would make pictograms and styles of it."""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from backend.adapters.terminal.screen import as_written, print_page, screen

ROOT = Path(__file__).resolve().parents[4]
WRITTEN = ["lines/a.yaml:100: unknown key", '{"at": "8:a:1", "on": ":on::ok:"}', "[red]why[/] [case 7] [/]", ":key:"]


def printed(*, table: bool, words: str) -> str:
    shown = screen(width=80)
    shown.file = io.StringIO()
    if table:
        rows = Table(box=None, pad_edge=False, show_header=False)
        rows.add_row(*as_written(words))
        shown.print(rows)
    else:
        shown.print(words, markup=False)
    return shown.file.getvalue().strip()


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("words", WRITTEN)
def test_words_are_printed_as_they_are(words: str, table: bool) -> None:
    assert printed(table=table, words=words) == words


def test_nobody_s_words_move_the_cursor() -> None:
    assert printed(table=True, words="a\x1b[2Jb\rc\x9bd") == "a [2Jb c d"


WIDE = [
    "a server with a long name",
    "caller stops to answer, ms p50 / p95",
    "began in a pause",
    "others on the machine",
]


def test_a_table_in_a_file_keeps_its_words_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    rows = Table(*WIDE)
    rows.add_row(*as_written(*WIDE))
    screen().print(rows)
    told = capsys.readouterr().out
    assert [told.count(cell) for cell in WIDE] == [2] * len(WIDE)


def test_columns_say_how_wide_a_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert screen().width == 50


def test_a_page_is_drawn_for_a_terminal_and_written_as_it_is_to_a_file() -> None:
    page = f"## How [it] :on: went\n\n| {' | '.join(WIDE)} |\n| --- | --- | --- | --- |\n"
    shown = screen(width=80)
    shown.file = io.StringIO()
    print_page(shown, page)
    assert shown.file.getvalue() == page + "\n"
    drawn = Console(width=80, force_terminal=True, emoji=False, file=io.StringIO())
    print_page(drawn, page)
    assert isinstance(drawn.file, io.StringIO)
    assert "##" not in drawn.file.getvalue()
    assert "How [it] :on: went" in drawn.file.getvalue()


def consoles() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("backend", "local_azure", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Console":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_no_other_screen_makes_pictograms() -> None:
    found = dict(consoles())
    assert "backend/adapters/terminal/screen.py" in {place.partition(":")[0] for place in found}
    for place, call in found.items():
        given = {one.arg: one.value for one in call.keywords}
        emoji = given.get("emoji")
        assert isinstance(emoji, ast.Constant) and emoji.value is False, place
        ours = place.startswith(("local_azure", "bench", "backend/adapters/terminal/screen.py", "backend/cli/guard.py"))
        assert ours, f"{place}: expected screen()"
