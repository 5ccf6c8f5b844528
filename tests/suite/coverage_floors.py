"""``make coverage``: how much of each package the tests run, held against the floors in ``floors.toml``.

Lines and branches count together, as ``coverage`` counts them. Tests in real time (``real``) run unmeasured, for
measuring slows the calls down; what only they run counts as not run.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

__all__ = ["FLOORS", "Package", "faults", "measured", "package_of", "read_floors", "table"]

FLOORS = Path(__file__).with_name("floors.toml")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Package:
    """What was measured of one package: ``run`` of ``all`` lines and branches."""

    name: str
    run: int
    all: int

    @property
    def percent(self) -> float:
        """How much was run; all of a package in which nothing can be."""
        return 100 * self.run / self.all if self.all else 100.0


def read_floors(text: str) -> dict[str, int]:
    """The floors by package, in percent."""
    return tomllib.loads(text)["floors"]


def package_of(file: str, packages: Iterable[str]) -> str | None:
    """The innermost of ``packages`` that a file is in; ``None`` where none of them is."""
    around = [name for name in packages if file == f"{name}.py" or file.startswith(f"{name}/")]
    return max(around, key=len, default=None)


def measured(files: Mapping[str, Any], packages: Iterable[str]) -> tuple[list[Package], list[str]]:
    """Sum up the ``files`` of a JSON report of ``coverage``; gives the packages, and the files that are in none."""
    names, sums, stray = sorted(packages), dict[str, tuple[int, int]](), list[str]()
    for file, found in files.items():
        name = package_of(file, names)
        if name is None:
            stray.append(file)
            continue
        told = found["summary"]
        run, everything = sums.get(name, (0, 0))
        run += told["covered_lines"] + told.get("covered_branches", 0)
        sums[name] = run, everything + told["num_statements"] + told.get("num_branches", 0)
    return [Package(name, *sums[name]) for name in names if name in sums], stray


def faults(packages: Iterable[Package], stray: Iterable[str], floors: Mapping[str, int]) -> list[str]:
    """What is below its floor, and what has none."""
    found = {package.name: package for package in packages}
    low = [
        f"{package.name}: {package.percent:.1f} % is run, its floor is {floors[package.name]} %"
        for package in found.values()
        if package.percent < floors[package.name]
    ]
    gone = [f"{name} has a floor and no file" for name in floors if name not in found]
    return [*low, *gone, *(f"{file} is in no package that has a floor" for file in stray)]


def table(packages: Iterable[Package], floors: Mapping[str, int]) -> str:
    """A row a package, in Markdown."""
    rows = [f"| {package.name} | {package.percent:.1f} | {floors[package.name]} |" for package in packages]
    return "\n".join(["| package | run, % | floor, % |", "|---|---|---|", *rows])


def _report() -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(file)]
        subprocess.run(command, check=True, cwd=_ROOT)
        return msgspec.json.decode(file.read_bytes())["files"]


def main() -> int:
    """Print the table; 1 where anything is below its floor."""
    floors = read_floors(FLOORS.read_text("utf-8"))
    packages, stray = measured(_report(), floors)
    wrong = faults(packages, stray, floors)
    print(table(packages, floors))
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
