"""A coroutine that is begun at once."""

import asyncio

import pytest

from backend.engine.speaking.at_once import at_once


async def test_what_need_not_wait_is_done_on_return() -> None:
    done: list[str] = []

    async def act() -> None:
        done.append("all")

    assert at_once(act(), name="act") is None
    assert done == ["all"]


@pytest.mark.parametrize("pauses", [1, 3])
async def test_the_rest_goes_on_in_a_task(pauses: int) -> None:
    done: list[str] = []
    gate = asyncio.Event()

    async def act() -> None:
        done.append("begun")
        for _ in range(pauses):
            await gate.wait()
            await asyncio.sleep(0)
        done.append("ended")

    task = at_once(act(), name="act")
    assert task is not None
    assert done == ["begun"]
    gate.set()
    await task
    assert done == ["begun", "ended"]


async def test_the_rest_can_be_cancelled() -> None:
    ended: list[str] = []

    async def act() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cleaned up")

    task = at_once(act(), name="act")
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["cleaned up"]


async def test_an_error_before_the_first_wait_is_the_callers() -> None:
    async def act() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        at_once(act(), name="act")
