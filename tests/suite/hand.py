"""One worker of ``--crew``: a process forked from the one that has collected, which plays files as it is given them."""

import gc
import os
import signal
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import CallInfo
from _pytest.terminal import TerminalReporter
from _pytest.unraisableexception import collect_unraisable
from order import computes, give_way, take_gaps
from quick_rows import QuickRows
from sparing import Sparing
from whole_tables import called_by_itself, names_of, rows_of

__all__ = ["Hand", "Told", "told_again"]

_COLLECTIONS = (20_000, 20, 20)
"""When Python looks for garbage. It does ten times as often by itself, as if memory were short: a twentieth of what
tests compute is that, and what they leave in cycles is a few megabytes."""
_LONG_S = 0.005
"""What took less is not listed by ``--durations`` either."""

Told = tuple[Any, ...]
"""A report as it is sent: of what passed, and so of nearly all, little more than its times."""


def told(config: pytest.Config, report: pytest.TestReport) -> Told:
    """A report for the way to the process that prints. What a test printed is kept of failures only."""
    if hasattr(report, "rows"):
        return "rows", report.rows
    if report.passed and not report.user_properties and not hasattr(report, "wasxfail"):
        return report.when, report.duration, report.start, report.stop
    return (config.hook.pytest_report_to_serializable(config=config, report=report),)


def told_again(item: pytest.Item, sent: Told) -> Iterator[pytest.TestReport]:
    """The report that was sent; of a table, one for each row that passed."""
    match sent:
        case (kept,):
            yield item.config.hook.pytest_report_from_serializable(config=item.config, data=kept)
        case "rows", passed:
            file, line, _ = item.location
            for number, *times in passed:
                nodeid, name = called_by_itself(item, rows_of(item)[number])
                yield _passed(nodeid, (file, line, name), "call", *times)
        case when, *times:
            yield _passed(item.nodeid, item.location, when, *times)


def _passed(nodeid: str, location: Any, when: Any, duration: float, start: float, stop: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, location, {}, "passed", None, when, duration=duration, start=start, stop=stop)


class _Nobody:
    """Who prints in this process. (Who asks for its writer, as a limit of time does, gets one to nowhere.)"""

    def __init__(self, config: pytest.Config) -> None:
        self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115 as long as the process
        self._tw = TerminalReporter(config, self._nowhere)._tw


class Hand:
    """Plays what it is given, and tells what came of it.

    Args:
        session: what was collected.
        wire: to the process that gives.
        name: of one of ``count``.
        in_gaps: only in what others leave of the processor?
    """

    def __init__(
        self, session: pytest.Session, wire: Connection, name: str, count: int, *, in_gaps: bool = False
    ) -> None:
        self._session = session
        self._config = session.config
        self._wire = wire
        self._name = name
        self._count = count
        self._in_gaps = in_gaps
        self._last: pytest.Item | None = None
        self._reports: list[Told] = []
        self._settled = False

    def work(self, ahead: str = "") -> int:
        """Until there is nothing more; gives the exit status of the process.

        Args:
            ahead: a file that is collected and played here, and nothing else: nothing is collected yet.
        """
        status = 1
        try:
            self._settle()
            for given in self._collect(ahead) if ahead else iter(self._next_file, []):
                for number, after in zip(given, [*given[1:], None], strict=True):
                    self._play(number, after)
                    if self._session.shouldfail or self._session.shouldstop:
                        raise KeyboardInterrupt  # everybody is to stop
            status = 0
        except (EOFError, BrokenPipeError, KeyboardInterrupt):
            pass  # whoever gives is gone, or has had enough
        except BaseException:
            with suppress(OSError):
                self._wire.send(("broken", traceback.format_exc()))
        finally:
            with suppress(OSError, KeyboardInterrupt):
                self._leave()
        return status

    def _settle(self) -> None:
        """Be a process of one's own: a name, a folder, what is captured, and the politeness of those who compute."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ["PYTEST_XDIST_WORKER"] = self._name  # as those are called that others start
        os.environ["PYTEST_XDIST_WORKER_COUNT"] = str(self._count)
        manager = self._config.pluginmanager
        manager.unregister(name="terminalreporter")
        manager.register(_Nobody(self._config), "terminalreporter")
        manager.register(QuickRows())
        manager.register(self)
        self._settled = True
        gc.set_threshold(*_COLLECTIONS)
        capture = manager.getplugin("capturemanager")
        capture.stop_global_capturing()
        capture.start_global_capturing()
        capture.suspend_global_capture()
        folders: Any = self._config._tmp_path_factory  # type: ignore[attr-defined]
        folders._basetemp = folders.getbasetemp() / f"{self._name}-{os.getpid()}"
        folders._basetemp.mkdir(mode=0o700)
        if self._in_gaps:
            take_gaps()
        elif computes(self._name, self._count):
            give_way()

    def _collect(self, file: str) -> Iterator[Sequence[int]]:
        """Collect a file, as whoever collects all of them would, and tell what is in it, if anything is wanted."""
        gc.disable()
        items = self._session.perform_collect([file])
        gc.freeze()
        gc.enable()
        Sparing.set_aside = True
        self._wire.send(("collected", [item.nodeid for item in items]))
        if items:
            yield range(len(items))

    def _next_file(self) -> Sequence[int]:
        self._wire.send(("want",))
        given: Sequence[int] = self._wire.recv()
        return given

    def _play(self, number: int, after: int | None) -> None:
        """One test. What its file shares stays for the next one of the file; what the session shares, in any case."""
        items = self._session.items
        item = self._last = items[number]
        self._wire.send(("began", number))
        self._reports = []
        following: Any = self._session if after is None else items[after]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self._wire.send(("ended", number, self._reports))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep it until the test is over. That a part before or after it went well is worth telling if it took long."""
        if report.when == "call" or not report.passed or report.duration >= _LONG_S:
            self._reports.append(told(self._config, report))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        """A warning that is no error. Those of before the fork come once more as we register, and have been told."""
        if self._settled and when == "runtest":
            said = f"{warning_message.category.__name__}: {warning_message.message}"
            self._wire.send(("warned", said, warning_message.filename, warning_message.lineno, nodeid, location))

    def _leave(self) -> None:
        """Close what the session shares; what goes wrong with that is told of the last test."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        item = self._last
        if item is None:
            return
        call = CallInfo.from_call(self._close, when="teardown")
        report: pytest.TestReport = item.ihook.pytest_runtest_makereport(item=item, call=call)
        if report.failed:
            report.nodeid = names_of(item)[-1]  # of a table, whose own name nobody finds again
            self._wire.send(("ended", self._session.items.index(item), [told(self._config, report)]))

    def _close(self) -> None:
        self._session._setupstate.teardown_exact(None)
        gc.collect()
        collect_unraisable(self._config)
