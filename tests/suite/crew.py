"""``--crew N``: several workers for one run, forked from the process that has collected.

Fifteen thousand tests take twenty seconds of a core to collect and import, and five workers that are started by
themselves would each do all of it. Forked, they have it. Nothing else of a test differs: each worker has its folder,
its captured output and what its session shares, and of two tests no one sees what the other has left.

Files are given out one at a time, as workers ask for them (``order.py``): none waits behind somebody's long test. What
is marked ``alone`` is played when all of them are gone, by one more for each core, two at most: so each has a core.
"""

import gc
import math
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import pytest
from hand import Hand, told_again
from order import computes, next_file
from whole_tables import Tables, names_of

__all__ = ["ALONE", "Crew", "Member"]

ALONE = "alone"
"""Marker of what needs a core for itself."""

_ALONE_AT_ONCE = min(2, os.cpu_count() or 1)
"""More would share what is not of one core: the machine's memory, and the threads of the Speech SDK."""
_ITSELF_S = 0.5
_GRACE_S = 30.0
"""Workers that are told to stop close what they share within this, or are killed."""
_LOOKS_S = 5.0
_PATIENCE_S = 60.0
"""A test has its limit from ``pytest-timeout``, which cannot end what hangs outside of Python. So long after it the
worker is ended: what each of its threads does is written to standard error, and its test has failed."""


