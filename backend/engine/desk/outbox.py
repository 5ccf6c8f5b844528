"""What cannot be written now is kept, and written in order as soon as it can be."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from backend.domain.entry import Entry, EntryKind, Kept
from backend.domain.storable import clean
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.backlog import Backlog
from backend.engine.desk.entry_tries import EntryTries
from backend.engine.desk.left_shelves import LeftShelves
from backend.engine.desk.outage import Outage
from backend.engine.desk.outbox_report import OutboxReport
from backend.errors import RingmasterError
from backend.ports import EntryWriter, HealthPart, Shelf

__all__ = ["Outbox", "OutboxLimits"]

log = logging.getLogger(__name__)

_SETTLING_S = 0.05


class OutboxLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much is kept, and how long anybody waits."""

    entries: int = 5000
    """In memory."""
    megabytes: int = 16
    """In memory."""
    write_s: float = 2.0
    """Limit on writing one entry, and on everything that a caller waits for."""
    pauses_s: tuple[float, ...] = (0.3, 0.6, 1.0, 2.0, 5.0)
    """Between tries of a database that is away; the last one again and again, for as long as it takes."""
    look_s: float = 10.0
    """Pause between looks for what workers that are gone have left."""
    leave_s: float = 3.0
    """Limit on writing what waits when this worker goes."""


