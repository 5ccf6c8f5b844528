"""Full collections are made while nobody calls, or behind a cushion of sound."""

import asyncio
import gc

import pytest

from backend.boot.full_collections import FullCollections
from backend.engine.desk.registry import CallRegistry
from backend.engine.speaking.pacer import Pacer
from backend.testing.virtual_time import run_virtual


class Calls(CallRegistry):
    """So many under way."""

    up = 0

    def __init__(self) -> None:
        super().__init__(most=100)

    def __len__(self) -> int:
        return self.up


class House:
    def __init__(self, up: int) -> None:
        self.calls, self.pacer = Calls(), Pacer()
        self.calls.up = up
        self.made: list[float] = []
        """How far ahead voices were sent at each collection, in seconds."""
        self.full = FullCollections(self.calls, self.pacer, lambda: self.made.append(self.pacer.ahead_s))


def test_what_a_call_left_is_looked_for_once_nobody_calls() -> None:
    async def story() -> None:
        house = House(up=1)
        house.calls.ended = 3
        await house.full.look(2)
        assert house.made == []
        house.calls.up = 0
        await house.full.look(2)
        await house.full.look(2)  # nothing new since
        assert house.made == [0.0]
        await house.full.look(10)  # of somebody who called nobody: pages, chats
        assert house.made == [0.0, 0.0]

    run_virtual(story())


@pytest.mark.parametrize(("ended", "young"), [(30, 0), (0, 300)])
def test_while_calls_are_up_voices_are_sent_ahead_first_and_no_longer_than_that(ended: int, young: int) -> None:
    async def story() -> None:
        house = House(up=50)
        house.calls.ended = ended
        began = asyncio.get_running_loop().time()
        await house.full.look(young)
        assert house.made == [0.4]
        assert asyncio.get_running_loop().time() - began >= 0.05, "voices wake every 40 ms, on a grid of 10"
        assert house.pacer.ahead_s == 0.0
        await house.full.look(0)
        assert house.made == [0.4], "it begins to count anew"

    run_virtual(story())


def test_a_collection_that_fails_leaves_no_voice_far_ahead() -> None:
    async def story() -> None:
        house = House(up=50)
        house.calls.ended = 30

        def fails() -> None:
            raise MemoryError

        with pytest.raises(MemoryError):
            await FullCollections(house.calls, house.pacer, fails).look(0)
        assert house.pacer.ahead_s == 0.0

    run_virtual(story())


def test_python_makes_none_by_itself_while_it_runs() -> None:
    before = gc.get_threshold()

    async def story() -> None:
        house = House(up=0)
        gc.collect()  # what other tests have left young is not asked about
        running = asyncio.get_running_loop().create_task(house.full.run())
        house.calls.ended = 1
        await asyncio.sleep(3.5)
        running.cancel()
        assert gc.get_threshold()[2] > 1_000_000
        assert house.made == [0.0]

    try:
        run_virtual(story())
    finally:
        gc.set_threshold(*before)
