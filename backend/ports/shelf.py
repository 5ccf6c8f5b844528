"""A place outside of this process where entries wait until they can be written (Redis, a file)."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.entry import Entry

__all__ = ["Shelf"]


class Shelf(Protocol):
    """A place outside of this process where entries wait until they can be written (Redis, a file).

    It may be away or full itself: then it says so, and never stops anybody for long.
    """

    name: str
    """``redis`` or ``disk``; operators see it."""

    async def put(self, entry: Entry) -> bool:
        """Lay an entry down so that it outlives this process. False: it cannot now, or there is no room."""
        ...

    async def read(self, after: int, limit: int) -> Sequence[Entry]:
        """The next entries by number.

        Raises:
            Unavailable, SessionLost: they cannot be read now.
        """
        ...

    async def drop(self, entry: Entry) -> None:
        """It is written. One that cannot be taken away now is written once more some day, which changes nothing."""
        ...

    async def left_behind(self) -> "Sequence[Shelf]":
        """Shelves of workers that are gone, which are ours from now on. Each is asked for once."""
        ...

    async def elsewhere(self) -> int:
        """So many entries, at most, lie on shelves that other workers hold; 0 where that cannot be found out."""
        ...

    async def close(self) -> None:
        """Let go of it; what lies there stays, for whoever starts next."""
        ...
