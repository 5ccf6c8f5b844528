"""An outage is told once and then counted: a log that nobody can read tells nothing."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from backend.adapters.telemetry.events import EVENTS

__all__ = ["Repeats"]

_EVERY_S = 300.0
_MOST = 2000
_TELLS_APART = ("call_id", "code", "line", "deployment", "tool", "server", "pool", "reason", "error")
"""Two records of one event that differ in one of these are two outages."""


@dataclass(slots=True)
class _Outage:
    event: str
    told_at: float
    last: logging.LogRecord
    since: int = 0
    """Records left out since it was last told."""
    all: int = 1


class Repeats:
    """Decides which records are told. Called by the log's gate, one at a time.

    Args:
        every_s: an outage that goes on is told so often, with the count of what was left out.
        now: the clock.
    """

    def __init__(self, every_s: float = _EVERY_S, now: Callable[[], float] = time.monotonic) -> None:
        self._every_s = every_s
        self._now = now
        self._outages: OrderedDict[Hashable, _Outage] = OrderedDict()

    def admit(self, record: logging.LogRecord) -> bool:
        """Is this one told? Adds ``repeated`` where others like it were left out before."""
        event = EVENTS.get(str(getattr(record, "event", "")))
        if event is None or record.exc_info:
            return True
        if event.ends:
            self._end(record, event.ends)
        if event.kind in ("note", "fault"):
            return True
        key = (event.name, *(getattr(record, name, None) for name in _TELLS_APART))
        outage = self._outages.get(key)
        if outage is None:
            self._outages[key] = _Outage(event.name, self._now(), record)
            if len(self._outages) > _MOST:
                self._outages.popitem(last=False)
            return True
        outage.all += 1
        outage.last = record
        if self._now() - outage.told_at < self._every_s:
            outage.since += 1
            return False
        record.repeated = outage.since
        outage.told_at, outage.since = self._now(), 0
        return True

    def sweep(self) -> list[logging.LogRecord]:
        """What was left out and has not been told in time; outages that have been quiet for so long are over."""
        due = [(key, outage) for key, outage in self._outages.items() if self._now() - outage.told_at >= self._every_s]
        told: list[logging.LogRecord] = []
        for key, outage in due:
            del self._outages[key]
            if outage.since:
                outage.last.repeated = outage.since
                told.append(outage.last)
        return told

    def _end(self, record: logging.LogRecord, ends: tuple[str, ...]) -> None:
        over = [key for key, outage in self._outages.items() if outage.event in ends]
        counts = [self._outages.pop(key).all for key in over]
        if counts:
            record.counted = sum(counts)
