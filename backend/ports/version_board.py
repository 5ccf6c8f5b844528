"""Where the workers agree which version of the agent store is live (Redis)."""

from collections.abc import AsyncGenerator
from typing import Protocol

__all__ = ["VersionBoard"]


class VersionBoard(Protocol):
    """Where the workers agree which version of the agent store is live (Redis)."""

    async def current(self) -> str | None:
        """The agreed version; ``None`` when nobody has said yet.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...

    async def move(self, *, expected: str | None, to: str) -> bool:
        """Compare and set, then tell everybody. False when something other than ``expected`` is agreed.

        Raises:
            SessionLost: the board cannot be reached.
        """
        ...

    def changes(self) -> AsyncGenerator[str | None, None]:
        """The agreed version each time somebody moves it, and every few seconds, for what was missed.

        Raises (while iterating):
            SessionLost: the board cannot be reached; iterate anew.
        """
        ...
