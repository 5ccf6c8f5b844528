"""Which version the workers agreed on, as one of them takes part in it."""

import logging

from backend.errors import SessionLost
from backend.ports import VersionBoard

__all__ = ["Agreement"]

log = logging.getLogger(__name__)


class Agreement:
    """Asks and tells the board, and remembers what the others may not have heard, or should not have.

    Args:
        board: where workers agree.
    """

    def __init__(self, board: VersionBoard) -> None:
        self._board = board
        self._alone_since: str | None = None
        """The version that was agreed on when this worker went on without the others."""
        self._doubtful: tuple[str, str] | None = None
        """A version that was refused, and the one before it: the others may have been told of it all the same."""

    async def current(self) -> str | None:
        """What is agreed on. Raises ``SessionLost`` when that cannot be found out now."""
        return await self._board.current()

    async def known(self) -> str | None:
        """The same; ``None``, too, when it cannot be found out now."""
        try:
            return await self._board.current()
        except SessionLost as error:
            log.warning(
                "workers cannot agree on a store version", extra={"event": "store.not_agreed", "code": error.code}
            )
            return None

    def stands(self) -> None:
        """The others have what this worker has."""
        self._alone_since = None

    async def announce(self, previous: str | None, version: str) -> bool:
        """Have the others follow to what is on disk, whatever they agreed on; false when they cannot be told now."""
        try:
            moved = await self._board.move(expected=previous, to=version)
            if not moved:  # what is on disk is the newest that anybody wrote
                await self._board.move(expected=await self._board.current(), to=version)
        except SessionLost as error:
            self._alone_since = previous
            log.warning(
                "other workers were not notified of a new store version",
                extra={"event": "store.not_told", "code": error.code},
            )
            return False
        self.stands()
        return True

    def missed(self, agreed: str | None) -> bool:
        """Has the board forgotten what was agreed on, or not heard of what this worker has?"""
        return agreed is None or agreed == self._alone_since

    async def say_again(self, agreed: str | None, version: str) -> None:
        """Tell the board what it has missed. Raises ``SessionLost``."""
        if await self._board.move(expected=agreed, to=version):
            self.stands()

    async def move(self, previous: str, version: str) -> bool:
        """Have all workers go to a version; false when somebody else was quicker.

        Raises:
            SessionLost: nobody knows whether they do; it is taken back when that is known.
        """
        try:
            return await self._board.move(expected=previous, to=version)
        except SessionLost:
            self.doubt(previous, version)
            raise

    def doubt(self, previous: str, version: str) -> None:
        """A version is not to be live after all."""
        self._doubtful = (version, previous)

    async def take_back(self, agreed: str | None) -> bool:
        """Make what was refused not agreed, where the answer that it was agreed had been lost."""
        if self._doubtful is None:
            return False
        version, previous = self._doubtful
        moved = agreed == version and await self._board.move(expected=version, to=previous)
        self._doubtful = None
        return moved
