"""Writes down now and then what is counted by the hour: it outlives this worker, and is added to that of others.
Has what is over put together, too."""

import asyncio
import contextlib
import logging
from typing import Protocol

from backend.domain.history import Fault
from backend.domain.hour_counts import HourKey
from backend.engine.call.end_tasks import end_tasks
from backend.errors import RingmasterError
from backend.ports import HourBook

__all__ = ["HistoryWriter", "Tally"]

log = logging.getLogger(__name__)

_EVERY_S = 10.0
_LIMIT_S = 5.0
_LAST_S = 2.0
_PACK_EVERY_S = 3600.0


class Tally(Protocol):
    """What has been counted."""

    def take(self) -> tuple[dict[HourKey, int], list[Fault]]:
        """All of it; it is counted from the beginning again."""
        ...

    def give_back(self, counts: dict[HourKey, int], faults: list[Fault]) -> None:
        """It could not be kept."""
        ...


class HistoryWriter:
    """Writes every ten seconds, and once more at the end. What cannot be written is written with the next.

    A worker that is killed loses the counts of its last seconds; the records of its calls lose nothing.

    Args:
        tally: what has been counted.
        book: where it goes.
        every_s: pause between two writes.
    """

    def __init__(self, tally: Tally, book: HourBook, every_s: float = _EVERY_S) -> None:
        self._tally, self._book = tally, book
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None
        self._away = False
        self._next_pack = 0.0

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="history-writer")

    async def close(self) -> None:
        """Write what is left, if that goes quickly."""
        if self._task is not None:
            await end_tasks([self._task])
        with contextlib.suppress(RingmasterError, TimeoutError):
            await self._write(_LAST_S)

    async def write(self) -> None:
        """Write what has been counted, or keep it for the next time."""
        try:
            await self._write(_LIMIT_S)
            self._away = False
        except (RingmasterError, TimeoutError) as error:
            if not self._away:  # told once: each time it was told it would be counted, too
                code = error.code if isinstance(error, RingmasterError) else "timed_out"
                log.warning(
                    "counts for the history cannot be written now; they are kept and written later",
                    extra={"event": "history.away", "code": code},
                )
            self._away = True

    async def pack(self) -> None:
        """Have what is over put together, once an hour and until nothing is left. It loses nothing if it fails."""
        if (now := asyncio.get_running_loop().time()) < self._next_pack:
            return
        with contextlib.suppress(RingmasterError, TimeoutError):  # `write` tells of a database that is away
            async with asyncio.timeout(_LIMIT_S):
                if not await self._book.pack():
                    self._next_pack = now + _PACK_EVERY_S

    async def _write(self, limit_s: float) -> None:
        counts, faults = self._tally.take()
        if not counts and not faults:
            return
        try:
            async with asyncio.timeout(limit_s):
                await self._book.add(counts, faults)
        except BaseException:
            self._tally.give_back(counts, faults)
            raise

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            try:
                await self.write()
                await self.pack()
            except Exception:  # the edge of the task: the next time may go well
                log.exception("writing counts for the history failed unexpectedly", extra={"event": "history.broke"})
