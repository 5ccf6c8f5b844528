"""The one handler of a process's log: names the call, counts what repeats, masks what is private, passes it on."""

import copy
import logging
import re
import sys
from collections.abc import Sequence

from backend.adapters.telemetry.redaction import exception_text, masked_field, masked_text
from backend.adapters.telemetry.repeats import Repeats
from backend.domain.call_context import current_call
from backend.domain.worker_name import worker_name

__all__ = ["STANDARD", "LogGate", "fields_of"]

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_FUTURE = re.compile(r"(exception=\w+)\(.*", re.DOTALL)
"""asyncio tells of a forgotten task with all that its error says."""


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """What a record carries beside its message."""
    return {name: value for name, value in record.__dict__.items() if name not in STANDARD}


class LogGate(logging.Handler):
    """Whatever is logged goes through here; ``sinks`` see nothing but clean copies.

    Args:
        sinks: where records go: the terminal, an exporter, the memory of the last lines.
        repeats: decides what is told.
    """

    def __init__(self, sinks: Sequence[logging.Handler] = (), repeats: Repeats | None = None) -> None:
        super().__init__()
        self.sinks: list[logging.Handler] = list(sinks)
        self._repeats = repeats or Repeats()

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        try:
            _bind(record)
            if self._repeats.admit(record):
                self._pass_on(record)
        except Exception as error:  # the usual way out would print the record as it is, with all that it holds
            sys.stderr.write(f"a log record of {record.name} could not be written: {type(error).__name__}\n")

    def sweep(self) -> None:
        """Tell what was left out for long enough. Called now and then."""
        self.acquire()
        try:
            for record in self._repeats.sweep():
                self._pass_on(record)
        finally:
            self.release()

    def flush(self) -> None:
        """All of it, now."""
        for sink in self.sinks:
            sink.flush()

    def _pass_on(self, record: logging.LogRecord) -> None:
        clean = _clean(record)
        for sink in self.sinks:
            sink.handle(clean)


def _bind(record: logging.LogRecord) -> None:
    """Add whose work this was; what the record says itself goes before."""
    own = record.__dict__
    own.setdefault("worker", worker_name())
    if call := current_call():
        own.setdefault("call_id", call.call_id)
        own.setdefault("line", call.line)
        own.setdefault("agent", call.agent)
        own.setdefault("turn", call.turn)


def _clean(record: logging.LogRecord) -> logging.LogRecord:
    clean = copy.copy(record)
    clean.msg, clean.args = masked_text(_FUTURE.sub(r"\1(***)", record.getMessage())), ()
    for name, value in fields_of(record).items():
        setattr(clean, name, masked_field(name, value))
    if record.exc_info and record.exc_info[1] is not None:
        clean.exc_text = exception_text(record.exc_info)  # pyright: ignore[reportArgumentType]
    elif record.exc_text:
        clean.exc_text = masked_text(record.exc_text)
    clean.exc_info = None
    if record.stack_info:
        clean.stack_info = masked_text(record.stack_info)
    return clean
