"""Entering a room is never cancelled, and who gave up is taken out again: a room of the SDK that takes its time."""

import asyncio
from dataclasses import dataclass, field

import pytest
from livekit import rtc

from backend.adapters.livekit.sdk_entry import SdkEntry
from backend.testing.virtual_time import run_virtual


@dataclass
class SlowRoom:
    """As much of ``rtc.Room`` as is needed."""

    takes_s: float
    fails: bool = False
    happened: list[str] = field(default_factory=list[str])

    async def connect(self, url: str, token: str, options: rtc.RoomOptions) -> None:
        try:
            await asyncio.sleep(self.takes_s)
        except asyncio.CancelledError:
            self.happened.append("cancelled")  # upon which the SDK would end this process
            raise
        if self.fails:
            raise rtc.ConnectError("no")
        self.happened.append("entered")

    async def disconnect(self) -> None:
        self.happened.append("left")


async def enter(room: SlowRoom, limit_s: float = 8.0) -> SdkEntry:
    entry = SdkEntry(room)  # pyright: ignore[reportArgumentType]
    try:
        await entry.enter("", "", rtc.RoomOptions(), limit_s)
    finally:
        await entry.undone(3.0)
    return entry


def test_who_enters_in_time_is_in() -> None:
    room = SlowRoom(1.0)
    run_virtual(enter(room))
    assert room.happened == ["entered"]


def test_who_gives_up_is_taken_out_once_they_are_in() -> None:
    async def story() -> None:
        room = SlowRoom(9.0)
        with pytest.raises(TimeoutError):
            await enter(room)
        assert room.happened == ["entered", "left"]

    run_virtual(story())


def test_who_gives_up_waits_for_nobody_longer_than_they_said_and_it_goes_on() -> None:
    async def story() -> None:
        room, begun = SlowRoom(60.0), asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            await enter(room)
        assert room.happened == []
        assert asyncio.get_running_loop().time() - begun == pytest.approx(11.0)  # the limit, and the wait
        await asyncio.sleep(60.0)
        assert room.happened == ["entered", "left"]

    run_virtual(story())


def test_a_job_that_is_cancelled_meanwhile_cancels_nothing_of_the_sdk() -> None:
    async def story() -> None:
        room = SlowRoom(1.0)
        job = asyncio.create_task(enter(room))
        await asyncio.sleep(0.5)
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
        assert job.cancelled() and room.happened == ["entered", "left"]

    run_virtual(story())


def test_who_is_not_let_in_hears_so() -> None:
    async def story() -> None:
        room = SlowRoom(1.0, fails=True)
        with pytest.raises(rtc.ConnectError):
            await enter(room)
        assert room.happened == []

    run_virtual(story())
