"""Whose threads take a process's time: its event loop's, those that Python has made, or those of native libraries.

A server that has started has no native threads that work but the Speech SDK's. The kernel tells them from Python's by
nothing, not even by name; py-spy reads from outside which ones Python has made.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from bench.thread_table import ThreadTable

__all__ = ["Shares", "Spent", "ThreadOwners", "python_threads", "spy"]


_STRANGER = "Dummy-"
"""So Python names a thread that it has not made and was asked about."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Processor time in seconds."""

    loop: float
    """The main thread's."""
    python: float
    """Of the other threads that Python has made: they call the database, Redis and the Speech SDK, and write logs."""
    native: float
    """Of all others that are there."""
    ended: float
    """Of those that have ended meanwhile, whoever made them."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor time of a process, in seconds."""

    pid: int
    whole: float
    by_thread: Mapping[int, float]
    """By the number of the thread; those that have ended are in the whole alone."""

    def shares(self, python: Set[int]) -> Shares:
        """Whose it was; ``python`` are the numbers of threads that Python has made."""
        loop = self.by_thread[self.pid]
        made = sum(self.by_thread[number] for number in python & self.by_thread.keys() - {self.pid})
        alive = sum(self.by_thread.values())
        return Shares(loop, made, alive - loop - made, max(0.0, self.whole - alive))


class ThreadOwners:
    """A process, from now on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._clock = (~pid << 3) | 2  # the kernel's name for the clock of another process, threads that ended included
        self._threads = ThreadTable(pid)
        self._began = time.clock_gettime(self._clock)

    def since(self) -> Spent:
        """What was done since this was made."""
        whole = time.clock_gettime(self._clock) - self._began
        return Spent(self._pid, whole, self._threads.seconds_by_thread())


def python_threads(pid: int) -> frozenset[int]:
    """Numbers of the threads that Python has made and named, the main one among them. It is stopped for a moment.

    Raises:
        FileNotFoundError: py-spy is not installed.
        RuntimeError: it may not look at the process.
    """
    look = [spy(), "dump", "--json", "--pid", str(pid)]
    told = subprocess.run(look, capture_output=True, check=False, timeout=60)  # noqa: S603  (py-spy, as installed)
    if told.returncode:
        raise RuntimeError(f"py-spy could not look at the server: {told.stderr.decode(errors='replace')[-300:]}")
    named = [thread for thread in json.loads(told.stdout) if thread["thread_name"]]
    return frozenset(one["os_thread_id"] for one in named if not one["thread_name"].startswith(_STRANGER))


def spy() -> str:
    """Where py-spy is.

    Raises:
        FileNotFoundError: nowhere.
    """
    beside = Path(sys.executable).with_name("py-spy")
    found = str(beside) if beside.exists() else shutil.which("py-spy")
    if found is None:
        raise FileNotFoundError("py-spy is not installed; `make profile` installs it with what the tests need")
    return found
