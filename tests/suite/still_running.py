"""Says which tests were running when a run was cut off: of a run that hangs it is all that anybody wants to know."""

import time

import pytest

__all__ = ["StillRunning"]


class StillRunning:
    """A plugin that knows which tests have begun and not ended, of all workers."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """It begins."""
        self._since[nodeid] = time.monotonic()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """It has ended."""
        self._since.pop(nodeid, None)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        """Name them, the longest first."""
        if exitstatus != pytest.ExitCode.INTERRUPTED or not self._since:
            return
        terminalreporter.section("still running")
        for nodeid, since in sorted(self._since.items(), key=lambda one: one[1]):
            terminalreporter.line(f"{time.monotonic() - since:6.1f} s {nodeid}")
