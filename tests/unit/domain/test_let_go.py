"""A cancelled task holds nothing: an object that holds its own task is gone with the last who knew it."""

import asyncio
import gc
import weakref

import pytest

from backend.domain.let_go import let_go


class _Worker:
    def __init__(self, *, lets_go: bool) -> None:
        self.task = asyncio.get_running_loop().create_task(self._work())
        if lets_go:
            self.task.add_done_callback(let_go)

    async def _work(self) -> None:
        await asyncio.sleep(60)


@pytest.mark.parametrize("lets_go", [True, False])
async def test_an_object_with_a_cancelled_task_is_gone_at_once(lets_go: bool) -> None:
    gc.disable()
    try:
        worker = _Worker(lets_go=lets_go)
        known = weakref.ref(worker)
        await asyncio.sleep(0)
        worker.task.cancel()
        await asyncio.wait([worker.task])
        await asyncio.sleep(0)
        del worker
        assert (known() is None) is lets_go  # without it, only the collector finds it
    finally:
        gc.enable()


async def test_a_task_that_failed_still_says_so() -> None:
    async def fails() -> None:
        raise ValueError("why")

    task = asyncio.get_running_loop().create_task(fails())
    task.add_done_callback(let_go)
    with pytest.raises(ValueError, match="why"):
        await task
