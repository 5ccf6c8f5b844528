"""A recorded call through everything that is real: a phone, the media socket, the disk, the routes."""

import asyncio
import io
import shutil
import wave
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from house import LINE, house

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

STORE = Path(__file__).resolve().parents[2] / "agent_store"
SAID = (
    ("i would like to report an accident", "hurt"),
    ("my name is john smith my zip code is six oh six one four", "hurt"),
    ("no nobody is hurt", "four digits"),
)
"""What the caller says, and what they are asked then."""


def recording_store(tmp_path: Path) -> Path:
    """The insurance line, which records."""
    store = tmp_path / "agent_store"
    shutil.copytree(STORE, store)
    line = store / "lines/insurance.yaml"
    line.write_text(line.read_text().replace("  enabled: false", "  enabled: true\n  keep_days: 7"))
    return store


async def written(http: httpx2.AsyncClient, call_id: str) -> dict[str, Any]:
    """What there is of a recording once its thread has written the end of it."""
    async with asyncio.timeout(60):
        while (
            not (segments := (told := (await http.get(f"/api/v1/calls/{call_id}/recording")).json())["segments"])
            or not (segments[-1]["complete"])
        ):
            await asyncio.sleep(0.05)
        return told


async def test_a_phone_call_is_recorded_and_can_be_heard(tmp_path: Path) -> None:
    async with (
        house(tmp_path, hurried=True, AGENT_STORE=str(recording_store(tmp_path))) as home,
        httpx2.AsyncClient(base_url=home.url) as http,
    ):
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        await phone.until_answered("help you")
        assert "recorded" in phone.heard
        for words, answer in SAID:
            await phone.say_text(words)
            await phone.until_answered(answer)
        phone.hang_up()
        call = await home.record(phone.connection_id)
        told = await written(http, call.call_id)
        assert told["state"] == "on"
        answer = await http.get(f"/api/v1/calls/{call.call_id}/recording/audio")
        with wave.open(io.BytesIO(answer.content)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
        assert len(sound) == pytest.approx(told["seconds"] * 16_000, abs=1)
        assert np.abs(sound[:, 0]).max() > 1000 and np.abs(sound[:, 1]).max() > 1000, "both were heard"
        paused = [one for one in told["markers"] if one["kind"] == "paused"]
        assert paused, "a zip code was asked for"
        for one in paused:
            assert not sound[round(one["start_s"] * 16_000) : round((one["end_s"] or 0) * 16_000)].any()
        deleted = await http.delete(f"/api/v1/calls/{call.call_id}/recording")
        assert deleted.status_code == 204
        assert (await http.get(f"/api/v1/calls/{call.call_id}")).json()["recording"] == "deleted"
        assert list((tmp_path / "recordings").iterdir()) == []
