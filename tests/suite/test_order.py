"""What waits goes first, and a file stays together."""

import os
import re
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

import pytest
from order import AHEAD, WAITS, TwoKinds, computes, fills, in_order, next_file, waits

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
        Test("works.py::one", "long_work"),
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
        "works.py::one",
        "computes.py::one",
        "computes.py::two",
    ]


def test_of_many_workers_three_begin_with_what_waits_and_the_others_with_what_computes() -> None:
    assert [worker for worker in range(6) if computes(f"gw{worker}", 6)] == [0, 1, 2]
    assert [worker for worker in range(5) if computes(f"gw{worker}", 5)] == [0, 1]
    assert not any(computes(f"gw{worker}", 3) for worker in range(3))


def test_what_waits_is_told_from_what_computes_by_the_markers_in_a_file(pytestconfig: pytest.Config) -> None:
    assert waits("tests/scenario/test_readme.py") and not waits("tests/suite/test_class_lengths.py")
    assert (ROOT / AHEAD).is_file() and not waits(AHEAD)
    assert fills("tests/unit/test_docs.py") and not fills("tests/unit/api/test_rights.py")
    assert set(WAITS) <= {row.partition(":")[0] for row in pytestconfig.getini("markers")}


def test_a_worker_takes_files_of_its_own_kind_first_and_others_when_there_are_none() -> None:
    real, plain = "tests/scenario/test_readme.py", "tests/suite/test_modules.py"
    assert next_file([real, plain], computing=True) == plain
    assert next_file([plain, real], computing=False) == real
    assert next_file([real], computing=True) is None


def test_this_worker_has_given_way_where_it_should() -> None:
    """Says something in `make test` only, and there of whichever worker runs it."""
    worker, workers = os.environ.get("PYTEST_XDIST_WORKER", ""), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0))
    if not computes(worker, workers):
        pytest.skip("this worker does not give way")
    assert os.nice(0) >= 3


class Node:
    """As much of a worker as the scheduler looks at."""

    def __init__(self, name: str) -> None:
        self.gateway = type("Gateway", (), {"id": name})
        self.given: list[int] = []
        self.shutting_down = False

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.given += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def test_the_scheduler_gives_each_kind_to_its_workers() -> None:
    tests = [f"tests/scenario/test_readme.py::{name}" for name in "abc"]
    tests += [f"tests/suite/test_modules.py::{name}" for name in "abc"]
    scheduler = TwoKinds.__new__(TwoKinds)
    scheduler.numnodes, scheduler.assigned_work = 4, {}
    scheduler.workqueue = OrderedDict(
        (file, {test: False for test in tests if test.startswith(file)})
        for file in ("tests/scenario/test_readme.py", "tests/suite/test_modules.py")
    )
    computing, waiting = Node("gw0"), Node("gw3")
    scheduler.registered_collections = {computing: tests, waiting: tests}  # type: ignore[dict-item]
    for node in (computing, waiting):
        scheduler._assign_work_unit(node)
    assert (computing.given, waiting.given) == ([3, 4, 5], [0, 1, 2])


MANY = """
import os, pytest, time

@pytest.mark.parametrize("number", range(6))
def test_it(number):
    time.sleep(0.02)
    with open({out!r}, "a") as out:
        out.write(os.environ["PYTEST_XDIST_WORKER"] + " " + os.path.basename(__file__) + "\\n")
"""


def test_each_file_has_one_worker(tmp_path: Path) -> None:
    """By the options of ``make test-livekit`` themselves, whose meaning is xdist's to change."""
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
