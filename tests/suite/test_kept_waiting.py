"""A machine that keeps the loop waiting is noticed, and a quiet one is not taken for such a one."""

import asyncio
import time

from kept_waiting import KeptWaiting


async def test_a_loop_that_does_not_come_to_its_next_task_is_noticed() -> None:
    async with KeptWaiting() as kept:
        await asyncio.sleep(0.01)
        time.sleep(0.2)  # noqa: ASYNC251 - as a machine that gives the processor to others
        await asyncio.sleep(0.01)
    assert kept.worst_ms > 150
    assert kept.late_s > 0.15


async def test_who_only_waits_is_not_late(monkeypatch) -> None:
    now = 1000.0
    sleep = asyncio.sleep

    async def in_time(seconds: float) -> None:
        nonlocal now
        now += seconds + 0.001  # what a timer takes
        await sleep(0)

    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now, raising=False)
    monkeypatch.setattr("kept_waiting.asyncio.sleep", in_time)
    async with KeptWaiting() as kept:
        for _ in range(50):
            await sleep(0)
    assert now > 1000.1 and kept.late_s == 0.0
    assert 0.9 < kept.worst_ms < 1.1
