"""The audit as people's requests write to it: nothing that was done is lost while the process lives."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence

from backend.domain.audit import AuditEntry, AuditQuery, KeptEntry
from backend.errors import RingmasterError
from backend.ports import AuditBook, HealthPart

__all__ = ["AuditTrail"]

log = logging.getLogger(__name__)

_MOST_WAITING = 10_000
_RETRY_S = 5.0


class AuditTrail:
    """Writes to the audit; what cannot be written now is kept and written later, in order.

    Args:
        book: where entries are kept.
        most: entries that may wait; beyond them the oldest is dropped, counted and named in health.
        retry_s: pause after which it is tried again.
    """

    def __init__(self, book: AuditBook, *, most: int = _MOST_WAITING, retry_s: float = _RETRY_S) -> None:
        self._book = book
        self._waiting: deque[AuditEntry] = deque()
        self._most = most
        self._retry_s = retry_s
        self._dropped = 0
        self._task: asyncio.Task[None] | None = None

    async def require(self, entry: AuditEntry) -> None:
        """Keep an entry of something that is about to be shown: without it, it is not.

        Raises:
            RingmasterError: it cannot be kept now.
        """
        await self._book.note(entry)

    async def note(self, entry: AuditEntry) -> None:
        """Keep an entry of something that was done, now or as soon as it can be."""
        if not self._waiting:
            try:
                return await self._book.note(entry)
            except RingmasterError as error:
                log.error("the audit cannot be written", extra={"event": "audit.away", "code": error.code})
        self._keep(entry)

    async def list(self, query: AuditQuery, *, limit: int, before: int) -> Sequence[KeptEntry]:
        """Entries that are kept, the newest first."""
        return await self._book.list(query, limit=limit, before=before)

    def health(self) -> HealthPart:
        """What waits to be written, and what was lost."""
        counts = {"waiting": len(self._waiting), "dropped": self._dropped}
        if self._dropped:
            return HealthPart("audit", "degraded", f"{self._dropped} entries of the audit were lost.", counts)
        if self._waiting:
            return HealthPart("audit", "degraded", "Entries of the audit wait for the database.", counts)
        return HealthPart("audit", counts=counts)

    async def close(self) -> None:
        """Write what is left, if the database answers; what it does not take is lost, and said so."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            async with asyncio.timeout(self._retry_s):
                await self._write()
        except (RingmasterError, TimeoutError):
            log.error("audit entries were lost", extra={"event": "audit.lost", "entries": len(self._waiting)})

    def _keep(self, entry: AuditEntry) -> None:
        self._waiting.append(entry)
        if len(self._waiting) > self._most:
            self._waiting.popleft()
            self._dropped += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write_later(), name="audit")

    async def _write_later(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._retry_s)
            try:
                await self._write()
            except RingmasterError:
                continue
        log.info("the audit is written again", extra={"event": "audit.back"})

    async def _write(self) -> None:
        while self._waiting:
            await self._book.note(self._waiting[0])
            self._waiting.popleft()
