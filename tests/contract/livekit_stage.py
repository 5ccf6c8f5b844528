"""LiveKit's API as seen over the wire, with rooms in memory: what call control is tried against without a server.

Answers are Twirp's: protobuf, and errors as JSON (twitchtv.github.io/twirp). Outcomes and their messages are those seen
with livekit/sip on server 1.13.5.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message
from livekit.protocol.agent_dispatch import AgentDispatch, ListAgentDispatchRequest, ListAgentDispatchResponse
from livekit.protocol.models import ParticipantInfo, Room
from livekit.protocol.room import (
    CreateRoomRequest,
    DeleteRoomRequest,
    DeleteRoomResponse,
    ListParticipantsRequest,
    ListParticipantsResponse,
    ListRoomsRequest,
    ListRoomsResponse,
    RemoveParticipantResponse,
    RoomParticipantIdentity,
)
from livekit.protocol.sip import CreateSIPParticipantRequest, SIPParticipantInfo, TransferSIPParticipantRequest

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.call_control import LiveKitCallControl
from backend.adapters.livekit.room import Participant, RoomEvents
from backend.adapters.livekit.rooms import Rooms
from backend.adapters.livekit.server import LiveKitServer
from backend.domain.call import IncomingCall
from backend.domain.call_event import CallEvent
from backend.ports import MediaLink

__all__ = ["Failure", "LiveKitStage", "livekit_stage"]

SIP = ParticipantInfo.Kind.SIP


@dataclass(frozen=True)
class Failure(Exception):
    """An error as Twirp tells it."""

    status: int
    code: str
    message: str = ""
    meta: dict[str, str] = field(default_factory=dict[str, str])


def sip_failure(status: int, name: str) -> Failure:
    """Somebody did not take a call."""
    told = f"SIP call failed: {status} SIP_STATUS_{name}"
    return Failure(503, "unavailable", told, {"sip_status_code": str(status), "sip_status": name})


NO_SERVICE = Failure(503, "unavailable", "no response from servers")
NO_TRUNK = Failure(404, "not_found", "object cannot be found")
NO_ANSWER = Failure(408, "canceled", "context canceled")
TOO_LONG = Failure(408, "deadline_exceeded", "context deadline exceeded")
BUSY = sip_failure(486, "BUSY_HERE")
DECLINED = sip_failure(603, "GLOBAL_DECLINE")


class MemoryRoom:
    """``CallRoom`` in the memory of the stage."""

    def __init__(self, stage: "LiveKitStage") -> None:
        self._stage = stage
        self.events: RoomEvents | None = None
        self.name = ""
        self.published = False
        self.pressed = ""

    @property
    def people(self) -> Sequence[Participant]:
        return [_participant(one) for one in self._stage.rooms.get(self.name, {}).values()]

    async def join(self, url: str, token: str, events: RoomEvents) -> None:
        self.events, self.name = events, self._stage.room_of(token)
        self._stage.seats.setdefault(self.name, []).append(self)

    async def publish(self) -> None:
        self.published = True
        assert self.events is not None
        self.events.on_heard()
        for identity, one in list(self._stage.rooms.get(self.name, {}).items()):
            if one.attributes.get("sip.callStatus") == "ringing":  # our voice is the answer to a phone that called
                self._stage.joins(self.name, identity, callStatus="active")

    def listen(self, track: str, *, on: bool) -> None: ...

    async def send(self, pcm: bytes) -> None: ...

    async def press(self, keys: str) -> None:
        self.pressed += keys

    def clear(self) -> None: ...

    async def leave(self) -> None:
        seats = self._stage.seats.get(self.name, [])
        if self in seats:
            seats.remove(self)


class LiveKitStage:
    """A LiveKit server with rooms in memory, and the call control that is tried."""

    def __init__(self) -> None:
        self.rooms: dict[str, dict[str, ParticipantInfo]] = {}
        self.seats: dict[str, list[MemoryRoom]] = {}
        self.asked: list[tuple[str, Any]] = []
        self.dials: Callable[[CreateSIPParticipantRequest], Any] = self.answers
        self.moves: Callable[[TransferSIPParticipantRequest], Any] = self.takes
        self.comes: Callable[[IncomingCall], Any] | None = None
        """What is done with a call that rings."""
        self.sent_for: dict[str, list[str]] = {}
        """What agents were told who were asked for in a room."""
        self.breaks = False
        """Take a request and break off before its answer."""
        self.told: list[tuple[str, str, int]] = []
        self.attached: list[str] = []
        self.url = ""

    # -- the desk -------------------------------------------------------------------------

    async def incoming(self, call: IncomingCall) -> None:
        if self.comes is not None:
            await self.comes(call)

    async def attach(self, token: str, link: MediaLink) -> None:
        self.attached.append(token)
        await asyncio.Event().wait()

    async def callback(self, token: str, event: CallEvent) -> None:
        self.told.append((token, event.type, event.code))

    async def until_told(self, *types: str) -> list[tuple[str, str, int]]:
        """Wait for these reports."""
        try:
            async with asyncio.timeout(20):
                while [kind for _, kind, _ in self.told] != list(types):
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"expected {types}, told was {self.told}") from None
        return self.told

    async def until_left(self) -> None:
        """Wait until we sit in no room."""
        async with asyncio.timeout(20):
            while any(self.seats.values()):
                await asyncio.sleep(0.01)

    # -- what SIP does --------------------------------------------------------------------

    def joins(self, room: str, identity: str, kind: int = SIP, **attributes: str) -> None:
        """Somebody comes into a room, or their attributes change."""
        named = {f"sip.{name}": value for name, value in attributes.items()}
        one = ParticipantInfo(identity=identity, kind=kind, attributes=named)  # pyright: ignore[reportArgumentType]
        here = self.rooms.setdefault(room, {})
        known, here[identity] = identity in here, one
        for seat in self.seats.get(room, ()):
            assert seat.events is not None
            (seat.events.on_changed if known else seat.events.on_joined)(_participant(one))

    def leaves(self, room: str, identity: str, reason: int = 1) -> None:
        """Somebody goes."""
        if self.rooms.get(room, {}).pop(identity, None) is None:
            raise Failure(404, "not_found", "participant does not exist")
        for seat in list(self.seats.get(room, ())):
            assert seat.events is not None
            seat.events.on_left(identity, reason)

    async def answers(self, call: CreateSIPParticipantRequest) -> None:
        """The phone rings a little and is taken up."""
        for status in ("dialing", "ringing", "active"):
            self.joins(call.room_name, call.participant_identity, callStatus=status)
            await asyncio.sleep(0.02)

    async def rings(self, call: CreateSIPParticipantRequest) -> None:
        """The phone rings until the room is ended."""
        self.joins(call.room_name, call.participant_identity, callStatus="ringing")
        while call.room_name in self.rooms:
            await asyncio.sleep(0.01)
        raise NO_ANSWER

    def does_not(self, failure: Failure) -> Callable[[CreateSIPParticipantRequest], Any]:
        """The phone comes into the room, and goes again."""

        async def dial(call: CreateSIPParticipantRequest) -> None:
            self.joins(call.room_name, call.participant_identity, callStatus="dialing")
            raise failure

        return dial

    async def takes(self, moved: TransferSIPParticipantRequest) -> None:
        """The other side takes the call; the phone leaves us."""
        self.joins(moved.room_name, moved.participant_identity, callStatus="hangup")
        self.leaves(moved.room_name, moved.participant_identity)

    # -- the wire -------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request of Twirp."""
        method, body = request.match_info["method"], await request.read()
        if self.breaks:
            self.asked.append((method, None))
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        try:
            answer = await self._answer(method, body)
        except Failure as failure:
            told = {"code": failure.code, "msg": failure.message, "meta": failure.meta}
            return web.json_response(told, status=failure.status)
        return web.Response(body=answer.SerializeToString(), content_type="application/protobuf")

    async def _answer(self, method: str, body: bytes) -> Message:
        request = _REQUESTS[method].FromString(body)
        self.asked.append((method, request))
        match request:
            case CreateRoomRequest():
                self.rooms.setdefault(request.name, {})
                return Room(name=request.name, sid="RM_1")
            case ListRoomsRequest():
                return ListRoomsResponse(rooms=[Room(name=name) for name in self.rooms])
            case ListAgentDispatchRequest():
                told = self.sent_for.get(request.room, [])
                return ListAgentDispatchResponse(agent_dispatches=[AgentDispatch(metadata=one) for one in told])
            case ListParticipantsRequest():
                return ListParticipantsResponse(participants=list(self._room(request.room).values()))
            case DeleteRoomRequest():
                for identity in list(self._room(request.room)):
                    self.leaves(request.room, identity, 5)
                del self.rooms[request.room]
                return DeleteRoomResponse()
            case RoomParticipantIdentity():
                self.leaves(request.room, request.identity, 4)
                return RemoveParticipantResponse()
            case CreateSIPParticipantRequest():
                await self.dials(request)
                return SIPParticipantInfo(room_name=request.room_name)
            case _:
                await self.moves(request)
                return Empty()

    def _room(self, name: str) -> dict[str, ParticipantInfo]:
        if name not in self.rooms:
            raise Failure(404, "not_found", "requested room does not exist")
        return self.rooms[name]

    def room_of(self, token: str) -> str:
        """The room that a token opens."""
        from livekit.api import TokenVerifier

        video = TokenVerifier("devkey", SECRET).verify(token).video
        assert video is not None
        return video.room


