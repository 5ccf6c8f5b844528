"""Which calls have a recording, and which of those have had their time (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

__all__ = ["RecordingBook"]


class RecordingBook(Protocol):
    """Which calls have a recording, and which of those have had their time (SQL). Ids are of calls that are over.

    Every method raises ``Unavailable`` while the database is away.
    """

    async def due(self, now: datetime, limit: int) -> Sequence[str]:
        """Calls whose recording was to be kept until a moment before this, ``limit`` of them at most."""
        ...

    async def older(self, line: str, before: datetime, limit: int) -> Sequence[str]:
        """Calls of a line that have a recording and ended before this moment."""
        ...

    async def of_number(self, number: str) -> Sequence[str]:
        """Calls of a number that have a recording."""
        ...

    async def deleted(self, call_id: str) -> None:
        """Note that the recording of a call is gone."""
        ...

    async def broke(self, call_id: str) -> None:
        """Note that the recording of a call broke off, as came to be known when the call was over. One that is deleted
        stays so."""
        ...
