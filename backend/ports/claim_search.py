"""Looking for claims (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.search import FILED_CLAIMS, ClaimQuery, FoundClaim, Totals

__all__ = ["ClaimSearch"]


class ClaimSearch(Protocol):
    """Looking for claims, drafts included (SQL)."""

    async def list(
        self, query: ClaimQuery = FILED_CLAIMS, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundClaim]:
        """Claims, the newest first: by when they were filed, drafts by when they last changed.

        Args:
            query: which ones.
            limit: so many at most.
            before: only older ones; with ``before_id`` also those of the same moment behind it.
            before_id: call of the claim that stood last on the page before.
        """
        ...

    async def count(self, query: ClaimQuery = FILED_CLAIMS) -> Totals:
        """How many there are of them, on all pages."""
        ...

    async def find(self, name: str) -> FoundClaim | None:
        """The claim of this number, or of the call of this id."""
        ...
