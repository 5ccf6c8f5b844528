"""What becomes of a phone whose job came to nothing."""

import asyncio

import pytest

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.livekit import LiveKit
from backend.errors import Unavailable
from backend.testing.virtual_time import run_virtual


def test_a_phone_whose_room_could_not_be_entered_is_asked_for_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[float]()

    async def story() -> None:
        livekit = LiveKit(LiveKitAccess("ws://127.0.0.1:9", "key", "secret " * 6), "us", "")
        loop = asyncio.get_running_loop()

        async def fails(job: Job) -> None:
            raise Unavailable("calls", "the LiveKit room cannot be entered")

        async def again() -> int:
            asked.append(loop.time())
            return 1

        monkeypatch.setattr(livekit._rooms, "take", fails)
        monkeypatch.setattr(livekit._lookout._waiting, "call_again", again)
        begun = loop.time()
        with pytest.raises(Unavailable):
            await livekit._take(Job("AJ_1", "a room"))
        await asyncio.sleep(30.0)
        assert [at - begun for at in asked] == [pytest.approx(1.0)]
        await livekit.close()

    run_virtual(story())
