"""Rows are played with little around them, and each is told by its own name as ever."""

from pathlib import Path

import pytest
from crewed import run

ROWS = """
import os, pytest, random, warnings

def note(*what):
    with open("out", "a") as out:
        print(*what, file=out)

@pytest.fixture(scope="session")
def shared():
    yield "shared"
    note("closed")

@pytest.fixture(scope="module", params=["left", "right"])
def side(request):
    note("opened", request.param)
    yield request.param
    note("left", request.param)
"""
ROW = """
@pytest.mark.parametrize(("number", "kind"), [(1, "good"), (2, "good"), (3, "bad"), (4, "good")])
def test_row(number, kind, side, shared):
    note("ran", number, side)
    print("said by", number)
    WHAT
"""
COUNTED = "import _pytest.fixtures, pytest\n\n@pytest.fixture(autouse=True)\ndef each(): yield\n"


def test_a_row_that_fails_is_told_by_name_and_the_others_go_on(tmp_path: Path) -> None:
    text = ROWS + ROW.replace("WHAT", "assert kind == 'good', 'so it is'")
    status, said, noted = run(tmp_path, "--crew", "1", "-rf", a=text)
    assert status == 1 and "2 failed, 6 passed" in said
    for side in ("left", "right"):
        assert f"FAILED test_a.py::test_row[{side}-3-bad] - AssertionError: so it is" in said
    assert "assert 'bad' == 'good'" in said
    assert "Captured" not in said, "it was a row, and what it says is not caught"
    ran = sorted(line[1:] for line in noted if line[0] == "ran")
    assert ran == [[number, side] for number in "1234" for side in ("left", "right")]


def test_what_its_file_shares_is_opened_once_and_closed_before_the_next(tmp_path: Path) -> None:
    text = ROWS + ROW.replace("WHAT", "pass") + "\ndef test_last(shared, tmp_path):\n    note('last')\n"
    status, said, noted = run(tmp_path, "--crew", "1", a=text)
    assert status == 0 and "9 passed" in said
    told = [line for line in noted if line[0] != "ran"]
    sides = [line for line in told if line[0] in ("opened", "left")]
    assert [what for what, _ in sides] == ["opened", "left"] * 2
    assert {side for _, side in sides} == {"left", "right"} and sides[0][1] == sides[1][1]
    assert told[-1] == ["closed"]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("warnings.warn('old')", "UserWarning: old"),
        ("pytest.skip('not today')", "8 skipped"),
        ("type('T', (), {'__del__': lambda self: 1 / 0})()", "ZeroDivisionError"),
    ],
)
def test_a_row_is_no_place_to_hide(tmp_path: Path, what: str, why: str) -> None:
    text = ROWS + "pytestmark = pytest.mark.filterwarnings('error')\n" + ROW.replace("WHAT", what)
    status, said, _ = run(tmp_path, "--crew", "1", a=text)
    assert why in said and "Captured" not in said
    assert (status, "8 failed" in said) == ((0, False) if "skip" in what else (1, True))


@pytest.mark.parametrize(
    "different",
    [
        "@pytest.fixture(autouse=True)\ndef own():\n    yield\n",
        "pytestmark = pytest.mark.xfail(reason='known', strict=True)\n",
        "@pytest.fixture\ndef side(tmp_path):\n    return 'own'\n",
    ],
)
def test_whatever_asks_for_more_has_all_of_pytest(tmp_path: Path, different: str) -> None:
    text = ROWS + different + ROW.replace("WHAT", "assert number != 3")
    status, said, _ = run(tmp_path, "--crew", "1", "-rA", a=text)
    assert "Captured stdout call" in said, "it is no row"
    assert status == 1
