"""A call through a real room is recorded in both channels: a tone in each, at its second, through Opus and back."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import httpx2
import numpy as np
import pytest
from house import house
from rooms_office import registered
from tones import AGENT_HZ, CALLER_HZ, caller_tone, long_stretch, read_wav, recording_store, speaks_in_a_tone, strongest

from local_azure.livekit.server_process import LiveKitServer
from local_azure.phone.phone import Phone

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(240)]

LINE = "+18005550100"


def noting(phone: Phone) -> list[float]:
    """When the phone hears something, frame by frame, in seconds since 1970."""
    moments: list[float] = []
    hear = phone.hear

    def noted(pcm: bytes | None) -> None:
        if pcm is not None and np.abs(np.frombuffer(pcm, "<i2").astype(int)).max() > 1000:
            moments.append(time.time())
        hear(pcm)

    phone.hear = noted  # pyright: ignore[reportAttributeAccessIssue]
    return moments


async def test_both_sides_of_a_room_are_in_its_recording(
    livekit_server: LiveKitServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks_in_a_tone(monkeypatch)
    store = str(recording_store(tmp_path))
    async with (
        house(tmp_path, livekit=livekit_server.access, AGENT_STORE=store) as home,
        httpx2.AsyncClient(base_url=home.url) as http,
    ):
        await registered(home)
        home.azure.livekit_sip.take_every_number("ringmaster")
        phone = home.azure.phones.dial(LINE, via="livekit")
        moments = noting(phone)
        await phone.until_connected(60)
        async with asyncio.timeout(60):
            while not (live := home.services.desk.live()) or live[0].recording != "on":
                await asyncio.sleep(0.02)
            announced = time.time()
            while not moments or moments[-1] < announced or time.time() - moments[-1] < 1.0:
                await asyncio.sleep(0.02)
        began = time.time()
        await phone.say(caller_tone(3), "a tone")
        spoke = (began + time.time()) / 2
        await asyncio.sleep(1)
        phone.hang_up()
        call = await home.record(phone.connection_id)
        assert (call.way, call.recording) == ("livekit", "on")
        async with asyncio.timeout(30):
            while (
                not (found := (await http.get(f"/api/v1/calls/{call.call_id}/recording")).json())["segments"]
                or not (found["segments"][0]["complete"])
            ):
                await asyncio.sleep(0.05)
        starts = datetime.fromisoformat(found["began_at"]).timestamp()
        sound = read_wav((await http.get(f"/api/v1/calls/{call.call_id}/recording/audio")).content)
        assert strongest(sound, 0, spoke - starts) == pytest.approx(CALLER_HZ, abs=3)
        assert strongest(sound, 1, long_stretch(moments, starts) - starts) == pytest.approx(AGENT_HZ, abs=3)
        silent = np.abs(sound[: round(max(0.0, began - starts - 0.5) * 16_000), 0].astype(int)).max(initial=0)
        assert silent < 100, "the caller had not spoken yet"
