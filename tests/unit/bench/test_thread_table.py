"""Threads of a process, counted from when they are first looked at."""

import os
import threading
import time

from bench.thread_table import ThreadTable


def test_threads_that_work_and_threads_that_wait_are_told_apart() -> None:
    go, end = threading.Event(), threading.Event()

    def work() -> None:
        go.wait(10)
        until = time.thread_time() + 0.05
        while time.thread_time() < until:
            pass
        end.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    table = ThreadTable(os.getpid())
    go.set()
    while sum(kind.seconds for name, kind in table.since().items() if name != "event loop") < 0.04:
        time.sleep(0.01)
    kinds = table.since()
    assert kinds["event loop"].count == 1
    assert sum(kind.wakes for kind in kinds.values()) > 0
    end.set()
    thread.join()
