"""Whose threads took the time of a process."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bench.thread_owners import Shares, Spent, ThreadOwners, python_threads

_PROGRAM = """
import threading
threading.Thread(target=threading.Event().wait, name="one of ours", daemon=True).start()
print(threading.enumerate()[1].native_id, flush=True)
threading.Event().wait()
"""


def _burn(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_is_neither_the_loops_nor_pythons_is_native() -> None:
    spent = Spent(7, 10.0, {7: 4.0, 8: 1.5, 9: 2.0})
    shares = spent.shares(frozenset({7, 8, 11}))
    assert shares == Shares(loop=4.0, python=1.5, native=2.0, ended=2.5), (
        "thread 9 was made by nobody that Python knows"
    )


def test_a_thread_that_has_ended_counts() -> None:
    owners = ThreadOwners(os.getpid())
    thread = threading.Thread(target=_burn, args=(0.05,))
    thread.start()
    thread.join()
    while Path(f"/proc/self/task/{thread.native_id}").exists():  # it has ended for Python a moment before the kernel
        time.sleep(0.001)
    spent = owners.since()
    assert spent.shares(python=frozenset()).ended > 0.04, "but for what the main thread did meanwhile"
    assert os.getpid() in spent.by_thread


def test_threads_of_pythons_are_told_from_outside() -> None:
    with subprocess.Popen([sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        made = int(program.stdout.readline())
        try:
            found = python_threads(program.pid)
        except RuntimeError as error:
            pytest.skip(str(error))  # a container may forbid it
        finally:
            program.kill()
    assert found == {program.pid, made}
