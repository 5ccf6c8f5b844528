"""A package that falls below its floor fails ``make coverage``, and none is without one."""

from pathlib import Path

import pytest
from coverage_floors import FLOORS, Package, faults, measured, package_of, read_floors, table

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ("backend", "config", "stand_in", "local_azure", "bench")


def file(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "covered_lines": lines[0], "num_statements": lines[1],
            "covered_branches": branches[0], "num_branches": branches[1],
        }
    }  # fmt: skip


FILES = {"a/one.py": file((8, 10), (2, 4)), "a/b/two.py": file((5, 5), (0, 0)), "a/b/three.py": file((0, 5), (0, 0))}


def test_a_file_counts_for_the_innermost_package() -> None:
    assert package_of("a/b/two.py", ["a", "a/b"]) == "a/b"
    assert package_of("a/bc/two.py", ["a", "a/b"]) == "a"
    assert package_of("c.py", ["a"]) is None


def test_lines_and_branches_are_summed_up_by_package() -> None:
    packages, stray = measured(FILES | {"c.py": file((1, 1), (0, 0))}, ["a", "a/b"])
    assert packages == [Package("a", 10, 14), Package("a/b", 5, 10)]
    assert stray == ["c.py"]


@pytest.mark.parametrize(
    ("floors", "expected"),
    [
        ({"a": 71, "a/b": 50}, []),
        ({"a": 72, "a/b": 51}, ["a: 71.4 % is run, its floor is 72 %", "a/b: 50.0 % is run, its floor is 51 %"]),
        ({"a": 0, "a/b": 0, "gone": 10}, ["gone has a floor and no file"]),
        ({"a/b": 0}, ["a/one.py is in no package that has a floor"]),
    ],
)
def test_what_is_below_its_floor_is_told(floors: dict[str, int], expected: list[str]) -> None:
    packages, stray = measured(FILES, floors)
    assert faults(packages, stray, floors) == expected


def test_the_table_has_a_row_a_package() -> None:
    assert table([Package("a", 10, 14)], {"a": 70}).splitlines()[-1] == "| a | 71.4 | 70 |"


def test_every_module_that_is_measured_has_a_floor() -> None:
    floors = read_floors(FLOORS.read_text("utf-8"))
    files = [path.relative_to(ROOT).as_posix() for name in MEASURED for path in (ROOT / name).rglob("*.py")]
    assert [name for name in files if package_of(name, floors) is None] == []
    assert [name for name in floors if not any(package_of(one, floors) == name for one in files)] == []
