"""Log set-up: one line, or one JSON object, a record, for everything that this process says."""

import logging
import sys
import threading
from types import TracebackType

from backend.adapters.telemetry.log_gate import LogGate
from backend.adapters.telemetry.log_lines import JsonLines, TextLines
from backend.adapters.telemetry.recent import RecentLog

__all__ = ["add_sink", "recent_log", "remove_sink", "set_up_logs", "sweep_logs"]

log = logging.getLogger(__name__)

_gate = LogGate()
_recent = RecentLog()


def recent_log() -> RecentLog:
    """The last lines of this process."""
    return _recent


def add_sink(sink: logging.Handler) -> None:
    """Have records go there, too, from now on: without what is private."""
    _gate.sinks.append(sink)


def remove_sink(sink: logging.Handler) -> None:
    """Have records go there no more."""
    if sink in _gate.sinks:
        _gate.sinks.remove(sink)


def sweep_logs() -> None:
    """Tell what was counted and is due. Called now and then."""
    _gate.sweep()


def set_up_logs(level: str, style: str) -> None:
    """Log to stderr from now on."""
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setFormatter(JsonLines() if style == "json" else TextLines())
    _recent.setFormatter(JsonLines())
    _gate.sinks = [terminal, _recent]
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelNamesMapping()[level]), handlers=[_gate], force=True)
    for ours in ("backend", "config"):  # libraries tell much, and some of it is what callers said
        logging.getLogger(ours).setLevel(level)
    for told_by_us in ("azure.identity", "stamina"):  # their failures come as errors of ours, in one line
        logging.getLogger(told_by_us).setLevel(logging.ERROR)
    logging.captureWarnings(True)
    if style == "json":
        sys.excepthook = _uncaught
        threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        log.critical("an unhandled error", extra={"event": "process.broke"}, exc_info=(kind, error, trace))
