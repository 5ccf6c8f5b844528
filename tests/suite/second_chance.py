"""The second pass of ``make test``: what failed beside other tests is run once more by itself.

A test that passes only then has a fault of its own, most often a wait that is too short. It is listed, and fails the
run all the same, unless ``second_chances.yaml`` excuses it: with a date, a reason, and at most three at a time. With
``SECOND_CHANCE=listed`` it is only listed: a machine that others use too tells little of a test.
"""

import datetime
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

__all__ = ["EXCUSED", "MOST", "Excuse", "SecondPass", "read_excuses"]

EXCUSED = Path(__file__).with_name("second_chances.yaml")
MOST = 3
_SHORTEST_REASON = 20
_KEYS = {"test", "since", "reason"}


@dataclass(frozen=True, slots=True)
class Excuse:
    """A test that may need its second chance.

    Attributes:
        test: its id, ``tests/.../test_x.py::test_y``; with all its parameters.
        since: the day on which it was excused.
        reason: what is known of the fault, for whoever mends it.
    """

    test: str
    since: datetime.date
    reason: str

    def covers(self, nodeid: str) -> bool:
        """Is it this test, with whatever parameters?"""
        return nodeid.partition("[")[0] == self.test


def read_excuses(text: str) -> list[Excuse]:
    """Read the committed list.

    Raises:
        ValueError: it is too long, or an entry lacks its date or a reason that says something.
    """
    entries: list[Any] = yaml.safe_load(text) or []
    if len(entries) > MOST:
        raise ValueError(f"{len(entries)} tests are excused; at most {MOST} may be: mend one first")
    return [_read(entry) for entry in entries]


def _read(entry: Any) -> Excuse:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise ValueError(f"expected an entry of test, since and reason, got {entry!r}")
    excuse = Excuse(**entry)
    if not isinstance(excuse.since, datetime.date):
        raise ValueError(f"{excuse.test}: 'since' is no date: {excuse.since!r}")
    if not isinstance(excuse.reason, str) or len(excuse.reason) < _SHORTEST_REASON:
        raise ValueError(f"{excuse.test}: the reason says nothing: {excuse.reason!r}")
    return excuse


class SecondPass:
    """A plugin that watches a second pass."""

    def __init__(self, excuses: Sequence[Excuse]) -> None:
        self._excuses = excuses
        self._ran: set[str] = set()
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note who ran, and who failed again."""
        if report.when == "call" and not report.skipped:
            self._ran.add(report.nodeid)
        if report.failed:
            self._failed.add(report.nodeid)

    @property
    def needed(self) -> list[str]:
        """The tests that passed with their second chance only."""
        return sorted(self._ran - self._failed)

    @property
    def unexcused(self) -> list[str]:
        """Those of them that no entry of the list excuses."""
        return [nodeid for nodeid in self.needed if not any(excuse.covers(nodeid) for excuse in self._excuses)]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a pass in which somebody needed a chance that was not theirs."""
        if self.unexcused and os.environ.get("SECOND_CHANCE") != "listed" and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List them."""
        if self.needed:
            terminalreporter.section("passed only with a second chance")
            _tell(terminalreporter, self.needed, self.unexcused)


def _tell(reporter: pytest.TerminalReporter, needed: Iterable[str], unexcused: Sequence[str]) -> None:
    for nodeid in needed:
        reporter.line(f"{'NOT EXCUSED' if nodeid in unexcused else 'excused'} {nodeid}")
    if unexcused and os.environ.get("SECOND_CHANCE") != "listed":
        reporter.line(f"this fails the run: mend the test, or excuse it in {EXCUSED.name} with a date and a reason")
