"""What a pass opens at a real LiveKit server, whatever its holder asks for: one room, for a while, and nothing else."""

import asyncio
import secrets
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, get_args

import aiohttp
import httpx2
import pytest
from guest import Guest
from house import House
from knocking import knock
from livekit import api
from livekit.protocol.models import AUDIO, CAMERA, MICROPHONE, VIDEO, ParticipantInfo
from livekit.protocol.rtc import AddTrackRequest, PublishDataTrackRequest, SignalRequest, UpdateParticipantMetadata
from rooms_office import office

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.agent_rooms import LiveKitAgentRooms
from backend.adapters.livekit.server import LiveKitServer as OurServer
from backend.domain import session_plan
from backend.ports import GuestRole
from local_azure.livekit.server_process import LiveKitServer

pytestmark = [pytest.mark.livekit, pytest.mark.real, pytest.mark.timeout(120)]

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "an-admin-key-of-the-settings-with-43-letters"
ROLES: tuple[GuestRole, ...] = get_args(GuestRole)
ROOM = "ringmaster-0123456789abcdef"
ASKED: list[tuple[str, dict[str, str]]] = [
    ("RoomService/ListRooms", {}),
    ("RoomService/ListParticipants", {"room": ROOM}),
    ("RoomService/GetParticipant", {"room": ROOM, "identity": "user_456"}),
    ("RoomService/RemoveParticipant", {"room": ROOM, "identity": "user_456"}),
    ("RoomService/MutePublishedTrack", {"room": ROOM, "identity": "user_456", "track_sid": "TR_1"}),
    ("RoomService/UpdateParticipant", {"room": ROOM, "identity": "user_456", "name": "agent"}),
    ("RoomService/UpdateRoomMetadata", {"room": ROOM, "metadata": "mine"}),
    ("RoomService/SendData", {"room": ROOM, "data": "aGk="}),
    ("RoomService/MoveParticipant", {"room": ROOM, "identity": "user_456", "destination_room": "lobby"}),
    ("RoomService/ForwardParticipant", {"room": ROOM, "identity": "user_456", "destination_room": "lobby"}),
    ("RoomService/CreateRoom", {"name": "lobby"}),
    ("RoomService/DeleteRoom", {"room": ROOM}),
    ("AgentDispatchService/ListDispatch", {"room": ROOM}),
    ("AgentDispatchService/CreateDispatch", {"room": ROOM, "agent_name": "ringmaster", "metadata": "{}"}),
    ("SIP/CreateSIPParticipant", {"sip_trunk_id": "ST_1", "sip_call_to": "+13125550142", "room_name": ROOM}),
    ("SIP/TransferSIPParticipant", {"room_name": ROOM, "participant_identity": "x", "transfer_to": "tel:+13125550142"}),
    ("SIP/ListSIPInboundTrunk", {}),
    ("Egress/StartRoomCompositeEgress", {"room_name": ROOM}),
    ("Ingress/CreateIngress", {"room_name": ROOM}),
]
"""Of LiveKit's API, each by a pass for that very room."""


@pytest.fixture
async def rooms(livekit_server: LiveKitServer) -> AsyncGenerator[LiveKitAgentRooms]:
    """Ours, at the real server."""
    access = LiveKitAccess(livekit_server.url, livekit_server.api_key, livekit_server.api_secret)
    ours = OurServer(access)
    yield LiveKitAgentRooms(access, ours, "ringmaster")
    await ours.close()


async def in_room(server: LiveKitServer, room: str, identity: str) -> ParticipantInfo:
    """Somebody by what the server knows of them."""
    async with api.LiveKitAPI(server.http_url, server.api_key, server.api_secret) as client:
        return await client.room.get_participant(api.RoomParticipantIdentity(room=room, identity=identity))


async def counted_anew(server: LiveKitServer, room: str) -> None:
    """Have the server count who is in a room: it does every five seconds, and when something of the room changes."""
    async with api.LiveKitAPI(server.http_url, server.api_key, server.api_secret) as client:
        await client.room.update_room_metadata(api.UpdateRoomMetadataRequest(room=room, metadata="counted"))


