"""Plays rehearsals and replays for people: one at a time on this worker, apart from its calls."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from backend.domain.store_run import RunJob, RunKind, RunResult, RunState, StoreRun
from backend.errors import NotInStore, RingmasterError, RunRefused
from backend.ports import RunPlayer, StoreRuns

__all__ = ["RunDesk", "RunLimits", "tidy_runs"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What a run may take, in seconds unless said otherwise."""

    stand_in_s: float = 600.0
    line_s: float = 1800.0
    """On the model of the line, which takes its time and costs money."""
    look_s: float = 2.0
    """So often a run says that it goes on, and asks whether it is to stop."""
    lost_s: float = 30.0
    """A run that was not heard of for so long is not played any more: its worker is gone."""
    replays_days: int = 7
    """A replay holds what callers said; it is deleted after so many days, or with the call."""
    rehearsals_days: int = 365


class RunDesk:
    """Begins runs, follows them, and stops them.

    Args:
        runs: where they are kept; every worker reads all of them.
        player: plays one in a process of its own.
        limits: what one may take.
    """

    def __init__(self, runs: StoreRuns, player: RunPlayer, limits: RunLimits | None = None) -> None:
        self._runs, self._player = runs, player
        self._limits = limits or RunLimits()
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Is something being played here?"""
        return self._task is not None and not self._task.done()

    async def start(self, job: RunJob, actor: str) -> StoreRun:
        """Begin a run.

        Raises:
            RunRefused: another one is being played here.
            Unavailable: it cannot be written down.
        """
        if self.busy:
            raise RunRefused("this worker is playing rehearsals or calls already; wait for them, or stop them")
        run = StoreRun(
            id=secrets.token_hex(8),
            kind=job.kind,
            version=job.version,
            model=job.model,
            names=job.names,
            actor=actor,
            started_at=datetime.now(UTC),
        )
        self._wake.clear()
        began: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._play(run, job, began), name="store-run")
        await asyncio.shield(began)
        return run

    async def get(self, run_id: str, kind: RunKind) -> StoreRun:
        """A run with the results that there are.

        Raises:
            NotInStore: there is none.
        """
        run = await self._runs.get(run_id)
        if run is None or run.kind != kind or self._is_old(run):
            raise NotInStore(f"there is no {kind} {run_id[:32]!r}; replays are kept for a week")
        return self._as_it_is(run)

    async def list(self, kind: RunKind, version: str = "", limit: int = 20) -> Sequence[StoreRun]:
        """Runs, the newest first, without their results."""
        found = await self._runs.list(kind=kind, version=version, limit=limit)
        return [self._as_it_is(run) for run in found if not self._is_old(run)]

    async def stop(self, run_id: str, kind: RunKind) -> StoreRun:
        """Have a run stopped, at whichever worker it is; one that is over stays as it is.

        Raises:
            NotInStore: there is none.
        """
        run = await self.get(run_id, kind)
        if run.state == "running":
            await self._runs.stop(run_id)
            self._wake.set()
        return run

    async def close(self) -> None:
        """Let go of what is being played."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _is_old(self, run: StoreRun) -> bool:
        """Is it to be gone, although nobody has deleted it yet?"""
        return run.kind == "replay" and run.started_at < datetime.now(UTC) - timedelta(days=self._limits.replays_days)

    def _as_it_is(self, run: StoreRun) -> StoreRun:
        heard = run.heard_at or run.started_at
        lost = run.state == "running" and datetime.now(UTC) - heard > timedelta(seconds=self._limits.lost_s)
        return replace(run, state="failed", detail="the worker that played it is gone") if lost else run

    async def _play(self, run: StoreRun, job: RunJob, began: "asyncio.Future[None]") -> None:
        try:
            await tidy_runs(self._runs, datetime.now(UTC), self._limits)
            await self._runs.begin(run)
            began.set_result(None)
        except BaseException as error:
            began.set_exception(error if isinstance(error, RingmasterError) else RunRefused("it was not begun"))
            if isinstance(error, RingmasterError):
                return
            raise
        log.info("a run began", extra={"event": "run.began", "run": run.id, "kind": run.kind, "version": run.version})
        state, detail = await self._outcome(run, job)
        with contextlib.suppress(RingmasterError):  # it then counts as lost
            await self._runs.end(run.id, state, datetime.now(UTC), detail)
        log.info("a run is over", extra={"event": "run.ended", "run": run.id, "kind": run.kind, "state": state})

    async def _outcome(self, run: StoreRun, job: RunJob) -> tuple[RunState, str]:
        limit_s = self._limits.line_s if job.model == "line" else self._limits.stand_in_s
        playing = asyncio.create_task(self._take_results(run, job), name="run-results")
        watching = asyncio.create_task(self._until_unwanted(run), name="run-watch")
        try:
            done, _ = await asyncio.wait((playing, watching), timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
            if playing in done:
                await playing
                return "done", ""
            if watching in done:
                await watching
                return "stopped", ""
            return "failed", f"it took longer than {limit_s:.0f} seconds"
        except RingmasterError as error:
            return "failed", str(error)
        except asyncio.CancelledError:
            await _ended(playing, watching)
            with contextlib.suppress(RingmasterError):
                await self._runs.end(run.id, "failed", datetime.now(UTC), "the server was stopped")
            raise
        finally:
            await _ended(playing, watching)

    async def _take_results(self, run: StoreRun, job: RunJob) -> None:
        position = 0
        async with aclosing(self._player.play(job)) as played:
            async for one in played:
                if isinstance(one, RunResult):
                    position += 1
                    await self._runs.add(run.id, position, one)
                else:
                    await self._runs.heard(run.id, datetime.now(UTC), one)

    async def _until_unwanted(self, run: StoreRun) -> None:
        while not await self._runs.heard(run.id, datetime.now(UTC)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._limits.look_s):
                    await self._wake.wait()
            self._wake.clear()


async def tidy_runs(runs: StoreRuns, now: datetime, limits: RunLimits | None = None) -> int:
    """Delete the runs whose time is over; gives how many they were. Raises ``Unavailable``."""
    limits = limits or RunLimits()
    replays = await runs.forget("replay", now - timedelta(days=limits.replays_days))
    return replays + await runs.forget("rehearsal", now - timedelta(days=limits.rehearsals_days))


async def _ended(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
