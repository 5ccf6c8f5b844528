"""Where the workers agree which share of calls gets another version (Redis)."""

from typing import Protocol

from backend.domain.share import Share
from backend.ports.version_board import VersionBoard

__all__ = ["ShareBoard"]


class ShareBoard(VersionBoard, Protocol):
    """Where the workers agree, besides, which share of calls gets another version than the live one.

    Whoever waits for a version to move hears of a share, too.
    """

    async def share(self) -> Share | None:
        """What is agreed on; ``None``: every call gets the live version.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...

    async def put_share(self, expected: Share | None, to: Share | None) -> bool:
        """Compare and set, then tell everybody. False when something else is agreed on.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...
