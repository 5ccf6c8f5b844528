"""Tries to write entries, one at a time, and says what has become of them."""

import asyncio
import logging

from backend.domain.entry import Entry, Kept
from backend.engine.desk.outage import Outage
from backend.errors import RingmasterError, Unavailable
from backend.ports import EntryWriter

__all__ = ["EntryTries"]

log = logging.getLogger(__name__)


class EntryTries:
    """Writes to the database, and notes where it is away.

    Args:
        writer: writes entries where they belong.
        outage: is told when the database does not answer.
        write_s: limit on writing one entry while somebody waits; those that have waited get twice as long.
    """

    def __init__(self, writer: EntryWriter, outage: Outage, write_s: float) -> None:
        self._writer, self._outage, self._write_s = writer, outage, write_s
        self.refused = self.written_late = 0

    async def now(self, entry: Entry) -> Kept | None:
        """Write it at once; ``None`` when the database is away."""
        try:
            async with asyncio.timeout(self._write_s):
                await self._writer.write(entry)
        except (Unavailable, TimeoutError) as error:
            self._outage.note(error)
            return None
        except RingmasterError as error:
            self._refuse(entry, error)
            return Kept.DROPPED
        return Kept.WRITTEN

    async def later(self, entry: Entry) -> bool:
        """Write one that has waited; true when nothing is left to do."""
        try:
            async with asyncio.timeout(self._write_s * 2):
                await self._writer.write(entry)
        except (Unavailable, TimeoutError) as error:
            self._outage.note(error)
            return False
        except RingmasterError as error:
            self._refuse(entry, error)
            return True
        except Exception:  # one that can never be written must not hold up those behind it
            self.refused += 1
            log.exception("a database write failed unexpectedly", extra={"event": "outbox.broke", "kind": entry.kind})
            return True
        self.written_late += 1
        return True

    def _refuse(self, entry: Entry, error: RingmasterError) -> None:
        self.refused += 1
        log.error(
            "the database refused a waiting write; it is not tried again",
            extra={"event": "outbox.refused", "kind": entry.kind, "call_id": entry.call_id, "code": error.code},
        )
