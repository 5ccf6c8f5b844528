"""Colleagues in the room of a session, by passes of their own: the whole server, a recognizer, and a real LiveKit."""

import asyncio
import wave
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from guest import Guest
from house import PERSONAS
from livekit import api
from rooms_office import office

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(240)]


@asynccontextmanager
async def inside(server: LiveKitServer, told: dict[str, Any]) -> AsyncGenerator[Guest]:
    """Somebody who has entered with a pass."""
    person = Guest(server, told["room"], told["identity"])
    await person.enter(told["url"], told["token"])
    try:
        yield person
    finally:
        await person.leave()


async def pass_for(http: httpx2.AsyncClient, session: str, role: str) -> dict[str, Any]:
    """A colleague's."""
    told = await http.post("/api/v1/livekit/token", json={"session_id": session, "role": role})
    assert told.status_code == 201, told.text
    return told.json()


async def in_room(server: LiveKitServer, room: str) -> set[str]:
    """Who is in the room by what the server says, hidden or not."""
    async with api.LiveKitAPI(server.http_url, server.api_key, server.api_secret) as client:
        found = await client.room.list_participants(api.ListParticipantsRequest(room=room))
        return {one.identity for one in found.participants}


def words(name: str) -> bytes:
    """A recorded caller's."""
    with wave.open(str(PERSONAS / "parking_lot" / f"{name}.wav")) as file:
        return file.readframes(file.getnframes())


async def understood(http: httpx2.AsyncClient, session: str) -> list[str]:
    """What the agent has taken for the caller's words."""
    turns = (await http.get(f"/api/v1/sessions/{session}")).json()["turns"]
    return [turn["caller_text"] for turn in turns if turn["caller_text"]]


async def test_a_listener_hears_both_unseen_and_a_supervisor_speaks_past_the_agent(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with office(livekit_server, tmp_path, stt="sphinx") as (_running, _sip, http):
        begun = (await http.post("/api/v1/sessions", json={"line": "insurance", "identity": "user_456"})).json()
        session, room = begun["session"]["session_id"], begun["enter"]["room"]
        async with inside(livekit_server, begun["enter"]) as caller:
            await caller.publish()
            await caller.until_heard()
            hears, speaks = await pass_for(http, session, "listener"), await pass_for(http, session, "supervisor")
            async with inside(livekit_server, hears) as listener, inside(livekit_server, speaks) as supervisor:
                await caller.until_seen(supervisor.identity)  # the listener came before
                assert listener.identity not in caller.seen
                assert {listener.identity, supervisor.identity} <= await in_room(livekit_server, room)
                await caller.until_quiet(1.0)

                await supervisor.publish()
                await supervisor.speak(words("injuries"))
                await caller.until_heard_of(supervisor.identity)

                await caller.speak(words("greeting"))
                async with asyncio.timeout(60):
                    while "claim" not in " ".join(told := await understood(http, session)):
                        await asyncio.sleep(0.05)
                assert len(told) == 1  # what was said before it would have come before it
                (agent,) = caller.seen - {supervisor.identity}
                for voice in (caller.identity, agent):
                    await listener.until_heard_of(voice)
