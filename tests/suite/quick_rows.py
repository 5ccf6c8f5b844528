"""Rows of tables, with little around them: most tests call a function with the values of a row, and that is all.

What pytest does for each test in each of its three parts (it catches what is printed, looks twice through all loggers,
seeds what is drawn, asks a dozen plugins) is more work than reading an answer is. A row that asks for nothing but its
values and what its file or the session shares needs none of that. It is set up and torn down by pytest as ever, alone
or all of its table at once (``whole_tables.py``), within the same limit of time and from the same seed, and a warning
fails it; but it is one part instead of three, and what it prints is not caught.

Only workers of ``--crew`` play so. Whoever runs a test by its name, and the second pass of what has failed, has all of
pytest.
"""

import logging
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from _pytest.python import CallSpec
from _pytest.runner import CallInfo
from _pytest.unraisableexception import collect_unraisable
from whole_tables import asks_only_for_what_is_shared, called_by_itself, rows_of

__all__ = ["QuickRows", "is_row"]

_ENDS_ALL = (pytest.exit.Exception, KeyboardInterrupt)


def is_row(item: pytest.Item) -> bool:
    """Is it a plain function and a row of values, or all of its rows, and is everything else shared with others?"""
    if type(item) is not pytest.Function or not hasattr(item, "callspec"):
        return False
    return asks_only_for_what_is_shared(item)


class QuickRows:
    """A plugin that plays rows by itself."""

    def __init__(self) -> None:
        self._unheard = logging.NullHandler()
        """Who logs to nobody is told to the terminal."""

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """A row, in one part, or a table; whatever else is left to others."""
        if not isinstance(item, pytest.Function) or not is_row(item):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        if rows := rows_of(item):
            self._play_table(item, rows, nextitem)
        else:
            call = _run(lambda: self._play(item, lambda: _call(item, item.nodeid, item.funcargs), nextitem))
            item.ihook.pytest_runtest_logreport(report=_reported(item, call))
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def _play_table(self, item: pytest.Function, rows: Sequence[CallSpec], following: pytest.Item | None) -> None:
        """Failures are reported one by one, and what passed in one report with all their times."""
        played = 0
        passed: list[tuple[int, float, float, float]] = []

        def play() -> None:
            nonlocal played
            limit_s, _ = signal.getitimer(signal.ITIMER_REAL)  # of time, and each row has it
            for number, row in enumerate(rows):
                if limit_s:
                    signal.setitimer(signal.ITIMER_REAL, limit_s)
                call = _run(lambda: _call_row(item, row))  # noqa: B023 at once
                played += 1
                if call.excinfo is None:
                    passed.append((number, call.duration, call.start, call.stop))
                else:
                    _tell_failed(item, row, call)

        whole = _run(lambda: self._play(item, play, following))
        if whole.excinfo is not None:  # what they share could not be opened, or not closed after the last
            first = min(played, len(rows) - 1)
            passed = [one for one in passed if one[0] < first]
            for row in rows[first:]:
                _tell_failed(item, row, whole)
        item.ihook.pytest_runtest_logreport(report=_passed(item, whole, rows=passed))

    def _play(self, item: pytest.Function, what: Callable[[], None], following: pytest.Item | None) -> None:
        stack: Any = item.session._setupstate
        logging.root.addHandler(self._unheard)
        try:
            stack.setup(item)
            what()
        finally:
            logging.root.removeHandler(self._unheard)
            stack.teardown_exact(following)
            item._request = False  # type: ignore[assignment]
            item.funcargs = {}
            collect_unraisable(item.config)


def _run(what: Callable[[], None]) -> CallInfo[None]:
    return CallInfo.from_call(what, "call", _ENDS_ALL)


def _call(item: pytest.Function, name: str, values: Mapping[str, object]) -> None:
    if (seeds := item.config.pluginmanager.getplugin("randomly")) is not None:
        seeds.pytest_runtest_call(_Named(item.config, name))
    item.obj(**{name: values[name] for name in item._fixtureinfo.argnames})  # type: ignore[attr-defined]


def _call_row(item: pytest.Function, row: CallSpec) -> None:
    nodeid, _ = called_by_itself(item, row)
    _call(item, nodeid, item.funcargs | row.params)
    collect_unraisable(item.config)


@dataclass(frozen=True, slots=True)
class _Named:
    """What is seeded, as far as a seed knows it."""

    config: pytest.Config
    nodeid: str


def _reported(item: pytest.Function, call: CallInfo[None]) -> pytest.TestReport:
    if call.excinfo is not None:
        told: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
        return told
    return _passed(item, call)


def _passed(item: pytest.Function, call: CallInfo[None], **more: object) -> pytest.TestReport:
    times = {"duration": call.duration, "start": call.start, "stop": call.stop}
    return pytest.TestReport(item.nodeid, item.location, {}, "passed", None, "call", **times, **more)


def _tell_failed(item: pytest.Function, row: CallSpec, call: CallInfo[None]) -> None:
    """Or skipped. Under the name that the row has by itself, by which it is played once more."""
    report = _reported(item, call)
    report.nodeid, name = called_by_itself(item, row)
    report.location = (*item.location[:2], name)
    item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)
