"""A phone that gives up while it enters a room cancels nothing of the SDK, which would end the process."""

import asyncio

import pytest
from livekit import rtc

from backend.testing.virtual_time import run_virtual
from local_azure.livekit.entering import enter


class SlowRoom:
    """As much of ``rtc.Room`` as is needed."""

    def __init__(self, takes_s: float, *, fails: bool = False) -> None:
        self._takes_s = takes_s
        self._fails = fails
        self.happened: list[str] = []

    async def connect(self, url: str, token: str, options: rtc.RoomOptions) -> None:
        self.happened.append(f"limit {options.connect_timeout}")
        try:
            await asyncio.sleep(self._takes_s)
        except asyncio.CancelledError:
            self.happened.append("cancelled")
            raise
        if self._fails:
            raise rtc.ConnectError("no")
        self.happened.append("entered")

    async def disconnect(self) -> None:
        self.happened.append("left")


async def entered(room: SlowRoom) -> None:
    await enter(room, "ws://", "token", 10.0)  # pyright: ignore[reportArgumentType]


def test_who_enters_in_time_is_in() -> None:
    room = SlowRoom(1.0)
    run_virtual(entered(room))
    assert room.happened == ["limit 10.0", "entered"]


@pytest.mark.parametrize("gives_up_s", [0.5, 11.0])
def test_who_gives_up_is_taken_out_once_they_are_in(gives_up_s: float) -> None:
    room = SlowRoom(12.0)

    async def story() -> None:
        phone = asyncio.create_task(entered(room))
        await asyncio.sleep(gives_up_s)
        phone.cancel()
        await asyncio.wait({phone})
        assert phone.cancelled() or isinstance(phone.exception(), TimeoutError)
        await asyncio.sleep(12.0)

    run_virtual(story())
    assert room.happened[1:] == ["entered", "left"]


def test_who_is_not_let_in_hears_so() -> None:
    room = SlowRoom(1.0, fails=True)
    with pytest.raises(rtc.ConnectError):
        run_virtual(entered(room))
    assert room.happened == ["limit 10.0"]