class Outbox:
    """All that one worker writes down for good.

    An entry is written at once where that is possible. Otherwise it waits, in memory and, so that it outlives this
    process, on the first shelf that takes it; what has no room in memory waits on a shelf alone. The database is asked
    again and again, for as long as it takes, and gets everything in order. What a worker that died has left on a shelf
    is written by whoever finds it.

    Args:
        writer: writes entries where they belong.
        worker: name of this worker, unique among all.
        shelves: where entries outlive this process, the best one first.
        limits: how much is kept.
    """

    def __init__(
        self, writer: EntryWriter, worker: str, shelves: Sequence[Shelf] = (), limits: OutboxLimits | None = None
    ) -> None:
        self._worker = worker
        self._shelves = shelves
        self._limits = limits or OutboxLimits()
        self._numbers = itertools.count(1)
        self._order = asyncio.Lock()
        self._backlog = Backlog(shelves, self._limits.entries, self._limits.megabytes)
        self._left = LeftShelves(shelves)
        self._outage = Outage(self._limits.write_s)
        self._tries = EntryTries(writer, self._outage, self._limits.write_s)
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.dropped = 0

    @property
    def refused(self) -> int:
        """Entries that the database did not take, for good."""
        return self._tries.refused

    @property
    def written_late(self) -> int:
        """Entries that were written after they had waited."""
        return self._tries.written_late

    # -- writing --------------------------------------------------------------------------

    def entry(self, kind: EntryKind, call_id: str, body: dict[str, Any]) -> Entry:
        """A new entry, the next in order."""
        number = next(self._numbers)
        return Entry(
            id=f"{self._worker}/{number}",
            number=number,
            at=datetime.now(UTC),
            kind=kind,
            call_id=call_id,
            body=clean(body),
        )

    async def write(self, entry: Entry) -> Kept:
        """Write it at once, or keep it. Never raises because of the database, and never waits long for it."""
        if self.idle and not self.away:
            kept = await self._tries.now(entry)
            if kept is Kept.WRITTEN:
                self.note_there()
            if kept is not None:
                return kept
            self._wake.set()
        return await self.keep(entry)

    async def keep(self, entry: Entry) -> Kept:
        """Have it wait: somebody has tried to write it already, or must not pass others that wait."""
        async with self._order:
            return await self._keep(msgspec.structs.replace(entry, number=next(self._numbers)))

    async def _keep(self, entry: Entry) -> Kept:
        kept = await self._backlog.add(entry)
        if kept is Kept.DROPPED:
            self.dropped += 1
            log.error(
                "no more database writes can be kept; one was dropped",
                extra={
                    "event": "outbox.dropped",
                    "kind": entry.kind,
                    "call_id": entry.call_id,
                    "dropped": self.dropped,
                },
            )
        self._wake.set()
        return kept

    def note_away(self, error: BaseException) -> None:
        """Somebody has found the database away: nobody else waits for it until it has answered."""
        self._outage.note(error)
        self._wake.set()

    def note_there(self) -> None:
        """Somebody has found it there."""
        if self.idle and not self._left:
            self._outage.end(self.written_late)

    @property
    def away(self) -> bool:
        """Was the database away when it was last asked?"""
        return self._outage.on and (not self.idle or self._outage.quiet)

    @property
    def idle(self) -> bool:
        """Does nothing wait?"""
        return not self.waiting

    @property
    def waiting(self) -> int:
        """So many entries of this worker wait."""
        return len(self._backlog)

    def waits_for(self, call_id: str) -> bool:
        """Is there something of this call that is not in the database yet?"""
        return self._backlog.has(call_id)

    # -- later ----------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to write what waits, and what workers that are gone have left."""
        await self._look()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="outbox")

    async def close(self) -> None:
        """Write what waits while that goes quickly; the rest stays where it lies, and what lies nowhere is counted."""
        if self._task is not None:
            await end_tasks([self._task])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.leave_s):
                while not self.idle and await self._write_next():
                    pass
        await self._backlog.lay_down_all()
        if lost := self._backlog.alone:
            self.dropped += lost
            log.error(
                "the worker stops with unwritten database writes; they are lost",
                extra={"event": "outbox.lost", "lost": lost},
            )
        elif not self.idle:
            log.warning(
                "database writes that were not done are kept for the next start",
                extra={"event": "outbox.left", "left": self.waiting},
            )
        await self._left.close()
        for shelf in self._shelves:
            await shelf.close()

    async def settle(self, limit_s: float) -> int:
        """Have everything written that waits anywhere; gives how much still does, at most, when that is over.

        Args:
            limit_s: so long it is waited for. What other workers hold is theirs to write.
        """
        await self._look()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                while not self.idle or self._left or await self._left.elsewhere():
                    self._wake.set()
                    await asyncio.sleep(_SETTLING_S)
        return self.waiting + await self._left.elsewhere()

    async def _look(self) -> None:
        """Look for what workers that are gone have left."""
        await self._left.look()
        if self._left:
            self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._write_all()
            except Exception:  # the edge of the task: what waits is tried again
                log.exception(
                    "writing what waits for the database failed unexpectedly", extra={"event": "outbox.broke"}
                )
                await asyncio.sleep(self._limits.pauses_s[-1])

    async def _write_all(self) -> None:
        """Wait until something waits, and write until nothing does."""
        try:
            async with asyncio.timeout(self._limits.look_s):
                await self._wake.wait()
        except TimeoutError:
            await self._look()
        self._wake.clear()
        failed = 0
        while not self.idle or self._left:
            if await self._write_next():
                failed = 0
                continue
            self._outage.tell(self.waiting)
            await self._backlog.lay_down_all()
            await asyncio.sleep(self._limits.pauses_s[min(failed, len(self._limits.pauses_s) - 1)])
            failed += 1

    async def _write_next(self) -> bool:
        """Write the next entry of all that wait; false when that is not possible now."""
        try:
            if self._left:
                done = await self._left.write(self._tries.later)
                self.note_there()
                return done
            if self._backlog.first is None:
                await self._read_on()
            entry = self._backlog.first
            if entry is None:
                return True
            if not await self._tries.later(entry):
                return False
            await self._backlog.done()
        except RingmasterError as error:
            log.warning(
                "waiting database writes cannot be read now", extra={"event": "outbox.unread", "code": error.code}
            )
            return False
        self.note_there()
        return True

    async def _read_on(self) -> None:
        if lost := await self._backlog.read_on():
            self.dropped += lost
            log.error("waiting database writes are missing from the disk", extra={"event": "outbox.lost", "lost": lost})

    # -- for operators --------------------------------------------------------------------

    @property
    def report(self) -> OutboxReport:
        """How it is."""
        return OutboxReport(
            waiting=self.waiting,
            alone=self._backlog.alone,
            lying=self._backlog.lying(),
            left=bool(self._left),
            away=self._outage.told,
            away_s=self._outage.seconds,
            written_late=self.written_late,
            refused=self.refused,
            dropped=self.dropped,
        )

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return self.report.stats()

    def health(self) -> HealthPart:
        """How it is, as a part of this worker's health."""
        return self.report.health()
