"""Colleagues in the room of a session, by passes of their own: the whole server and a real LiveKit."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from guest import Guest
from rooms_office import office

from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real]


@asynccontextmanager
async def inside(server: LiveKitServer, enter: dict[str, Any]) -> AsyncGenerator[Guest]:
    """Somebody who has entered with a pass."""
    person = Guest(server, enter["room"], enter["identity"])
    person.room.on("track_subscribed", person._subscribed)
    await person.room.connect(enter["url"], enter["token"])
    try:
        yield person
    finally:
        await person.leave()


async def enter(http: httpx2.AsyncClient, session: str, role: str) -> dict[str, Any]:
    told = await http.post("/api/v1/livekit/token", json={"session_id": session, "role": role})
    assert told.status_code == 201, told.text
    return told.json()


def seen_by(person: Guest) -> set[str]:
    return {one.identity for one in person.room.remote_participants.values()}


async def test_a_listener_hears_both_unseen_and_a_supervisor_speaks_past_the_agent(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with office(livekit_server, tmp_path) as (running, _sip, http):
        begun = (await http.post("/api/v1/sessions", json={"line": "insurance", "identity": "user_456"})).json()
        session = begun["session"]["session_id"]
        async with inside(livekit_server, begun["enter"]) as caller:
            await caller.publish()
            await caller.until_heard()
            passes = await enter(http, session, "listener"), await enter(http, session, "supervisor")
            async with inside(livekit_server, passes[0]) as listener, inside(livekit_server, passes[1]) as supervisor:
                await caller.until_quiet(1.0)
                humming = asyncio.create_task(caller.hum(440, 3))
                await listener.until_heard()
                assert passes[0]["identity"] not in seen_by(caller)
                assert passes[1]["identity"] in seen_by(caller)
                await humming
                await caller.until_quiet(1.0)
                (call,) = running.services.desk.live()
                words = len(call.turns)
                await supervisor.publish()
                before = asyncio.get_running_loop().time()
                await supervisor.hum(660, 1.5)
                await caller.until_heard(after=before)
                (call,) = running.services.desk.live()
                assert len(call.turns) == words and call.caller.reveal() == "user_456"
