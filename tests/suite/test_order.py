"""What waits goes first, and a file stays together."""

import os
import re
import subprocess
import sys
from pathlib import Path

from order import in_order

ROOT = Path(__file__).resolve().parents[2]


class Test:
    """As much of a test as the order looks at."""

    __test__ = False

    def __init__(self, nodeid: str, *markers: str) -> None:
        self.nodeid = nodeid
        self.markers = markers

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.markers else None


def test_files_that_wait_come_first_the_longest_of_all_before_them() -> None:
    items = [
        Test("computes.py::one"),
        Test("waits.py::one", "real"),
        Test("long.py::one"),
        Test("long.py::two[a::b]", "real", "long_call"),
        Test("computes.py::two"),
    ]
    in_order(items)  # type: ignore[arg-type]
    assert [item.nodeid for item in items] == [
        "long.py::one",
        "long.py::two[a::b]",
        "waits.py::one",
        "computes.py::one",
        "computes.py::two",
    ]


MANY = """
import os, pytest, time

@pytest.mark.parametrize("number", range(6))
def test_it(number):
    time.sleep(0.02)
    with open({out!r}, "a") as out:
        out.write(os.environ["PYTEST_XDIST_WORKER"] + " " + os.path.basename(__file__) + "\\n")
"""


def test_each_file_has_one_worker(tmp_path: Path) -> None:
    """By the options of ``make test`` themselves, whose meaning is xdist's to change."""
    options = re.search(r"pytest (-n \d+ --dist .*?) -m", (ROOT / "Makefile").read_text("utf-8"))
    assert options is not None
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for name in ("a", "b", "c"):
        (tmp_path / f"test_{name}.py").write_text(MANY.format(out=str(tmp_path / "out")))
    plugins = ["-p", "xdist.plugin", "-p", "xdist.looponfail"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options[1].split()],
        cwd=tmp_path, env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, capture_output=True, check=True,
    )  # fmt: skip
    took = {tuple(line.split()) for line in (tmp_path / "out").read_text().splitlines()}
    assert len(took) == 3, took
