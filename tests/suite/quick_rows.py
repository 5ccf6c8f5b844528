"""Rows of tables, with little around them: most tests call a function with the values of a row, and that is all.

What pytest does for each test in each of its three parts (it catches what is printed, looks twice through all loggers,
seeds what is drawn, asks a dozen plugins) is more work than reading an answer is. A row that asks for nothing but its
values and what its file or the session shares needs none of that. It is set up and torn down by pytest as ever, within
the same limit of time and from the same seed, and a warning fails it; but it is one part instead of three, and what it
prints is not caught.

Only workers of ``--crew`` play so. Whoever runs a test by its name, and the second pass of what has failed, has all of
pytest.
"""

import logging
from typing import Any

import pytest
from _pytest.python import DirectParamFixtureDef
from _pytest.runner import CallInfo
from _pytest.unraisableexception import collect_unraisable

__all__ = ["QuickRows", "is_row"]

_PLAIN_MARKS = {"parametrize", "usefixtures", "timeout", "filterwarnings", "no_cover"}
"""What is marked otherwise may be skipped, expected to fail, or run in a way of its own."""
_ENDS_ALL = (pytest.exit.Exception, KeyboardInterrupt)


def is_row(item: pytest.Item) -> bool:
    """Is it a plain function and a row of values, and is everything else that it asks for shared with others?"""
    if type(item) is not pytest.Function or not hasattr(item, "callspec"):
        return False
    if any(mark.name not in _PLAIN_MARKS for mark in item.iter_markers()):
        return False
    asked: Any = item._fixtureinfo
    if "request" in asked.argnames:
        return False
    return all(name == "request" or _is_shared(asked.name2fixturedefs.get(name)) for name in asked.names_closure)


def _is_shared(definitions: Any) -> bool:
    """Is it a value of the row, or what more than one test has?"""
    if not definitions:
        return False
    return isinstance(definitions[-1], DirectParamFixtureDef) or definitions[-1].scope != "function"


class QuickRows:
    """A plugin that plays rows by itself."""

    def __init__(self) -> None:
        self._unheard = logging.NullHandler()
        """Who logs to nobody is told to the terminal."""

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """A row, in one part; whatever else is left to others."""
        if not isinstance(item, pytest.Function) or not is_row(item):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        call = CallInfo.from_call(
            lambda: self._play(item, nextitem), "call", (pytest.exit.Exception, KeyboardInterrupt)
        )
        item.ihook.pytest_runtest_logreport(report=_reported(item, call))
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def _play(self, item: pytest.Function, following: pytest.Item | None) -> None:
        stack: Any = item.session._setupstate
        logging.root.addHandler(self._unheard)
        try:
            stack.setup(item)
            if (seeds := item.config.pluginmanager.getplugin("randomly")) is not None:
                seeds.pytest_runtest_call(item)
            item.obj(**{name: item.funcargs[name] for name in item._fixtureinfo.argnames})  # type: ignore[attr-defined]
        finally:
            logging.root.removeHandler(self._unheard)
            stack.teardown_exact(following)
            item._request = False  # type: ignore[assignment]
            item.funcargs = {}
            collect_unraisable(item.config)


def _reported(item: pytest.Function, call: CallInfo[None]) -> pytest.TestReport:
    if call.excinfo is not None:
        told: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
        return told
    times = {"duration": call.duration, "start": call.start, "stop": call.stop}
    return pytest.TestReport(item.nodeid, item.location, {}, "passed", None, "call", **times)
