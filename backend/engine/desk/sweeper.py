"""Deletes what has been kept for as long as its line says, a little at a time."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from backend.agents.gone_lines import GoneLine, GoneLines
from backend.domain.caller_data import Remains, Strays
from backend.domain.line import LineSpec
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.run_desk import tidy_runs
from backend.errors import RingmasterError
from backend.ports import CallerDataBook, HealthPart, StoreRuns

__all__ = ["Sweeper"]

log = logging.getLogger(__name__)

_BATCH = 100
_PAUSE_S = 0.2
"""Between two batches others have their turn at the database."""
_MOST_NAMED = 5
_LEAP_S = 86_400.0
"""A clock that goes ahead by more than a day between two rounds, beyond the time that has passed, is not believed at
once: what is deleted by a wrong one is gone for good."""
_OURS = "ringmaster.failed"
_ORDER: Sequence[Remains] = ("words", "drafts", "cases", "callbacks", "calls")
_STRAYS: Sequence[Strays] = ("drafts", "cases", "calls")


class Sweeper:
    """One worker's sweeper; several may sweep at once.

    Args:
        data: what is kept of callers.
        lines: the lines as they are now; each says how long it keeps what.
        every_s: pause between two rounds.
        now: the time in UTC.
        recordings: what was recorded of calls; without it nothing was.
        runs: rehearsals and replays that were played; a replay holds what callers said.
        gone: finds lines that the store has no longer; without it what was kept of those stays.
    """

    def __init__(
        self,
        data: CallerDataBook,
        lines: Callable[[], Sequence[LineSpec]],
        every_s: float,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        recordings: RecordingDesk | None = None,
        runs: StoreRuns | None = None,
        gone: GoneLines | None = None,
    ) -> None:
        self._data = data
        self._lines = lines
        self._every_s = every_s
        self._now = now
        self._recordings = recordings
        self._runs = runs
        self._gone = gone
        self._unknown: Sequence[str] = ()
        self._unsure = False
        """Are there lines of which it is not known how long they keep what, or was that not found out?"""
        self._looked: tuple[datetime, float] | None = None
        """When it was looked at the clock last, by it and by the time that passes."""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first round is some time away, and another one in each worker."""
        self._leapt()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="sweeper")

    async def close(self) -> None:
        """Stop. A batch is whole or was never begun."""
        if self._task is not None:
            await end_tasks([self._task])

    def health(self) -> HealthPart:
        """Are there lines of which everything is kept because nobody knows for how long it should be?"""
        counts = {"lines_unknown": len(self._unknown)}
        if not self._unknown:
            return HealthPart("retention", counts=counts)
        named = ", ".join(self._unknown[:_MOST_NAMED]) + (", ..." if len(self._unknown) > _MOST_NAMED else "")
        sentence = (
            f"everything is kept of {named}: no version of the agent store says how long. Put a line of that name live "
            "with its retention, then take it away again"
        )
        return HealthPart("retention", "degraded", sentence, counts)

    async def sweep(self) -> int:
        """One round over all lines, those that are gone among them; gives how much went. What fails holds up nothing
        else.

        Raises:
            RingmasterError: something of it failed, this first: the database, or what keeps recordings, does not
                answer, say. Everything else that was due is gone for good.
        """
        gone, failure = 0, None
        lines: list[LineSpec | GoneLine] = list(self._lines())
        try:
            lines += await self._gone_lines({line.name for line in lines})
        except RingmasterError as error:
            failure = error
        for batch in self._batches(lines):
            try:
                gone += await self._in_batches(batch)
            except RingmasterError as error:
                failure = failure or error
        if failure is not None:
            raise failure
        return gone

    async def _gone_lines(self, there: Collection[str]) -> Sequence[GoneLine]:
        if self._gone is None:
            return ()
        self._unsure = True
        known, self._unknown = await self._gone.beside(there)
        self._unsure = bool(self._unknown)
        return known

    def _batches(self, lines: Sequence[LineSpec | GoneLine]) -> Iterator[Callable[[], Awaitable[int]]]:
        """All that is to be gone through, recordings before calls: a call never goes before its own."""
        if self._runs is not None:
            yield partial(tidy_runs, self._runs, self._now())
        if self._recordings is not None:
            yield from self._of_recordings(self._recordings, lines)
        for line in lines:
            for what in _ORDER:
                days = getattr(line.retention, what)
                if days is not None:
                    yield partial(self._data.sweep, line.name, what, self._now() - timedelta(days=days), _BATCH)
        for stray in _STRAYS:
            days = self._longest(lines, stray)
            if days is not None:
                yield partial(self._data.sweep_strays, stray, self._now() - timedelta(days=days), _BATCH)

    def _longest(self, lines: Sequence[LineSpec | GoneLine], what: Strays) -> int | None:
        """For how many days what may be of any line is kept: as many as by the line that keeps it longest; for good
        where one line does so, and where not every line is known."""
        days = [getattr(line.retention, what) for line in lines]
        return None if self._unsure or not days or None in days else max(days)

    def _of_recordings(
        self, recordings: RecordingDesk, lines: Sequence[LineSpec | GoneLine]
    ) -> Iterator[Callable[[], Awaitable[int]]]:
        """Those whose day has come; and, where a line has been told to keep less since, what is older than that."""
        yield partial(recordings.sweep_lost, self._now(), _BATCH)
        yield partial(recordings.sweep, self._now(), _BATCH)
        for line in lines:
            before = self._now() - timedelta(days=line.recording_days)
            yield partial(recordings.sweep_line, line.name, before, _BATCH)

    async def _in_batches(self, batch: Callable[[], Awaitable[int]]) -> int:
        gone = 0
        while count := await batch():
            gone += count
            await asyncio.sleep(_PAUSE_S)
        return gone

    def _leapt(self) -> bool:
        """Has the clock gone ahead by days since the last look? Whoever sees to it has until the next round."""
        now, passing = self._now(), asyncio.get_running_loop().time()
        before, self._looked = self._looked, (now, passing)
        return before is not None and (now - before[0]).total_seconds() - (passing - before[1]) > _LEAP_S

    async def _run(self) -> None:
        pause = random.uniform(0.1, 1.0) * self._every_s  # noqa: S311
        while True:
            await asyncio.sleep(pause)
            pause = self._every_s
            if self._leapt():
                log.error("the clock went ahead by days; no data is deleted by it yet", extra={"event": "clock.leapt"})
                continue
            try:
                if gone := await self.sweep():
                    log.info("old data was deleted", extra={"event": "retention.swept", "count": gone})
            except RingmasterError as error:
                log.warning("old data was not deleted", extra={"event": "retention.failed", "code": error.code})
            except Exception:  # the edge of the task: a fault of ours must not end all deletion for good
                log.exception("old data was not deleted", extra={"event": "retention.failed", "code": _OURS})
