"""Calls that are placed, handed on and ended by SIP, and sessions of browsers: the whole server and a real LiveKit."""

import asyncio
import secrets
from pathlib import Path
from typing import Any

import httpx2
import pytest
from guest import Guest
from house import House
from livekit import api
from rooms_office import TRUNKS, office

from backend.domain.call import CallRecord
from local_azure.livekit.server_process import LiveKitServer
from local_azure.phone.desk import NumberRule

pytestmark = [pytest.mark.livekit, pytest.mark.real]

CUSTOMER, COLLEAGUE = "+13125550142", "+18005550177"


async def ended(running: House, call_id: str, limit_s: float = 60.0) -> CallRecord:
    """The record of a call, once it has its outcome."""
    async with asyncio.timeout(limit_s):
        while True:
            record = await running.services.records.get(call_id)
            if record is not None and record.outcome:
                return record
            await asyncio.sleep(0.05)


async def talking(running: House, limit_s: float = 30.0) -> None:
    """Wait until a caller is spoken with."""
    async with asyncio.timeout(limit_s):
        while not running.services.stats()["calls"]["talking"]:
            await asyncio.sleep(0.05)


async def place(http: httpx2.AsyncClient, **wish: Any) -> httpx2.Response:
    """Call the customer by LiveKit."""
    trunk = TRUNKS[str(http.base_url).rstrip("/")]
    return await http.post("/api/v1/calls", json={"to": CUSTOMER, "trunk": trunk} | wish)


async def test_whom_we_call_by_a_trunk_is_spoken_with_handed_on_and_hung_up(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with office(livekit_server, tmp_path) as (running, sip, http):
        sip.phones.rules["*"] = NumberRule("answers", says="Hello?")
        placed = await place(http)
        assert placed.status_code == 201, placed.text
        call_id = placed.json()["call_id"]
        await talking(running)
        assert CUSTOMER not in placed.text
        assert (await http.post(f"/api/v1/calls/{call_id}/keys", json={"keys": "42#"})).status_code == 204
        async with asyncio.timeout(30):
            while sip.phones.phones[-1].tones != ["4", "2", "#"]:
                await asyncio.sleep(0.02)
        assert (await http.post(f"/api/v1/calls/{call_id}/transfer", json={"to": COLLEAGUE})).status_code == 204
        record = await ended(running, call_id)
        assert record.outcome == "transferred"

        second = (await place(http)).json()["call_id"]
        await talking(running)
        assert (await http.post(f"/api/v1/calls/{second}/hangup")).status_code == 204
        assert (await ended(running, second)).outcome == "completed"


@pytest.mark.parametrize(("behavior", "detail"), [("busy", "busy"), ("rejects", "declined")])
async def test_who_does_not_come_is_told_in_the_record(
    livekit_server: LiveKitServer, tmp_path: Path, behavior: Any, detail: str
) -> None:
    async with office(livekit_server, tmp_path) as (running, sip, http):
        sip.phones.rules["*"] = NumberRule(behavior)
        placed = await place(http)
        assert placed.status_code == 201, placed.text
        record = await ended(running, placed.json()["call_id"])
        assert record.outcome == "rejected"
        assert record.detail.startswith(detail), record.detail
        refused = await place(http, trunk="ST_none")
        assert refused.status_code == 503 and "no outbound trunk ST_none" in refused.text


async def test_a_browser_session_from_its_pass_to_its_end(livekit_server: LiveKitServer, tmp_path: Path) -> None:
    async with office(livekit_server, tmp_path) as (running, _sip, http):
        wish = {"line": "insurance", "identity": "user_456", "key": secrets.token_hex(4)}
        begun = await http.post("/api/v1/sessions", json=wish)
        assert begun.status_code == 201, begun.text
        again = await http.post("/api/v1/sessions", json=wish)
        enter, session = begun.json()["enter"], begun.json()["session"]["session_id"]
        assert (again.status_code, again.json()["session"]["session_id"]) == (200, session)
        person = Guest(livekit_server, enter["room"], "user_456")
        await person.enter(enter["url"], enter["token"])
        try:
            await person.publish()
            await person.until_heard()
            seen = (await http.get(f"/api/v1/sessions/{session}")).json()
            assert (seen["state"], seen["line"], seen["direction"]) == ("active", "insurance", "browser")
            assert [agent.identity for agent in person.room.remote_participants.values() if agent.kind == 4] != []
            assert len(person.room.remote_participants) == 1  # one agent, however often it was asked for
            assert (await http.post(f"/api/v1/sessions/{session}/end")).status_code == 204
            record = await ended(running, session)
            assert record.call_id == session
        finally:
            await person.leave()
        seen = (await http.get(f"/api/v1/sessions/{session}")).json()
        assert seen["state"] == "ended"


async def test_a_colleague_comes_into_the_room_that_an_application_named(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with office(livekit_server, tmp_path) as (_running, _sip, http):
        room = f"lobby-{secrets.token_hex(4)}"
        begun = (await http.post("/api/v1/sessions", json={"line": "insurance", "room": room})).json()
        session, enter = begun["session"]["session_id"], begun["enter"]
        person = Guest(livekit_server, room, enter["identity"])
        await person.enter(enter["url"], enter["token"])
        try:
            await person.publish()
            await person.until_heard()
            wish = {"session_id": session, "role": "supervisor"}
            told = (await http.post("/api/v1/livekit/token", json=wish)).json()
            assert told["room"] == room
            colleague = Guest(livekit_server, room, told["identity"])
            await colleague.enter(told["url"], told["token"])
            await person.until_seen(colleague.identity)
            await colleague.leave()
        finally:
            await person.leave()


async def test_a_pass_with_a_line_brings_the_agent_and_opens_nothing_else(
    livekit_server: LiveKitServer, tmp_path: Path
) -> None:
    async with office(livekit_server, tmp_path) as (_running, _sip, http):
        told = (await http.post("/api/v1/livekit/token", json={"line": "insurance"})).json()
        waits = (await http.get(f"/api/v1/sessions/{told['session_id']}")).json()
        assert (waits["state"], waits["way"]) == ("waiting", "livekit")
        person = Guest(livekit_server, told["room"], told["identity"])
        await person.enter(told["url"], told["token"])
        try:
            await person.publish()
            await person.until_heard()
            seen = (await http.get(f"/api/v1/sessions/{told['session_id']}")).json()
            assert (seen["state"], seen["session_id"]) == ("active", told["session_id"])
        finally:
            await person.leave()
        async with api.LiveKitAPI(livekit_server.http_url, token=told["token"]) as thief:
            with pytest.raises(api.TwirpError):
                await thief.room.list_rooms(api.ListRoomsRequest())
            with pytest.raises(api.TwirpError):
                await thief.room.delete_room(api.DeleteRoomRequest(room=told["room"]))
