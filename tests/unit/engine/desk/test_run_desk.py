"""Runs of rehearsals and replays: one at a time, followed by every worker, stopped from any, never for ever."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.domain.store_run import RunJob, RunKind, RunResult, StoreRun
from backend.engine.desk.run_desk import RunDesk, RunLimits
from backend.engine.desk.sweeper import Sweeper
from backend.errors import NotInStore, RunRefused
from backend.testing.runs import MemoryStoreRuns, WrittenPlayer

GOOD = RunResult(name="main/good", line="main", passed=True)
BAD = RunResult(name="main/bad", line="main", passed=False)


def job(kind: RunKind = "rehearsal") -> RunJob:
    return RunJob(kind=kind, version="v1", model="stand_in", files={})


async def over(desk: RunDesk) -> None:
    async with asyncio.timeout(30):
        while desk.busy:
            await asyncio.sleep(0)


async def test_results_come_one_by_one_and_stay() -> None:
    runs = MemoryStoreRuns()
    desk = RunDesk(runs, WrittenPlayer([GOOD, BAD]))
    run = await desk.start(job(), "key:ann")
    await over(desk)
    kept = await desk.get(run.id, "rehearsal")
    assert (kept.state, kept.total, kept.actor, kept.version) == ("done", 2, "key:ann", "v1")
    assert list(kept.results) == [GOOD, BAD]


async def test_one_is_played_at_a_time() -> None:
    desk = RunDesk(MemoryStoreRuns(), WrittenPlayer(lasts=True))
    await desk.start(job(), "ann")
    with pytest.raises(RunRefused, match="already"):
        await desk.start(job(), "bob")
    await desk.close()
    assert not desk.busy


async def test_another_worker_stops_it_and_the_process_is_let_go() -> None:
    runs, player = MemoryStoreRuns(), WrittenPlayer([GOOD], lasts=True)
    here, there = RunDesk(runs, player, RunLimits(look_s=0.01)), RunDesk(runs, WrittenPlayer())
    run = await here.start(job(), "ann")
    await there.stop(run.id, "rehearsal")
    await over(here)
    kept = await there.get(run.id, "rehearsal")
    assert (kept.state, list(kept.results), player.closed) == ("stopped", [GOOD], 1)


async def test_what_takes_too_long_is_ended() -> None:
    runs, player = MemoryStoreRuns(), WrittenPlayer(lasts=True)
    desk = RunDesk(runs, player, RunLimits(stand_in_s=0.02))
    run = await desk.start(job(), "ann")
    await over(desk)
    kept = await desk.get(run.id, "rehearsal")
    assert (kept.state, kept.detail, player.closed) == ("failed", "it took longer than 0 seconds", 1)


async def test_why_it_could_not_be_played_is_told() -> None:
    desk = RunDesk(MemoryStoreRuns(), WrittenPlayer(fault="there is no rehearsal to play"))
    run = await desk.start(job(), "ann")
    await over(desk)
    kept = await desk.get(run.id, "rehearsal")
    assert (kept.state, kept.detail) == ("failed", "there is no rehearsal to play")


async def test_a_server_that_stops_says_so_and_leaves_nothing_behind() -> None:
    runs, player = MemoryStoreRuns(), WrittenPlayer(lasts=True)
    desk = RunDesk(runs, player)
    run = await desk.start(job(), "ann")
    await asyncio.sleep(0)
    await desk.close()
    assert (runs.kept[run.id].state, runs.kept[run.id].detail) == ("failed", "the server was stopped")
    assert player.closed == len(player.jobs)


async def test_a_run_whose_worker_is_gone_does_not_go_on_for_ever() -> None:
    runs = MemoryStoreRuns()
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    await runs.begin(
        StoreRun(id="r", kind="rehearsal", version="v1", model="line", names=None, actor="ann", started_at=long_ago)
    )
    kept = await RunDesk(runs, WrittenPlayer()).get("r", "rehearsal")
    assert (kept.state, kept.detail) == ("failed", "the worker that played it is gone")


async def test_a_replay_is_no_rehearsal_and_goes_after_a_week() -> None:
    runs = MemoryStoreRuns()
    old = datetime.now(UTC) - timedelta(days=8)
    await runs.begin(
        StoreRun(id="r", kind="replay", version="v1", model="line", names=None, actor="ann", started_at=old)
    )
    desk = RunDesk(runs, WrittenPlayer())
    with pytest.raises(NotInStore):
        await desk.get("r", "rehearsal")
    await desk.start(job(), "ann")
    await over(desk)
    assert "r" not in runs.kept


async def test_the_sweep_takes_old_replays_and_none_is_shown_before_it() -> None:
    runs, now = MemoryStoreRuns(), datetime.now(UTC)
    for name, kind, days in (("old", "replay", 8), ("new", "replay", 6), ("played", "rehearsal", 8)):
        await runs.begin(
            StoreRun(
                id=name,
                kind="replay" if kind == "replay" else "rehearsal",
                version="v1",
                model="line",
                names=None,
                actor="ann",
                started_at=now - timedelta(days=days),
            )
        )
    desk = RunDesk(runs, WrittenPlayer())
    with pytest.raises(NotInStore):
        await desk.get("old", "replay")
    assert [run.id for run in await desk.list("replay")] == ["new"]
    nobody: Any = None  # without a line no caller's data is asked for
    assert await Sweeper(nobody, lambda: [], 1, runs=runs).sweep() == 1
    assert set(runs.kept) == {"new", "played"}
