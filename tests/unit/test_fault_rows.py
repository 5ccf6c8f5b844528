"""docs/faults-and-tests.md says which test shows what: each row of its lists has one, and each test is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/faults-and-tests.md").read_text("utf-8")
ROWS = [line for line in PAGE.partition("## Row by row")[2].splitlines() if line.startswith("| ")][1:]
OPEN = re.split(r"Not yet: |\n\n", PAGE.partition("Accepted, and why:")[2])[1]
COUNTS = {"S": 13, "M": 13, "L": 6, "C": 9, "P": 7, "H": 18, "V": 5}
FAULTS = [f"{kind}{number}" for kind, count in COUNTS.items() for number in range(1, count + 1)]
SPAN = re.compile(r"\b([SMLCPHV])(\d+)-\1?(\d+)\b")
NAMED = re.compile(r"(?P<path>tests/[\w/]+(?:\.py)?|\btest_\w+\.py)|\b(?P<test>test_\w+)")


def faults_in(text: str) -> set[str]:
    """Every fault that is named, "P1-P5" taken as five."""
    spans = {f"{kind}{n}" for kind, first, last in SPAN.findall(text) for n in range(int(first), int(last) + 1)}
    return spans | set(re.findall(r"\b[SMLCPHV]\d+\b", text))


def files_of(path: str) -> list[Path]:
    if "/" not in path:
        return list((ROOT / "tests").rglob(path))
    place = ROOT / path
    return [place] if place.is_file() else list(place.rglob("*.py"))


def unknown_tests(cell: str) -> list[str]:
    """What a cell names that is not there."""
    found: list[str] = []
    files: list[Path] = []
    for named in NAMED.finditer(cell):
        if named["path"]:
            files = files_of(named["path"])
            found += [] if files else [named["path"]]
        elif not any(re.search(rf"def {named['test']}", file.read_text("utf-8")) for file in files):
            found.append(named["test"])
    return found


def test_every_fault_has_a_row_or_is_said_to_be_open() -> None:
    told = faults_in(" ".join(row.split(" | ")[0] for row in [*ROWS, OPEN]))
    assert [fault for fault in FAULTS if fault not in told] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0].strip("| ")[:60])
def test_the_tests_of_a_row_are_there(row: str) -> None:
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert len(cells) == 3, row
    assert unknown_tests(cells[1]) == []


def test_a_name_that_is_nowhere_is_noticed() -> None:
    assert unknown_tests("tests/unit/test_no_such.py::test_x, tests/unit/test_repr.py::test_of_nothing") == [
        "tests/unit/test_no_such.py",
        "test_x",
        "test_of_nothing",
    ]
