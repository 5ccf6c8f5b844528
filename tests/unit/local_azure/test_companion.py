"""A companion is out of reach of Ctrl-C, ends with this process's wish, and never outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from local_azure.companion import companion

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = """
import os, sys, time
from local_azure.companion import companion
with companion([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
    print(process.pid, flush=True)
    {then}
"""
ROOT = Path(__file__).resolve().parents[3]


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.is_file() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(pid: int) -> bool:
    until = time.monotonic() + 20
    while lives(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not lives(pid)


@contextmanager
def parent(then: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    command = [sys.executable, "-c", PARENT.format(then=then)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())


def test_it_has_a_session_of_its_own() -> None:
    with companion(SLEEP) as process:
        assert os.getsid(process.pid) == process.pid != os.getsid(0)


def test_it_ends_at_the_end() -> None:
    with companion(SLEEP) as process:
        assert lives(process.pid)
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("then", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.abort()", "raise SystemExit"])
def test_it_does_not_outlive_its_parent_however_that_ends(then: str) -> None:
    with parent(then) as (process, pid):
        process.wait(20)
        assert gone(pid)


def test_it_does_not_outlive_a_parent_that_others_kill() -> None:
    with parent("time.sleep(600)") as (process, pid):
        assert lives(pid)
        process.kill()
        process.wait(20)
        assert gone(pid)


def test_one_that_ended_by_itself_is_no_trouble() -> None:
    with companion([sys.executable, "-c", ""]) as process:
        process.wait(20)
    assert process.returncode == 0


@pytest.mark.parametrize("during", ["the process", "its guard"])
def test_ctrl_c_while_it_is_being_started_leaves_nothing_behind(during: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def interrupted(*args: Any, **options: Any) -> "subprocess.Popen[bytes]":
        started.append(popen(*args, **options))
        if during == ("the process" if len(started) == 1 else "its guard"):
            signal.raise_signal(signal.SIGINT)
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    theirs = signal.signal(signal.SIGINT, signal.default_int_handler)  # a worker of the test run ignores it
    try:
        with pytest.raises(KeyboardInterrupt), companion(SLEEP):
            pytest.fail("it went on")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, theirs)
    assert all(gone(one.pid) for one in started)


def test_a_program_that_is_not_there_leaves_ctrl_c_as_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(FileNotFoundError), companion(["no-such-program"]):
        pytest.fail("it ran")
    assert signal.getsignal(signal.SIGINT) == before
