"""Looking for cases (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.search import FILED_CASES, CaseQuery, FoundCase, Totals

__all__ = ["CaseSearch"]


class CaseSearch(Protocol):
    """Looking for cases, drafts included (SQL)."""

    async def list(
        self, query: CaseQuery = FILED_CASES, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundCase]:
        """Cases, the newest first: by when they were filed, drafts by when they last changed.

        Args:
            query: which ones.
            limit: so many at most.
            before: only older ones; with ``before_id`` also those of the same moment behind it.
            before_id: call of the case that stood last on the page before.
        """
        ...

    async def count(self, query: CaseQuery = FILED_CASES) -> Totals:
        """How many there are of them, on all pages."""
        ...

    async def find(self, name: str, form: str = "") -> FoundCase | None:
        """The case of this number, or of the call of this id; ``form`` says which of a call that has several."""
        ...
