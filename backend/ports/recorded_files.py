"""The files of recordings that a telephone service made, where it keeps them."""

from collections.abc import AsyncIterator
from typing import Protocol

__all__ = ["RecordedFiles"]


class RecordedFiles(Protocol):
    """The files of recordings that a telephone service made, where it keeps them.

    All of it is called on the event loop of the recording thread. Each method raises ``ProviderError``.
    """

    def read(self, place: str) -> AsyncIterator[bytes]:
        """The bytes of a file, some at a time."""
        ...

    async def delete(self, place: str) -> None:
        """Delete a file there; one that is gone already is no error."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
