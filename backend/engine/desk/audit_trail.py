"""The audit as people's requests write to it: nothing that was done is lost."""

from collections.abc import Sequence

from backend.domain.audit import AuditEntry, AuditQuery, KeptEntry
from backend.domain.entry import body_of_audited
from backend.engine.desk.outbox import Outbox
from backend.ports import AuditBook

__all__ = ["AuditTrail"]


class AuditTrail:
    """Writes to the audit; what cannot be written now waits in the outbox, where it outlives this process.

    Args:
        book: the audit as it is kept, for reading, and for what is worth nothing later.
        outbox: writes, now or later.
    """

    def __init__(self, book: AuditBook, outbox: Outbox) -> None:
        self._book = book
        self._outbox = outbox

    async def require(self, entry: AuditEntry) -> None:
        """Keep an entry of something that is about to be shown: without it, it is not.

        Raises:
            RingmasterError: it cannot be kept now.
        """
        await self._book.note(entry)

    async def note(self, entry: AuditEntry) -> None:
        """Keep an entry of something that was done, now or as soon as it can be."""
        await self._outbox.write(self._outbox.entry("audit.person", entry.call_id, body_of_audited(entry)))

    async def list(self, query: AuditQuery, *, limit: int, before: int) -> Sequence[KeptEntry]:
        """Entries that are kept, the newest first."""
        return await self._book.list(query, limit=limit, before=before)
