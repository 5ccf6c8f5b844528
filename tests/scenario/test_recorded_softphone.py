"""A softphone's call over its own socket is recorded in both channels: a tone in each, at its second."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
from house import house
from softphone_client import softphone
from tones import AGENT_HZ, CALLER_HZ, caller_tone, long_stretch, read_wav, recording_store, speaks_in_a_tone, strongest

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]


@pytest.mark.parametrize("rate", [16_000, 24_000])
async def test_both_sides_of_a_softphone_are_in_its_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: int
) -> None:
    speaks_in_a_tone(monkeypatch)
    async with (
        house(tmp_path, AGENT_STORE=str(recording_store(tmp_path))) as home,
        httpx2.AsyncClient(base_url=home.url) as http,
    ):
        async with softphone(home.url, line="insurance", rate=rate) as phone:
            call_id = (await phone.until("call"))["call_id"]
            await phone.until("state", state="listening", limit_s=60)
            began = time.time()
            await phone.say(caller_tone(3, rate))
            spoke = (began + time.time()) / 2
            await phone.send("bye")
            await phone.until_closed()
        async with asyncio.timeout(30):
            while (found := (await http.get(f"/api/v1/calls/{call_id}/recording")).json())["segments"] == [] or not (
                found["segments"][0]["complete"]
            ):
                await asyncio.sleep(0.05)
        starts = datetime.fromisoformat(found["began_at"]).timestamp()
        sound = read_wav((await http.get(f"/api/v1/calls/{call_id}/recording/audio")).content)
        heard = long_stretch(phone.voice_at, starts)
        assert strongest(sound, 0, spoke - starts) == pytest.approx(CALLER_HZ, abs=3)
        assert strongest(sound, 1, heard - starts) == pytest.approx(AGENT_HZ * rate / 16_000, abs=3)
        assert not sound[: round(max(0.0, began - starts - 0.5) * 16_000), 0].any(), "the caller had not spoken yet"
