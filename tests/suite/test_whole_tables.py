"""A table is one test to pytest; to whoever reads of it each row is one, by its own name."""

import re
from pathlib import Path

import pytest
from crewed import run

NOTE = """
import os, pytest, random, signal, time

def note(*what):
    with open("out", "a") as out:
        print(*what, file=out)

@pytest.fixture(scope="module")
def shared():
    note("opened")
    yield "shared"
    note("closed")

@pytest.mark.parametrize(("number", "kind"), [(1, "good"), (2, "good"), (3, "bad"), (4, "good")])
@pytest.mark.parametrize("half", "ab")
def test_row(number, kind, half, shared):
    note("ran", number, half)
    WHAT

def test_other(): pass
"""


def test_each_row_that_fails_is_told_by_its_name_and_all_are_counted(tmp_path: Path) -> None:
    text = NOTE.replace("WHAT", "assert kind == 'good', half")
    status, said, noted = run(tmp_path, "--crew", "1", "-rf", a=text)
    assert status == 1 and "2 failed, 7 passed" in said and "[100%]" in said
    assert "rows" not in said, "it has no name for itself"
    for half in "ab":
        assert f"FAILED test_a.py::test_row[{half}-3-bad] - AssertionError: {half}" in said
    assert noted[0] == ["opened"] and noted[-1] == ["closed"] and len(noted) == 10


def test_what_failed_is_played_once_more_by_its_name_and_without_a_crew(tmp_path: Path) -> None:
    run(tmp_path, "--crew", "1", a=NOTE.replace("WHAT", "assert number != 2 or half == 'a'"))
    (tmp_path / "out").unlink()
    status, said, noted = run(tmp_path, "--last-failed", a=NOTE.replace("WHAT", "pass"))
    assert status == 0 and "1 passed" in said
    assert noted == [["opened"], ["ran", "2", "b"], ["closed"]]


@pytest.mark.parametrize(
    ("breaks", "failed"), [('note("opened")\n', 8), ('note("closed")\n', 1)], ids=["opening", "closing"]
)
def test_what_rows_share_and_breaks_fails_them(tmp_path: Path, breaks: str, failed: int) -> None:
    text = NOTE.replace("WHAT", "pass").replace(breaks, f"{breaks}    raise RuntimeError('broken')\n")
    text = text.partition("def test_other")[0]
    status, said, _ = run(tmp_path, "--crew", "1", "-rf", a=text)
    assert status == 1
    assert len(re.findall(r"FAILED test_a.py::test_row\[[ab]-\d-\w+\] - RuntimeError: broken", said)) == failed
    assert ("7 passed" in said) == (failed == 1)


def test_each_row_has_the_whole_limit_of_time(tmp_path: Path) -> None:
    text = NOTE.replace("WHAT", "time.sleep(0.4 if number != 2 or half == 'b' else 9)")
    status, said, _ = run(tmp_path, "--crew", "1", "-rf", "-p", "timeout", "--timeout", "1", a=text)
    assert status == 1 and "1 failed, 8 passed" in said
    assert "FAILED test_a.py::test_row[a-2-good] - Failed: Timeout" in said


def test_a_worker_that_dies_under_a_row_has_all_of_its_table_played_again(tmp_path: Path) -> None:
    text = NOTE.replace("WHAT", "number == 2 and os.kill(os.getpid(), signal.SIGKILL)")
    status, said, _ = run(tmp_path, "--crew", "1", "-rf", a=text)
    assert status == 1 and "8 failed, 1 passed" in said
    assert "FAILED test_a.py::test_row[b-4-good] - gw0 ended while it ran" in said


def test_rows_have_the_seed_that_they_have_by_themselves_and_an_order_of_the_run(tmp_path: Path) -> None:
    text = NOTE.replace("WHAT", "note('drawn', number, half, random.random())")
    randomly = ("-p", "randomly", "--randomly-seed", "7")
    noted = [run(tmp_path, *randomly, *more, a=text)[2] for more in (("--crew", "1"), ())]
    together, all_of_both = ([line for line in lines if line[0] == "drawn"] for lines in noted)
    by_themselves = all_of_both[len(together) :]
    assert sorted(together) == sorted(by_themselves) and len({line[-1] for line in together}) == 8
    assert together != sorted(together, key=lambda line: (line[2], line[1])), "the order is the seed's"


@pytest.mark.parametrize(
    ("different", "is_table"),
    [
        (("def test_row", "def test_row"), True),
        (("kind, half, shared", "kind, half, tmp_path"), False),
        (("kind, half, shared", "kind, half, request"), False),
        (('(3, "bad")', 'pytest.param(3, "bad", marks=pytest.mark.skip)'), False),
        (('"half", "ab"', '"shared", "ab", indirect=True'), False),
        (("def test_row", "async def test_row"), False),
        (('@pytest.mark.parametrize("half', '@pytest.mark.xfail\n@pytest.mark.parametrize("half'), False),
    ],
    ids=["plain", "a fixture of its own", "asks who it is", "a mark", "by way of a fixture", "async", "marked"],
)
def test_whatever_asks_for_more_is_no_table(tmp_path: Path, different: tuple[str, str], is_table: bool) -> None:
    (tmp_path / "out").touch()
    text = NOTE.replace("WHAT", "pass").replace(*different)
    if "indirect" in different[1]:
        text = text.replace(", half, shared)", ", shared)").replace(", half)", ")")
    _, said, _ = run(tmp_path, "--crew", "1", "--collect-only", a=text)
    assert ("test_row[8 rows]" in said, said.count("test_row[")) == (is_table, 1 if is_table else 8)