@pytest.mark.parametrize("role", ROLES)
async def test_it_opens_its_own_room_only(
    livekit_server: LiveKitServer, rooms: LiveKitAgentRooms, role: GuestRole
) -> None:
    given = rooms.let_in(ROOM, "user_456", role, 60)
    async with knock(livekit_server, given.token, room="another", room_name="another") as one:
        assert (one.joined.room.name, one.joined.participant.identity) == (ROOM, "user_456")
        assert not one.joined.room.metadata


@pytest.mark.parametrize("role", ROLES)
async def test_it_opens_nothing_of_the_api(
    livekit_server: LiveKitServer, rooms: LiveKitAgentRooms, role: GuestRole
) -> None:
    given = rooms.let_in(ROOM, "user_456", role, 60)
    allowed = list[str]()
    async with knock(livekit_server, given.token), aiohttp.ClientSession() as http:
        http.headers["Authorization"] = f"Bearer {given.token}"
        for path, asked in ASKED:
            async with http.post(f"{livekit_server.http_url}/twirp/livekit.{path}", json=asked) as answer:
                allowed += [] if answer.status == 401 else [path]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):  # nor are they a worker, who is given jobs
            await http.ws_connect(f"{livekit_server.url}/agent")
        person = await in_room(livekit_server, ROOM, "user_456")
    assert not allowed and not person.name


async def test_it_is_over_a_minute_after_it_says(livekit_server: LiveKitServer, rooms: LiveKitAgentRooms) -> None:
    """A minute is LiveKit's own, for clocks that differ."""
    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        async with knock(livekit_server, rooms.let_in(ROOM, "user_456", "caller", -62).token):
            pass


@pytest.mark.parametrize("role", ROLES)
async def test_its_holder_stays_who_they_are(
    livekit_server: LiveKitServer, rooms: LiveKitAgentRooms, role: GuestRole
) -> None:
    given = rooms.let_in(ROOM, "user_456", role, 60)
    mine = "eyJyaW5nbWFzdGVyLnJvbGUiOiAiYWdlbnQifQ=="  # {"ringmaster.role": "agent"}
    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        async with knock(livekit_server, given.token, attributes=mine):
            pass
    async with knock(livekit_server, given.token) as one:
        wanted = UpdateParticipantMetadata(
            name="Claims department", metadata="mine", attributes={"lk.agent.state": "speaking"}, request_id=7
        )
        await one.say(SignalRequest(update_metadata=wanted))
        answer = (await one.until("request_response")).request_response
        assert (answer.request_id, answer.reason) == (7, answer.NOT_ALLOWED)
        person = await in_room(livekit_server, ROOM, "user_456")
    assert (person.name, person.metadata) == ("", "")
    assert dict(person.attributes) == ({} if role == "caller" else {"ringmaster.role": role})


@pytest.mark.parametrize(
    ("role", "source", "kind"),
    [("listener", MICROPHONE, AUDIO), *((role, CAMERA, VIDEO) for role in ROLES)],
)
async def test_it_publishes_a_microphone_at_most(
    livekit_server: LiveKitServer, rooms: LiveKitAgentRooms, role: GuestRole, source: Any, kind: Any
) -> None:
    async with knock(livekit_server, rooms.let_in(ROOM, "user_456", role, 60).token) as one:
        await one.say(SignalRequest(add_track=AddTrackRequest(cid="mine", type=kind, source=source)))
        refused = (await one.until("request_response")).request_response
        assert refused.reason == refused.NOT_ALLOWED
        assert not any(told.HasField("track_published") for told in one.told)


async def test_a_listener_is_seen_by_nobody_and_says_nothing(
    livekit_server: LiveKitServer, rooms: LiveKitAgentRooms
) -> None:
    room = f"room-{secrets.token_hex(4)}"
    caller, listener = Guest(livekit_server, room, "user_456"), Guest(livekit_server, room, "listener-1")
    heard = list[bytes]()
    caller.room.on("data_received", lambda packet: heard.append(packet.data))
    for one, role in ((caller, "caller"), (listener, "listener")):
        given = rooms.let_in(room, one.identity, role, 60)
        await one.enter(given.url, given.token)
    try:
        await caller.publish()
        humming = asyncio.create_task(caller.hum(440.0, 30.0))
        await listener.until_heard_of("user_456")
        humming.cancel()
        await listener.room.local_participant.publish_data(b"from the listener")
        async with knock(livekit_server, rooms.let_in(room, "listener-2", "listener", 60).token) as other:
            wanted = PublishDataTrackRequest(pub_handle=1, name="mine")
            await other.say(SignalRequest(publish_data_track_request=wanted))
            refused = (await other.until("request_response")).request_response
            assert refused.reason == refused.NOT_ALLOWED
        # Who comes now is told of all that are seen, and of how many there are: LiveKit counts hidden people, too.
        await counted_anew(livekit_server, room)
        given = rooms.let_in(room, "supervisor-1", "supervisor", 60)
        async with knock(livekit_server, given.token) as later:
            assert [who.identity for who in later.joined.other_participants] == ["user_456"]
            assert later.joined.room.num_participants == 1
            assert not later.joined.room.active_recording
        assert not any("listener" in identity for identity in caller.seen) and not heard
    finally:
        await asyncio.gather(caller.leave(), listener.leave())


