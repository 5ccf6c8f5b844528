"""``--crew N``: several workers for one run, forked from the process that has collected.

Fifteen thousand tests take twenty seconds of a core to collect and import, and six workers that are started by
themselves would each do all of it. Forked, they have it. Nothing else of a test differs: each worker has its folder,
its captured output and what its session shares, and of two tests no one sees what the other has left.

Files are given out one at a time, as workers ask for them (``order.py``): none waits behind somebody's long test. What
is marked ``alone`` is played when all of them are gone, by one more for each core, and one more still, as most of it
waits. Beside it goes on what only computes (``fills``), in what it leaves of the processor. And while all is collected,
by one process, another has the second core already, with the file that takes the longest (``AHEAD``).
"""

import gc
import math
import os
import signal
import time
import warnings
from collections.abc import Callable, Generator, Set
from contextlib import AbstractContextManager, nullcontext, suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import pytest
from hand import told_again
from member import Files, Member
from order import AHEAD, computes, fills, next_file
from whole_tables import Tables, names_of

__all__ = ["ALONE", "Crew"]

ALONE = "alone"
"""Marker of what needs a core for itself."""

_CORES = min(2, os.cpu_count() or 1)
"""With more of them it is no more at once: they share the machine's memory, and the threads of the Speech SDK."""
_ALONE_AT_ONCE = _CORES + 1
"""One of them takes a whole core; the others wait, and take a quarter of one each."""
_ITSELF_S = 0.5
_GRACE_S = 30.0
"""Workers that are told to stop close what they share within this, or are killed."""
_LOOKS_S = 5.0
_PATIENCE_S = 60.0
"""A test has its limit from ``pytest-timeout``, which cannot end what hangs outside of Python. So long after it the
worker is ended: what each of its threads does is written to standard error, and its test has failed."""


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
        self._files: Files = {}
        self._alone: Files = {}
        self._fill: Files = {}
        self._members: list[Member] = []
        self._session: pytest.Session

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Who collects for a crew collects whole tables."""
        session.config.pluginmanager.register(Tables())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> Generator[None, object, object]:
        """Have the core that is not needed to collect: of a whole run one file begins at once."""
        config = session.config
        whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.collectonly
        if whole and (config.rootpath / AHEAD).exists():
            config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # of all of us
            self._session = session
            self._begin(Member(0, self._files, ahead=AHEAD))
        return (yield)

    def pytest_sessionfinish(self) -> None:
        """Nobody is left, although what could not be collected ends a run before it begins."""
        self._dismiss()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Instead of one test after the other."""
        if session.config.option.collectonly or session.testsfailed:
            return None  # as without us: listed, or told what could not be collected
        self._session = session
        folder: Path = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        session.testscollected = sum(len(names_of(item)) for item in session.items)
        begun = self._begun(session)
        alone = {number for number, item in enumerate(session.items) if item.get_closest_marker(ALONE)}
        for number, item in enumerate(session.items):
            file = item.nodeid.partition("::")[0]
            files = self._alone if number in alone else self._fill if alone and fills(file) else self._files
            if number not in begun:
                files.setdefault(file, []).append(number)
        with suppress(Exception):  # what is broken is told by its tests
            self._warm()
        gc.freeze()
        with self._beside(folder):
            try:
                self._play(self._count, self._files)
                self._play(_ALONE_AT_ONCE, self._alone, self._fill, _CORES)
            finally:
                self._dismiss()
        return True

    def _begun(self, session: pytest.Session) -> Set[int]:
        """What somebody has begun while we collected."""
        for member in self._members:
            try:
                what, names = member.wire.recv()
            except (EOFError, ConnectionResetError):
                what, names = "gone", ()
            if what != "collected":
                self._gone(member)  # its file is played as any other
                return frozenset()
            numbers = {item.nodeid: number for number, item in enumerate(session.items)}
            member.numbers = [numbers[name] for name in names]
            member.left = list(member.numbers)
        return frozenset(number for member in self._members for number in member.numbers)

    def _play(self, count: int, files: Files, fill: Files | None = None, fillers: int = 0) -> None:
        """Have so many workers play what there is, and some more what fills the gaps that they leave."""
        self._count = count
        there = {member.number for member in self._members}
        for number in range(min(count, len(files) + len(there))):
            if number not in there:
                self._begin(Member(number, files))
        if fill is not None:
            for number in range(min(fillers, len(fill))):
                self._begin(Member(count + number, fill, in_gaps=True))
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
        self._members = []

    def _begin(self, member: Member) -> None:
        member.fork(self._session, self._count, self._members)
        self._members.append(member)

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
                item = self._session.items[member.called(told[0])]
                member.until = time.monotonic() + _limit_s(item) + self._patience_s
                hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
            case "ended":
                number, reports = member.called(told[0]), told[1]
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
        file = next_file(member.files, computing=computes(member.name, self._count))
        file = file or next(iter(member.files), None)
        return member.files.pop(file) if file is not None else []

    def _gone(self, member: Member) -> None:
        """One has ended: as it should, or under a test, which has failed then; another goes on with its file."""
        member.wire.close()
        self._members.remove(member)
        member.end(time.monotonic() + _GRACE_S)
        if member.left:
            self._has_failed(member, self._session.items[member.left[0]])
            if rest := member.left[1:]:
                others = dict(member.files)
                member.files.clear()
                member.files |= {f"what {member.name} has left": rest, **others}
        if member.files and (member.left or member.ahead):
            self._begin(Member(member.number, member.files, in_gaps=member.in_gaps))

    def _has_failed(self, member: Member, item: pytest.Item) -> None:
        why = f"{member.name} ended while it ran {item.nodeid}"
        for nodeid in names_of(item):
            report = pytest.TestReport(nodeid, item.location, {}, "failed", why, "call")
            self._session.config.hook.pytest_runtest_logreport(report=report)


def _limit_s(item: pytest.Item) -> float:
    """What ``pytest-timeout`` gives it, each row of a table anew; without end where it has no limit."""
    config = item.config
    if not config.pluginmanager.hasplugin("timeout"):
        return math.inf
    marker = item.get_closest_marker("timeout")
    of_it = (*marker.args, marker.kwargs.get("timeout")) if marker is not None else ()
    of_one = float(next(filter(None, (*of_it, config.getoption("timeout"), config.getini("timeout"))), math.inf))
    return of_one * len(names_of(item))
