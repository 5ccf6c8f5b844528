"""What is counted by the hour, the last faults, and how it went over time (SQL)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from backend.domain.history import Fault, History, HistoryQuery
from backend.domain.hour_counts import HourKey

__all__ = ["HistoryBook", "HourBook"]


class HourBook(Protocol):
    """Keeps counts by the hour, of all workers together, and the last faults."""

    async def add(self, counts: Mapping[HourKey, int], faults: Sequence[Fault]) -> None:
        """Add these, all or none of them.

        Raises:
            Unavailable: not now.
        """
        ...

    async def pack(self) -> bool:
        """Put what is over together, so that it is read quickly; a part of it. Is there more?

        Raises:
            Unavailable: not now. What is put together already stays so.
        """
        ...


class HistoryBook(Protocol):
    """Tells how it went."""

    async def history(self, query: HistoryQuery) -> History:
        """Calls and counts of a period, by slot and line.

        Raises:
            Unavailable: the database does not answer.
        """
        ...

    async def faults(self, *, limit: int = 100, lines: Collection[str] | None = None) -> Sequence[Fault]:
        """The last faults of all workers, the newest first; ``lines``: only those of calls on these lines."""
        ...
