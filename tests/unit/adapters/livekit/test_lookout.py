"""When it is looked for callers whom nobody answers."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest

from backend.adapters.livekit.lookout import Lookout
from backend.errors import Unavailable
from backend.testing.virtual_time import run_virtual

AT_MOST_S, AT_LEAST_S = 3.0, 2.0
"""From one round to the next."""


class Rooms:
    """Notes when it is asked, and for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.takes_s = 0.0
        self.fails = False
        self.found = 0

    async def call_again(self) -> int:
        return await self._look("at once")

    async def call_overdue(self) -> int:
        return await self._look("round")

    async def _look(self, why: str) -> int:
        loop = asyncio.get_running_loop()
        self.asked.append((why, loop.time()))
        await asyncio.sleep(self.takes_s)
        if self.fails:
            raise Unavailable("calls", "no connection to LiveKit")
        return self.found


def tell(story: Callable[[Rooms, Lookout], Coroutine[Any, Any, None]], *, ready: bool = True) -> Rooms:
    """Run a story in virtual time."""
    rooms = Rooms()

    async def told() -> None:
        lookout = Lookout(rooms, lambda: ready)  # pyright: ignore[reportArgumentType]
        await story(rooms, lookout)
        await lookout.close()

    run_virtual(told())
    return rooms


def test_it_looks_again_and_again() -> None:
    async def story(rooms: Rooms, lookout: Lookout) -> None:
        begun = asyncio.get_running_loop().time()
        lookout.start()
        await asyncio.sleep(60)
        times = [begun, *(at for _, at in rooms.asked)]
        gaps = [later - at for at, later in pairwise(times)]
        assert min(gaps) >= AT_LEAST_S and max(gaps) <= AT_MOST_S
        assert len(set(gaps)) > 1  # workers do not look in step

    assert {why for why, _ in tell(story).asked} == {"round"}


def test_nobody_is_called_for_while_calls_cannot_come() -> None:
    async def story(_: Rooms, lookout: Lookout) -> None:
        lookout.start()
        await asyncio.sleep(60)

    assert not tell(story, ready=False).asked


def test_a_look_at_once_waits_for_the_round_that_is_under_way_and_is_done() -> None:
    async def story(rooms: Rooms, lookout: Lookout) -> None:
        rooms.takes_s = 1.0
        lookout.start()
        await asyncio.sleep(AT_MOST_S)
        (begun,) = rooms.asked
        lookout.look()
        await asyncio.sleep(1.5)
        assert rooms.asked[1:2] == [("at once", begun[1] + 1.0)]

    tell(story)


def test_a_round_that_takes_long_is_not_begun_twice() -> None:
    async def story(rooms: Rooms, lookout: Lookout) -> None:
        rooms.takes_s = 20.0
        lookout.start()
        await asyncio.sleep(19)

    assert len(tell(story).asked) == 1


def test_a_server_that_cannot_be_asked_is_told_of_once_and_asked_on(caplog: pytest.LogCaptureFixture) -> None:
    def told() -> list[str]:
        return [record.__dict__["event"] for record in caplog.records if "event" in record.__dict__]

    async def story(rooms: Rooms, lookout: Lookout) -> None:
        rooms.fails = True
        lookout.start()
        await asyncio.sleep(30)
        assert len(rooms.asked) >= 10
        assert told() == ["livekit.not_looked"]
        rooms.fails, rooms.found = False, 1
        await asyncio.sleep(AT_MOST_S)
        assert "livekit.waited" in told()
        rooms.fails = True
        await asyncio.sleep(AT_MOST_S)
        assert told().count("livekit.not_looked") == 2

    with caplog.at_level(logging.INFO):
        tell(story)


def test_after_the_end_nothing_is_looked_at() -> None:
    async def story(rooms: Rooms, lookout: Lookout) -> None:
        lookout.start()
        await lookout.close()
        lookout.look()
        lookout.start()
        await asyncio.sleep(30)

    assert not tell(story).asked
