"""Counts by the hour what is shown over time and is not in the records of calls: waits, refusals, faults."""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import UTC, datetime

from backend.adapters.telemetry.events import EVENTS
from backend.domain.history import Fault, wait_bound
from backend.domain.hour_counts import CountKind, HourKey, hour_of

__all__ = ["HourTally"]

_MOST_FAULTS = 200
_MOST_COUNTS = 20_000
"""Kinds of counts that are kept while the database is away: those of days."""
_NAME, _MESSAGE, _ID = 128, 500, 64


class HourTally(logging.Handler):
    """What has been counted since it was last taken. A sink of the log's gate: it sees clean records, from any thread.

    Args:
        now: seconds since 1970.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._now = now
        self._counts: Counter[HourKey] = Counter()
        self._faults: deque[Fault] = deque(maxlen=_MOST_FAULTS)

    def waited(self, line: str, ms: float) -> None:
        """A caller has waited for an answer."""
        self._count(line, "wait", str(wait_bound(ms)))

    def refused(self, line: str, why: str) -> None:
        """A caller was not taken."""
        self._count(line, "refused", why)

    def emit(self, record: logging.LogRecord) -> None:
        """One record; only one of something that went wrong counts."""
        if record.levelno < logging.WARNING:  # the gate asks no sink for its level
            return
        event, code, line, call_id = (_text(record, name) for name in ("event", "code", "line", "call_id"))
        name = f"{event} {code}".strip() if event in EVENTS else "other"
        self._count(line, "fault", name, 1 + int(getattr(record, "repeated", 0) or 0))
        fault = Fault(
            at=datetime.fromtimestamp(record.created, UTC),
            worker=_text(record, "worker", _NAME),
            level=record.levelname.lower(),
            event=event,
            code=code,
            line=line,
            call_id=call_id,
            message=record.getMessage()[:_MESSAGE],
        )
        self._faults.append(fault)

    def take(self) -> tuple[dict[HourKey, int], list[Fault]]:
        """All of it; it is counted from the beginning again."""
        self.acquire()
        try:
            taken = dict(self._counts), list(self._faults)
            self._counts, self._faults = Counter(), deque(maxlen=_MOST_FAULTS)
            return taken
        finally:
            self.release()

    def give_back(self, counts: dict[HourKey, int], faults: list[Fault]) -> None:
        """It could not be kept; it is taken again with what comes."""
        self.acquire()
        try:
            for key, count in counts.items():
                self._add(key, count)
            self._faults = deque([*faults, *self._faults], maxlen=_MOST_FAULTS)
        finally:
            self.release()

    def _count(self, line: str, kind: CountKind, name: str, count: int = 1) -> None:
        self.acquire()
        try:
            self._add((hour_of(self._now()), line[:_ID], kind, name[:_NAME]), count)
        finally:
            self.release()

    def _add(self, key: HourKey, count: int) -> None:
        if key in self._counts or len(self._counts) < _MOST_COUNTS:
            self._counts[key] += count


def _text(record: logging.LogRecord, name: str, most: int = _ID) -> str:
    value = getattr(record, name, "")
    return value[:most] if isinstance(value, str) else ""