class Member:
    """A worker, as who gives out the work sees it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.name = f"gw{number}"
        self.pid = 0
        self.left: list[int] = []
        """What it has been given and has not ended."""
        self.until = math.inf
        """When it must have been heard of again, by ``time.monotonic``."""
        self.wire: Connection

    def fork(self, session: pytest.Session, count: int, others: Sequence["Member"]) -> None:
        """Have a process of its own. Nothing may run in a thread here: a fork has one only."""
        self.wire, theirs = Pipe()
        sys.stdout.flush()  # or both would write it
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                for member in (*others, self):
                    member.wire.close()  # while a copy of it is open here, nobody sees that we are gone
                status = Hand(session, theirs, self.number, count).work()
            finally:
                os._exit(status)
        theirs.close()

    def ended(self, until: float) -> bool:
        """Wait for the process so long; is it over?"""
        while self.pid and not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        self.pid = 0
        return True

    def end(self, until: float) -> None:
        """Wait for the process; kill it when its time is up."""
        if not self.ended(until):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0


class Crew:
    """A plugin that gives out files and passes on what comes of them.

    Args:
        count: how many workers.
        warm: makes what all of them would.
        beside: a process that is there, besides them, as long as they are; given a folder.
        patience_s: a worker is ended so long after its test's own limit of time.
    """

    def __init__(
        self,
        count: int,
        warm: Callable[[], None] = lambda: None,
        beside: Callable[[Path], AbstractContextManager[None]] = lambda _: nullcontext(),
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._count = count
        self._warm = warm
        self._beside = beside
        self._patience_s = patience_s
        self._files: dict[str, list[int]] = {}
        self._alone: dict[str, list[int]] = {}
        self._members: list[Member] = []
        self._session: pytest.Session

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Who collects for a crew collects whole tables."""
        session.config.pluginmanager.register(Tables())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Instead of one test after the other."""
        if session.config.option.collectonly or session.testsfailed:
            return None  # as without us: listed, or told what could not be collected
        self._session = session
        folder: Path = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        session.testscollected = sum(len(names_of(item)) for item in session.items)
        for number, item in enumerate(session.items):
            files = self._alone if item.get_closest_marker(ALONE) else self._files
            files.setdefault(item.nodeid.partition("::")[0], []).append(number)
        with suppress(Exception):  # what is broken is told by its tests
            self._warm()
        gc.freeze()
        with self._beside(folder):
            try:
                self._play(self._count)
                self._files = self._alone
                self._play(_ALONE_AT_ONCE)
            finally:
                self._dismiss()
        return True

    def _play(self, count: int) -> None:
        """Have so many workers play what there is."""
        self._count = count
        for number in range(min(count, len(self._files))):
            self._begin(number)
        while self._members:
            self._hear()

    def _dismiss(self) -> None:
        """Have whoever is still there leave: by themselves, as Ctrl-C reaches all of us, or told so."""
        begun = time.monotonic()
        for member in self._members:
            member.wire.close()
        for member in self._members:
            if not member.ended(begun + _ITSELF_S):
                os.kill(member.pid, signal.SIGINT)
        for member in self._members:
            member.end(begun + _GRACE_S)

    def _begin(self, number: int, left: Sequence[int] = ()) -> None:
        member = Member(number)
        member.fork(self._session, self._count, self._members)
        self._members.append(member)
        if left:
            self._files = {f"what {member.name} has left": list(left), **self._files}

    def _hear(self) -> None:
        by_wire = {member.wire: member for member in self._members}
        heard = wait(list(by_wire), min(_LOOKS_S, self._patience_s))
        for member in self._members:
            if member.wire not in heard and time.monotonic() > member.until:
                member.until = math.inf
                os.kill(member.pid, signal.SIGABRT)  # pytest has Python tell then where each thread is
        for wire in heard:
            member = by_wire[wire]  # type: ignore[index]
            try:
                message = member.wire.recv()
            except (EOFError, ConnectionResetError):
                self._gone(member)
            else:
                self._take(member, *message)
            if self._session.shouldfail:
                raise self._session.Failed(self._session.shouldfail)
            if self._session.shouldstop:
                raise self._session.Interrupted(self._session.shouldstop)

    def _take(self, member: Member, what: str, *told: Any) -> None:
        hook = self._session.config.hook
        match what:
            case "want":
                member.left = self._next_for(member)
                member.wire.send(list(member.left))
            case "began":
                item = self._session.items[told[0]]
                member.until = time.monotonic() + _limit_s(item) + self._patience_s
                hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
            case "ended":
                number, reports = told
                member.until = math.inf
                item = self._session.items[number]
                for report in reports:
                    for one in told_again(item, report):
                        hook.pytest_runtest_logreport(report=one)
                hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
                if number in member.left:
                    member.left.remove(number)
            case "warned":
                text, file, line, nodeid, location = told
                again = warnings.WarningMessage(Warning(text), Warning, file, line)
                recorded = {"warning_message": again, "when": "runtest", "nodeid": nodeid, "location": location}
                hook.pytest_warning_recorded.call_historic(kwargs=recorded)
            case _:
                raise RuntimeError(f"{member.name} broke: {told}")

    def _next_for(self, member: Member) -> list[int]:
        file = next_file(self._files, computing=computes(member.name, self._count))
        file = file or next(iter(self._files), None)
        return self._files.pop(file) if file is not None else []

    def _gone(self, member: Member) -> None:
        """One has ended: as it should, or under a test, which has failed then; another goes on with its file."""
        member.wire.close()
        self._members.remove(member)
        member.end(time.monotonic() + _GRACE_S)
        if not member.left:
            return
        item = self._session.items[member.left[0]]
        why = f"{member.name} ended while it ran {item.nodeid}"
        for nodeid in names_of(item):
            report = pytest.TestReport(nodeid, item.location, {}, "failed", why, "call")
            self._session.config.hook.pytest_runtest_logreport(report=report)
        self._begin(member.number, member.left[1:])


def _limit_s(item: pytest.Item) -> float:
    """What ``pytest-timeout`` gives it, each row of a table anew; without end where it has no limit."""
    config = item.config
    if not config.pluginmanager.hasplugin("timeout"):
        return math.inf
    marker = item.get_closest_marker("timeout")
    of_it = (*marker.args, marker.kwargs.get("timeout")) if marker is not None else ()
    of_one = float(next(filter(None, (*of_it, config.getoption("timeout"), config.getini("timeout"))), math.inf))
    return of_one * len(names_of(item))
