"""The last log lines and how often each event was logged: what a report of a fault needs first."""

import logging
from collections import Counter, deque

__all__ = ["RecentLog"]


class RecentLog(logging.Handler):
    """Keeps so many of the newest lines in memory, clean as they come from the gate."""

    def __init__(self, most: int = 500) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=most)
        self._counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        self._lines.append(self.format(record))
        event = getattr(record, "event", None)
        if isinstance(event, str):
            self._counts[event] += 1 + int(getattr(record, "repeated", 0) or 0)

    @property
    def lines(self) -> list[str]:
        """The newest lines, the oldest of them first."""
        return list(self._lines)

    @property
    def counts(self) -> dict[str, int]:
        """How often each event was logged since this process began."""
        return dict(self._counts)
