"""A call that ACS records itself, by the real client against the local Azure: paused, fetched, deleted there."""

import asyncio
import io
import shutil
import wave
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from house import LINE, House, house

from local_azure.faults import Fault

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

STORE = Path(__file__).resolve().parents[2] / "agent_store"
SAID = (
    ("i would like to report an accident", "hurt"),
    ("no nobody is hurt", "name"),
    ("my name is john smith my zip code is six zero six zero one", "four digits"),
    ("four eight two one", "what happened"),
)
"""What the caller says, and what they are asked then."""


def recording_store(tmp_path: Path) -> Path:
    """The insurance line, which ACS records."""
    store = tmp_path / "agent_store"
    shutil.copytree(STORE, store)
    line = store / "lines/insurance.yaml"
    line.write_text(line.read_text().replace("  enabled: false", "  enabled: true\n  by: acs\n  keep_days: 7"))
    return store


async def told(http: httpx2.AsyncClient, call_id: str) -> dict[str, Any]:
    """What there is of a recording once its file was fetched."""
    async with asyncio.timeout(60):
        while not (found := (await http.get(f"/api/v1/calls/{call_id}/recording")).json())["seconds"]:
            await asyncio.sleep(0.1)
        return found


def states(home: House, connection_id: str) -> list[str]:
    """What the service has told of its recording, in order."""
    sent = home.azure.switchboard.calls[connection_id].callbacks.sent
    return [one["data"]["state"] for one in sent if one["type"].endswith(".RecordingStateChanged")]


async def test_a_call_is_recorded_by_acs_and_its_file_is_ours_in_the_end(tmp_path: Path) -> None:
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
        assert list((tmp_path / "recordings").glob("*")) == [], "nothing is recorded here meanwhile"
        phone.hang_up()
        call = await home.record(phone.connection_id)
        found = await told(http, call.call_id)
        assert (call.recording, found["state"], found["segments"][0]["complete"]) == ("on", "on", True)
        assert states(home, phone.connection_id)[:3] == ["active", "inactive", "active"], "paused for the four digits"
        answer = await http.get(f"/api/v1/calls/{call.call_id}/recording/audio")
        with wave.open(io.BytesIO(answer.content)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
        assert np.abs(sound[:, 0]).max() > 1000 and np.abs(sound[:, 1]).max() > 1000, "both were heard"
        paused = [one for one in found["markers"] if one["kind"] == "paused"]
        assert paused
        for one in paused:
            assert not sound[round(one["start_s"] * 16_000) : round((one["end_s"] or 0) * 16_000)].any()
        async with asyncio.timeout(30):
            while home.azure.switchboard.recordings:
                await asyncio.sleep(0.05)
        assert (await http.delete(f"/api/v1/calls/{call.call_id}/recording")).status_code == 204
        assert (await http.get(f"/api/v1/calls/{call.call_id}")).json()["recording"] == "deleted"
        assert list((tmp_path / "recordings").iterdir()) == []


async def test_where_acs_does_not_record_the_call_goes_on_and_is_seen(tmp_path: Path) -> None:
    async with (
        house(tmp_path, hurried=True, AGENT_STORE=str(recording_store(tmp_path))) as home,
        httpx2.AsyncClient(base_url=home.url) as http,
    ):
        home.azure.state.faults.add("acs", Fault("status", status=403, match="/calling/recordings"))
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        await phone.until_answered("help you")
        await phone.say_text("i would like to report an accident")
        await phone.until_answered("hurt")  # the call goes on
        parts = (await http.get("/api/v1/health")).json()["parts"]
        (part,) = [one for one in parts if one["name"] == "recordings"]
        assert part["state"] == "degraded" and "ACS did not record" in part["sentence"]
        phone.hang_up()
        call = await home.record(phone.connection_id)
        assert call.recording == "broken"
        shown = (await http.get(f"/api/v1/calls/{call.call_id}/recording")).json()
        assert (shown["state"], shown["seconds"]) == ("broken", 0)


async def test_who_is_forgotten_before_the_file_comes_leaves_nothing_at_acs(tmp_path: Path) -> None:
    async with (
        house(tmp_path, hurried=True, AGENT_STORE=str(recording_store(tmp_path))) as home,
        httpx2.AsyncClient(base_url=home.url) as http,
    ):
        home.azure.event_grid.retry_seconds = (0.2,) * 100
        home.azure.state.faults.add(
            "event_grid", Fault("abort", times=20, match="Microsoft.Communication.RecordingFileStatusUpdated")
        )
        phone = home.azure.phones.dial(LINE)
        await phone.until_connected()
        await phone.until_answered("help you")
        phone.hang_up()
        call = await home.record(phone.connection_id)
        assert home.azure.switchboard.recordings
        assert (await http.delete(f"/api/v1/calls/{call.call_id}/recording")).status_code == 204
        async with asyncio.timeout(60):
            while home.azure.switchboard.recordings:
                await asyncio.sleep(0.05)
        assert not any((tmp_path / "recordings").glob("*/*.rec"))
        assert (await http.get(f"/api/v1/calls/{call.call_id}")).json()["recording"] == "deleted"
