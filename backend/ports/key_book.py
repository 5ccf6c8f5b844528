"""The keys of the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.api_key import ApiKey

__all__ = ["KeyBook"]


class KeyBook(Protocol):
    """The keys of the API, without their secrets."""

    async def add(self, key: ApiKey) -> None:
        """Keep a new key.

        Raises:
            KeyRefused: two of its name are live already.
        """
        ...

    async def list(self) -> Sequence[ApiKey]:
        """Every key, also those that have ended, the newest first."""
        ...

    async def end(self, key_id: str, at: datetime) -> ApiKey | None:
        """Let a key end then, unless it ends before; gives it as it is now, ``None`` where there is none."""
        ...