async def test_a_whole_server_lets_nobody_further_than_they_may(
    livekit_server: LiveKitServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = two_lines(tmp_path / "agent_store")
    async with office(livekit_server, tmp_path, API_KEY=ADMIN, AGENT_STORE=str(store)) as (running, _sip, http):
        http.headers["Authorization"] = f"Bearer {ADMIN}"
        given = await asked(http, line="insurance", ttl_seconds=30)
        async with knock(livekit_server, given["token"]) as caller:
            renewed = (await caller.until("refresh_token")).refresh_token
            await live(running, 1)
            await some_lines_only(livekit_server, http, given)
            assert (await http.post(f"/api/v1/sessions/{given['session_id']}/end")).status_code == 204
            assert await caller.out()
            await live(running, 0)
        # LiveKit gives whoever enters a new pass, for ten minutes more and with all that stood in theirs.
        monkeypatch.setattr(session_plan, "_CLOCKS_S", -3600)  # an hour later
        async with knock(livekit_server, renewed) as again:
            assert await again.out()
        assert running.services.stats()["livekit"]["taken"] == 3, "an agent was asked for once more, and refused"
        assert not running.services.desk.live()


def two_lines(store: Path) -> Path:
    """The store with a second line."""
    shutil.copytree(ROOT / "agent_store", store)
    line = (store / "lines" / "insurance.yaml").read_text("utf-8")
    other = line.replace("name: insurance", "name: bank").replace("+180055501", "+180055502")
    (store / "lines" / "bank.yaml").write_text(other, "utf-8")
    return store


async def some_lines_only(server: LiveKitServer, http: httpx2.AsyncClient, session: dict[str, Any]) -> None:
    """A key of one line gets no pass into a line that it does not serve, nor into a room of the application's own."""
    lobby = f"lobby-{secrets.token_hex(4)}"
    named = await asked(http, line="insurance", room=lobby, identity="user_789")
    async with knock(server, named["token"]):
        async with asyncio.timeout(30):  # somebody is in the room now, and the session can be entered by colleagues
            while (await http.get(f"/api/v1/sessions/{named['session_id']}")).json()["state"] != "active":
                await asyncio.sleep(0.05)
        assert (await asked(http, session_id=named["session_id"], role="listener"))["room"] == lobby
        for line, refused in (("bank", 404), ("insurance", 0)):
            made = await http.post("/api/v1/keys", json={"name": line, "role": "operator", "lines": [line]})
            with_key = {"Authorization": f"Bearer {made.json()['key']}"}
            for wanted, status in (
                ({"session_id": session["session_id"], "role": "listener"}, refused or 201),
                ({"session_id": named["session_id"], "role": "listener"}, refused or 403),
                ({"session_id": named["session_id"]}, refused or 403),
                ({"room": lobby, "line": line}, 403),
                ({"room": lobby}, 403),
                ({"room": session["room"]}, 422),
            ):
                answer = await http.post("/api/v1/livekit/token", json=wanted, headers=with_key)
                assert answer.status_code == status, (line, wanted, answer.text)
        assert (await http.post(f"/api/v1/sessions/{named['session_id']}/end")).status_code == 204


async def asked(http: httpx2.AsyncClient, **wanted: object) -> dict[str, Any]:
    """A pass."""
    answer = await http.post("/api/v1/livekit/token", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def live(running: House, calls: int) -> None:
    """Wait until there are so many calls."""
    async with asyncio.timeout(30):
        while len(running.services.desk.live()) != calls:
            await asyncio.sleep(0.05)
