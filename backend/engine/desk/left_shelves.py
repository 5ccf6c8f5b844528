"""What workers that are gone have left on their shelves."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from backend.domain.entry import Entry
from backend.errors import RingmasterError
from backend.ports import Shelf

__all__ = ["LeftShelves"]

log = logging.getLogger(__name__)

_PAGE = 200


class LeftShelves:
    """Finds such shelves, which are ours from then on, and has what lies there written.

    Args:
        shelves: our own, which know where others have theirs.
    """

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._own = shelves
        self._left: list[Shelf] = []

    def __bool__(self) -> bool:
        """Is there one that is not empty yet?"""
        return bool(self._left)

    async def look(self) -> None:
        """Look for more of them."""
        for shelf in self._own:
            found = await shelf.left_behind()
            if found:
                log.warning(
                    "found database writes of workers that have ended; writing them",
                    extra={"event": "outbox.found", "place": shelf.name, "workers": len(found)},
                )
            self._left.extend(found)

    async def write(self, written: Callable[[Entry], Awaitable[bool]]) -> bool:
        """Have a page of the first one written; false when that is not possible now."""
        shelf = self._left[0]
        try:
            page = await shelf.read(0, _PAGE)
        except RingmasterError:
            page = ()  # it is found again when it can be read
        for entry in page:
            if not await written(entry):
                return False
            await shelf.drop(entry)
        if not page:
            self._left.remove(shelf)
            await shelf.close()
        return True

    async def elsewhere(self) -> int:
        """So many entries, at most, wait on shelves of workers that live."""
        return sum([await shelf.elsewhere() for shelf in self._own])

    async def close(self) -> None:
        """Let go of them; what lies there stays."""
        for shelf in self._left:
            await shelf.close()
