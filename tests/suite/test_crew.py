"""Workers that are forked are workers like any other: each has its own, and what becomes of one is told."""

import os
import re
from pathlib import Path

import pytest
from crewed import run

ROOT = Path(__file__).resolve().parents[2]
MANY = """
import os, pytest, signal, time

def note(*what):
    with open("out", "a") as out:
        print(*what, os.path.basename(__file__), file=out)

@pytest.fixture(scope="session")
def shared():
    yield
    note("closed", os.getpid())

@pytest.fixture(scope="module")
def own():
    yield
    note("left", os.getpid())

@pytest.mark.parametrize("number", range(4))
def test_it(number, own, shared, tmp_path):
    time.sleep(0.02)
    print("said by", number)
    note("ran", os.getpid(), os.environ["PYTEST_XDIST_WORKER"], tmp_path.parent)
"""


def test_each_file_has_one_worker_and_each_worker_its_own(tmp_path: Path) -> None:
    """By the option of ``make test`` itself."""
    option = re.search(r"--crew \d", (ROOT / "Makefile").read_text("utf-8"))
    assert option is not None
    status, said, noted = run(tmp_path, *option[0].split(), a=MANY, b=MANY, c=MANY)
    assert status == 0 and "12 passed" in said
    ran = {tuple(line[1:]) for line in noted if line[0] == "ran"}
    assert len(ran) == 3, ran
    folders = {(process, folder) for process, _, folder, _ in ran}
    assert len({folder for _, folder in folders}) == len({process for process, _ in folders}) == len(folders)
    for kind in ("left", "closed"):
        assert sorted(line[-1] for line in noted if line[0] == kind) == ["test_a.py", "test_b.py", "test_c.py"]


def test_who_needs_the_machine_alone_has_it_when_all_others_are_gone(tmp_path: Path) -> None:
    alone = MANY.replace("@pytest.mark.parametrize", "@pytest.mark.alone\n@pytest.mark.parametrize")
    alone += "\ndef test_beside(own, shared): note('beside', os.getpid())\n"
    status, said, noted = run(tmp_path, "--crew", "3", a=alone, b=MANY, c=MANY)
    assert status == 0 and "13 passed" in said
    last = [line for line in noted if line[0] == "ran"][-4:]
    before, after = noted[: noted.index(last[0])], noted[noted.index(last[0]) :]
    assert {(line[1], line[2], line[-1]) for line in last} == {(last[0][1], "gw0", "test_a.py")}
    assert last[0][1] not in {line[1] for line in before}
    assert {line[0] for line in after} == {"ran", "left", "closed"} and len(after) == 6
    assert [line[-1] for line in before if line[0] == "beside"] == ["test_a.py"]


def test_of_those_who_need_a_core_one_more_is_played_at_once_than_there_are_and_three_at_most(tmp_path: Path) -> None:
    alone = MANY.replace("@pytest.mark.parametrize", "@pytest.mark.alone\n@pytest.mark.parametrize")
    status, said, noted = run(tmp_path, "--crew", "3", a=alone, b=alone, c=alone, d=alone)
    assert status == 0 and "16 passed" in said
    assert len({line[1] for line in noted if line[0] == "ran"}) == min(2, os.cpu_count() or 1) + 1


def test_workers_seldom_look_for_garbage_and_find_it_all_the_same(tmp_path: Path) -> None:
    looks = """
import gc, weakref
class Thing: pass
def test_it():
    with open("out", "w") as out:
        print(*gc.get_threshold(), gc.isenabled(), file=out)
    thing = Thing()
    thing.itself, known = thing, weakref.ref(thing)
    del thing
    kept = [[] for _ in range(25_000)]
    assert kept and known() is None
"""
    status, said, noted = run(tmp_path, "--crew", "2", a=looks)
    assert status == 0 and "1 passed" in said, said
    assert noted[0][-1] == "True" and [int(one) for one in noted[0][:-1]] > [10_000, 10, 10]


def test_what_goes_wrong_is_told_with_what_was_printed_and_nobody_elses(tmp_path: Path) -> None:
    wrong = MANY + "    assert number != 2\n\n@pytest.mark.skip(reason='not today')\ndef test_no(): pass\n"
    wrong += "\n@pytest.fixture(scope='session')\ndef breaks():\n    yield\n    raise RuntimeError('cannot close')\n"
    wrong += "\ndef test_closing(breaks): pass\n"
    status, said, _ = run(tmp_path, "--crew", "2", "-rsE", a=wrong, b=MANY)
    assert status == 1
    assert "1 failed, 8 passed, 1 skipped, 1 error" in said
    assert "not today" in said and "cannot close" in said and "ERROR test_a.py::test_closing" in said
    assert re.findall(r"said by \d", said) == ["said by 2"]


def test_a_worker_that_dies_or_that_no_limit_of_time_ends_fails_its_test_and_nothing_else(tmp_path: Path) -> None:
    dies = MANY + "    if number == 1: os.kill(os.getpid(), signal.SIGKILL)\n"
    hangs = MANY + "    if number == 2: signal.signal(signal.SIGALRM, signal.SIG_IGN); time.sleep(50)\n"
    status, said, noted = run(tmp_path, "--crew", "2", "-p", "timeout", "--timeout", "1", a=dies, b=hangs)
    assert status == 1 and "2 failed, 6 passed" in said
    for name, number in (("test_a.py", 1), ("test_b.py", 2)):
        assert f"ended while it ran {name}::test_it[{number}]" in said
        assert len({line[1] for line in noted if line[0] == "ran" and line[-1] == name}) == 2


@pytest.mark.parametrize("stops", ["os.kill(os.getppid(), signal.SIGINT); time.sleep(50)", "assert number"])
def test_who_stops_the_run_stops_all_of_it_and_what_is_open_is_closed(tmp_path: Path, stops: str) -> None:
    first = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # may be ignored, and inherited
    waits = MANY + "    time.sleep(50)\n"
    stopping = MANY + f"    while open('out').read().count('ran') < 2: time.sleep(0.02)\n    {stops}\n"
    (tmp_path / "out").touch()
    status, _, noted = run(tmp_path, "--crew", "2", "-x", a=first + stopping, b=waits)
    assert status == (1 if "assert" in stops else 2)
    assert sorted(line[-1] for line in noted if line[0] == "closed") == ["test_a.py", "test_b.py"]
    assert not [line for line in noted if line[0] == "ran" and Path(f"/proc/{line[1]}").exists()]
