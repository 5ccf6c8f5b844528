"""The last log lines and how often each event was logged: what a report of a fault needs first."""

import logging
from collections import Counter, deque

__all__ = ["RecentLog"]


class RecentLog(logging.Handler):
    """Keeps so many of the newest lines in memory, clean as they come from the gate."""

    def __init__(self, most: int = 500) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=most)
        self._counts: Counter[tuple[str, str]] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        self._lines.append(self.format(record))
        event = getattr(record, "event", None)
        if isinstance(event, str):
            code = getattr(record, "code", "")
            self._counts[event, code if isinstance(code, str) else ""] += 1 + int(getattr(record, "repeated", 0) or 0)

    def forget(self) -> None:
        """Begin anew: this process is a fork of the one that has logged all that."""
        self._lines.clear()
        self._counts.clear()

    @property
    def lines(self) -> list[str]:
        """The newest lines, the oldest of them first."""
        return list(self._lines)

    @property
    def counts(self) -> dict[str, int]:
        """How often each event was logged since this process began."""
        total: Counter[str] = Counter()
        for (event, _), count in self._counts.items():
            total[event] += count
        return dict(total)

    @property
    def by_code(self) -> dict[tuple[str, str], int]:
        """The same by event and code of the error tree; the code is empty where there was none."""
        return dict(self._counts)
