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
from backend.errors import RingmasterError, Unavailable
from backend.ports import EntryWriter, HealthPart, Shelf

__all__ = ["Outbox", "OutboxLimits"]

log = logging.getLogger(__name__)

_PAGE = 200


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
        self._writer = writer
        self._worker = worker
        self._shelves = shelves
        self._limits = limits or OutboxLimits()
        self._numbers = itertools.count(1)
        self._order = asyncio.Lock()
        self._backlog = Backlog(shelves, self._limits.entries, self._limits.megabytes)
        self._left: list[Shelf] = []
        self._wake = asyncio.Event()
        self._away_since: float | None = None
        self._why = ""
        self._told = False
        self._quiet_until = 0.0
        self._task: asyncio.Task[None] | None = None
        self.dropped = self.refused = self.written_late = 0

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
            try:
                async with asyncio.timeout(self._limits.write_s):
                    await self._writer.write(entry)
                self.note_there()
                return Kept.WRITTEN
            except (Unavailable, TimeoutError) as error:
                self.note_away(error)
            except RingmasterError as error:
                self._refuse(entry, error)
                return Kept.DROPPED
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
        self._quiet_until = _now() + self._limits.write_s
        if self._away_since is None:
            self._away_since = _now()
        self._why = getattr(error, "code", type(error).__name__)
        self._wake.set()

    def _tell_away(self) -> None:
        """Told when it is away at the second try, too: one slow moment of a busy machine is no outage."""
        if not self._told:
            self._told = True
            log.error(
                "the database is away, what is to be written waits",
                extra={"event": "outbox.away", "code": self._why, "waiting": self.waiting},
            )

    def note_there(self) -> None:
        """Somebody has found it there."""
        if self.idle and not self._left:
            self._back()

    @property
    def away(self) -> bool:
        """Was the database away when it was last asked?"""
        return self._away_since is not None and (not self.idle or _now() < self._quiet_until)

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

    def _refuse(self, entry: Entry, error: RingmasterError) -> None:
        self.refused += 1
        log.error(
            "the database refused an entry for good",
            extra={"event": "outbox.refused", "kind": entry.kind, "call_id": entry.call_id, "code": error.code},
        )

    # -- later ----------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to write what waits, and what workers that are gone have left."""
        await self._look_around()
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
                "worker stops with database writes that are kept nowhere", extra={"event": "outbox.lost", "lost": lost}
            )
        elif not self.idle:
            log.warning(
                "entries wait on a shelf for the next start", extra={"event": "outbox.left", "left": self.waiting}
            )
        for shelf in (*self._left, *self._shelves):
            await shelf.close()

    async def _run(self) -> None:
        while True:
            try:
                await self._write_all()
            except Exception:
                log.exception(
                    "writing the waiting database writes failed unexpectedly", extra={"event": "outbox.broke"}
                )
                await asyncio.sleep(self._limits.pauses_s[-1])

    async def _write_all(self) -> None:
        """Wait until something waits, and write until nothing does."""
        try:
            async with asyncio.timeout(self._limits.look_s):
                await self._wake.wait()
        except TimeoutError:
            await self._look_around()
        self._wake.clear()
        failed = 0
        while not self.idle or self._left:
            if await self._write_next():
                failed = 0
                continue
            if self._away_since is not None:
                self._tell_away()
            await self._backlog.lay_down_all()
            await asyncio.sleep(self._limits.pauses_s[min(failed, len(self._limits.pauses_s) - 1)])
            failed += 1

    async def _write_next(self) -> bool:
        """Write the next entry of all that wait; false when that is not possible now."""
        try:
            if self._left:
                return await self._write_left(self._left[0])
            if self._backlog.first is None:
                await self._read_on()
            entry = self._backlog.first
            if entry is None:
                return True
            if not await self._try(entry):
                return False
            await self._backlog.done()
        except RingmasterError as error:
            log.warning(
                "waiting database writes cannot be read now", extra={"event": "outbox.unread", "code": error.code}
            )
            return False
        self.note_there()
        return True

    async def _try(self, entry: Entry) -> bool:
        """Write it; true when nothing is left to do."""
        try:
            async with asyncio.timeout(self._limits.write_s * 2):
                await self._writer.write(entry)
        except (Unavailable, TimeoutError) as error:
            self.note_away(error)
            return False
        except RingmasterError as error:
            self._refuse(entry, error)
            return True
        except Exception:
            self.refused += 1
            log.exception("a database write failed unexpectedly", extra={"event": "outbox.broke", "kind": entry.kind})
            return True
        self.written_late += 1
        return True

    async def _read_on(self) -> None:
        if lost := await self._backlog.read_on():
            self.dropped += lost
            log.error("waiting database writes are missing from the disk", extra={"event": "outbox.lost", "lost": lost})

    def _back(self) -> None:
        if self._told:
            log.info(
                "the database is back, everything that waited is written",
                extra={"event": "outbox.back", "written": self.written_late},
            )
        self._away_since = None
        self._told = False

    # -- what others have left ------------------------------------------------------------

    async def _look_around(self) -> None:
        for shelf in self._shelves:
            found = await shelf.left_behind()
            if found:
                log.warning(
                    "database writes left by workers that are gone were found",
                    extra={"event": "outbox.found", "place": shelf.name, "workers": len(found)},
                )
            self._left.extend(found)
        if self._left:
            self._wake.set()

    async def _write_left(self, shelf: Shelf) -> bool:
        try:
            page = await shelf.read(0, _PAGE)
        except RingmasterError:
            page = ()  # it is found again when it can be read
        for entry in page:
            if not await self._try(entry):
                return False
            await shelf.drop(entry)
        if not page:
            self._left.remove(shelf)
            await shelf.close()
            self.note_there()
        return True

    # -- for operators --------------------------------------------------------------------

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {
            "waiting": self.waiting,
            "in_memory_only": self._backlog.alone,
            **{f"on_{name}": count for name, count in self._backlog.lying().items()},
            "written_late": self.written_late,
            "refused": self.refused,
            "dropped": self.dropped,
        }

    def health(self) -> HealthPart:
        """How it is."""
        stats = self.stats()
        if self.dropped or self.refused:
            lost = f"Entries dropped: {self.dropped}, refused: {self.refused}; look for `outbox` in the log"
            return HealthPart("outbox", "degraded", f"{self._now_waiting()}{lost}.", stats)
        if self.idle and not self._left:
            return HealthPart("outbox", "ok", "", stats)
        return HealthPart("outbox", "degraded", self._now_waiting().strip(), stats)

    def _now_waiting(self) -> str:
        if self.idle and not self._left:
            return ""
        seconds = _now() - self._away_since if self._away_since is not None else 0
        alone = self._backlog.alone
        safe = (
            "all outlive this process" if not alone else f"{alone} of them live in this process only: do not restart it"
        )
        return f"The database has been away for {seconds:.0f} s; entries that wait: {self.waiting} ({safe}). "


def _now() -> float:
    return asyncio.get_running_loop().time()
