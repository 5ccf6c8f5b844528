"""Keeps what people have changed in the agent store and not put live (SQL)."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.store_draft import StoreDraft

__all__ = ["DraftBook"]


class DraftBook(Protocol):
    """One draft a person, for all workers."""

    async def of(self, owner: str) -> StoreDraft | None:
        """Somebody's draft, whole."""
        ...

    async def list(self) -> Sequence[StoreDraft]:
        """All of them, the one that was changed last first, without their texts: every name has ``None``."""
        ...

    async def keep(self, draft: StoreDraft, over: str) -> bool:
        """Keep a draft in the place of the one with the stamp ``over``; empty: where there is none.

        Gives ``False``, and changes nothing, where there is another one by now.
        """
        ...

    async def drop(self, owner: str, over: str) -> bool:
        """Take a draft away, if it still has this stamp."""
        ...
