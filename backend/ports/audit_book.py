"""What was done, for the auditors."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.audit import EVERYTHING, AuditEntry, AuditQuery, KeptEntry

__all__ = ["AuditBook"]


class AuditBook(Protocol):
    """What people and agents did. Nothing in it is ever changed."""

    async def note(self, entry: AuditEntry) -> None:
        """Keep an entry."""
        ...

    async def list(self, query: AuditQuery = EVERYTHING, *, limit: int = 50, before: int = 0) -> Sequence[KeptEntry]:
        """Entries, the newest first; ``before`` is the id of the last one seen."""
        ...
