"""How late the loop is, and whose fault that is."""

import asyncio
from collections.abc import Callable

from backend.boot.loop_lag import LoopLag
from backend.testing.virtual_time import run_virtual


class Clock:
    """Moves on while nothing else of the loop does."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._time, self._behind = self._loop.time, 0.0
        self._loop.time = lambda: self._time() + self._behind  # type: ignore[method-assign]

    def stall(self, seconds: float) -> None:
        self._behind += seconds


def test_a_loop_that_is_kept_waiting_is_told_from_one_that_works() -> None:
    async def story() -> None:
        clock, told, worked = Clock(), list[float](), 0.0
        lag = LoopLag(told.append, worked=lambda: worked)
        lag.start()
        await asyncio.sleep(1.05)
        assert lag.stats() == {"p50_ms": 0, "p95_ms": 0, "p99_ms": 0, "max_ms": 0, "stalls": 0, "own_stalls": 0}

        clock.stall(0.15)
        assert lag.ms > 90  # seen while the loop is still stuck
        await asyncio.sleep(0.05)
        assert lag.stats()["stalls"] == 1 and lag.stats()["own_stalls"] == 0

        clock.stall(0.15)
        worked += 0.14
        await asyncio.sleep(0.15)
        stats = lag.stats()
        assert (stats["stalls"], stats["own_stalls"]) == (2, 1)
        assert 50 < stats["max_ms"] <= 150 and stats["p50_ms"] == 0
        assert len(told) == 2 and min(told) > 20
        await lag.close()

    run_virtual(story())


def test_a_little_late_is_no_stall() -> None:
    async def story(told: Callable[[float], None]) -> None:
        clock, lag = Clock(), LoopLag(told)
        lag.start()
        await asyncio.sleep(0.09)
        clock.stall(0.025)
        await asyncio.sleep(0.05)
        assert lag.stats()["stalls"] == 0 and 10 < lag.stats()["max_ms"] < 20
        await lag.close()

    told: list[float] = []
    run_virtual(story(told.append))
    assert told == []


async def test_tasks_are_counted_from_the_thread_that_collects_metrics() -> None:
    lag = LoopLag()
    assert await asyncio.to_thread(lambda: lag.tasks) == 0
    lag.start()
    waiting = asyncio.create_task(asyncio.sleep(60))
    before = await asyncio.to_thread(lambda: lag.tasks)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert await asyncio.to_thread(lambda: lag.tasks) == before - 1
    await lag.close()