_REQUESTS: dict[str, Any] = {
    "CreateRoom": CreateRoomRequest,
    "ListRooms": ListRoomsRequest,
    "ListDispatch": ListAgentDispatchRequest,
    "ListParticipants": ListParticipantsRequest,
    "DeleteRoom": DeleteRoomRequest,
    "RemoveParticipant": RoomParticipantIdentity,
    "CreateSIPParticipant": CreateSIPParticipantRequest,
    "TransferSIPParticipant": TransferSIPParticipantRequest,
}
SECRET = "a secret that is long enough for a token"


def _participant(one: ParticipantInfo) -> Participant:
    return Participant(one.identity, one.kind, "PA_1", dict(one.attributes))


@asynccontextmanager
async def livekit_stage() -> AsyncGenerator[tuple[LiveKitStage, LiveKitCallControl, Rooms]]:
    """A stage, with call control and rooms that work with it."""
    stage = LiveKitStage()
    app = web.Application()
    app.router.add_post("/twirp/{service}/{method}", stage.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    stage.url = f"ws://{host}:{port}"
    access = LiveKitAccess(stage.url, "devkey", SECRET)
    rooms = Rooms(access, lambda: MemoryRoom(stage))
    rooms.serve(stage)
    control = LiveKitCallControl(LiveKitServer(access), rooms, trunk="ST_out", rings_s=5)
    try:
        yield stage, control, rooms
    finally:
        await control.close()
        await rooms.close()
        await runner.cleanup()
