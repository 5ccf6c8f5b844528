"""What a failed test has left open is its own affair, and not its neighbor's.

A test that fails leaves its frames in the error, and with them sockets, files and tasks that nobody has closed. Python
finds them some tests later, and pytest, for which a warning is an error here, fails whichever test then runs. So what a
failed test leaves is collected as soon as it is over, and nothing said of it: the failure itself is told anyway.
"""

import gc
import sys
from typing import Any

import pytest

__all__ = ["LeftBehind"]


class LeftBehind:
    """A plugin that cleans up after tests that failed."""

    def __init__(self) -> None:
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note who failed, in whatever part."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Its last part is over."""
        if nodeid in self._failed:
            self._failed.discard(nodeid)
            collect_in_silence()


def collect_in_silence() -> None:
    """Collect what the last error holds."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    hook, sys.unraisablehook = sys.unraisablehook, _silent
    try:
        gc.collect()
    finally:
        sys.unraisablehook = hook


def _silent(_: Any) -> None:
    """Nobody is told."""
