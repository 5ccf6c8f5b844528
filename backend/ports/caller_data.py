"""What is kept of callers for good, to be shown, forgotten, or deleted when its time is over (SQL)."""

from datetime import datetime
from typing import Protocol

from backend.domain.caller_data import CallerData, Forgotten, Remains

__all__ = ["CallerDataBook"]


class CallerDataBook(Protocol):
    """What is kept of callers for good, to be shown, forgotten, or deleted when its time is over (SQL)."""

    async def export(self, number: str) -> CallerData:
        """Everything that is kept of a number."""
        ...

    async def forget(self, number: str, *, claims: bool = False) -> Forgotten:
        """Delete everything of a number, its filed claims only where ``claims`` says so.

        A claim that is kept loses the number it came from. Done again it changes nothing.
        """
        ...

    async def sweep(self, line: str, what: Remains, before: datetime, limit: int) -> int:
        """Delete what of a line is older than ``before``, ``limit`` of them at most; gives how many went.

        Any number of workers may do so at once.
        """
        ...
