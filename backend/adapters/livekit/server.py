"""LiveKit's API by ``livekit-api``: rooms, jobs, and calls of its SIP service."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import ClientTimeout
from google.protobuf.duration_pb2 import Duration
from livekit.api import LiveKitAPI, ServerError, SipCallError
from livekit.protocol.agent_dispatch import AgentDispatch, CreateAgentDispatchRequest
from livekit.protocol.models import ParticipantInfo
from livekit.protocol.room import (
    CreateRoomRequest,
    DeleteRoomRequest,
    ListParticipantsRequest,
    ListRoomsRequest,
    RoomParticipantIdentity,
)
from livekit.protocol.sip import CreateSIPParticipantRequest, SIPTransferStatus, TransferSIPParticipantRequest

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.faults import PROVIDER, once
from backend.adapters.livekit.place import ROLE, UP, RoomPlace, connection_of
from backend.domain.session_plan import SessionPlan
from backend.errors import CallNotFound, ProviderRejected

__all__ = ["ANSWERED", "CALLER", "NO_ANSWER", "Dial", "LiveKitServer", "require_trunk"]

ANSWERED, NO_ANSWER, _FAILED = 200, 408, 500
"""SIP statuses of outcomes (RFC 3261 21): of those who answer, of those who do not, and where nobody said which."""

_CALLERS = (ParticipantInfo.Kind.STANDARD, ParticipantInfo.Kind.SIP)
CALLER = "caller"
"""Identity of whoever is called into a room of ours."""
_LIMIT_S = 5.0
_NOBODY_CAME_S, _ALL_LEFT_S = 120, 10
"""A room of ours is given up by LiveKit when nobody has come, or everybody has left, for so many seconds."""


@dataclass(frozen=True, slots=True)
class Dial:
    """A call over a SIP trunk into a room."""

    room: str
    to: str = field(repr=False)
    trunk: str
    number: str = field(default="", repr=False)
    """The number that it comes from; empty: the trunk's."""
    identity: str = CALLER
    """Of the participant that it becomes; their number stays out of it."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    rings_s: int = 60


class LiveKitServer:
    """One LiveKit server, asked with our key. Connected when it is first asked."""

    def __init__(self, access: LiveKitAccess) -> None:
        self._access = access
        self._made: LiveKitAPI | None = None

    @property
    def api(self) -> LiveKitAPI:
        """The client. Nothing is repeated by it elsewhere: what rings twice cannot be taken back."""
        if self._made is None:
            limit = ClientTimeout(total=_LIMIT_S)
            access = self._access
            self._made = LiveKitAPI(access.web_url, access.key, access.secret, timeout=limit, failover=False)
        return self._made

    async def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()  # pyright: ignore[reportUnknownMemberType]

    async def make_room(self, name: str) -> None:
        """Make a room that LiveKit gives up by itself when nobody is there. Raises ``ProviderError``."""
        wanted = CreateRoomRequest(name=name, empty_timeout=_NOBODY_CAME_S, departure_timeout=_ALL_LEFT_S)
        await once(lambda: self.api.room.create_room(wanted))

    async def room_of(self, connection_id: str) -> str:
        """The room of a call. Reads all rooms, so not for every day.

        Raises:
            CallNotFound: there is no such room any more.
            ProviderError: that cannot be asked.
        """
        listed = await once(lambda: self.api.room.list_rooms(ListRoomsRequest()))
        room = next((one.name for one in listed.rooms if connection_of(one.name) == connection_id), None)
        if room is None:
            raise CallNotFound("the call's room has ended")
        return room

    async def place_of(self, connection_id: str) -> RoomPlace:
        """Where a call is that another worker had. Asks for as much as ``room_of``.

        Raises:
            CallNotFound: there is no such room any more, or the caller has left it.
            ProviderError: that cannot be asked.
        """
        room = await self.room_of(connection_id)
        people = await self.people(room)
        callers = [one for one in people if one.kind in _CALLERS and not one.attributes.get(ROLE)]
        if not callers:
            raise CallNotFound("the caller has left the room")
        if len(callers) > 1:
            callers = await self._expected(room, callers)
        caller = min(callers, key=lambda one: (one.kind != ParticipantInfo.Kind.SIP, one.joined_at_ms))
        phone = caller.kind == ParticipantInfo.Kind.SIP
        return RoomPlace(room, caller.identity, phone, caller.attributes.get("sip.callStatus", "active") in UP)

    async def _expected(self, room: str, people: list[ParticipantInfo]) -> list[ParticipantInfo]:
        """Those for whom an agent was sent there; all of them where it was for nobody by name. Raises like ``people``.

        Others may be in a room that an application named, and may have come first.
        """
        named = {SessionPlan.told(one.metadata).caller for one in await self.dispatches(room)}
        return [one for one in people if one.identity in named] or people

    async def newest_rooms(self, most: int) -> list[str]:
        """Names of the rooms that were made last; how many are in them is known to the server's list too late.

        Raises:
            ProviderError: that cannot be asked.
        """
        listed = await once(lambda: self.api.room.list_rooms(ListRoomsRequest()))
        return [one.name for one in sorted(listed.rooms, key=lambda one: -one.creation_time_ms)[:most]]

    async def dispatches(self, room: str) -> list[AgentDispatch]:
        """Agents that were asked for in a room, the oldest first. Raises like ``people``."""
        listed = await once(lambda: self.api.agent_dispatch.list_dispatch(room_name=room))
        return sorted(listed, key=lambda one: one.state.created_at)

    async def people(self, room: str) -> list[ParticipantInfo]:
        """Who is in a room.

        Raises:
            CallNotFound: there is no such room.
            ProviderError: that cannot be asked.
        """
        listed = await once(lambda: self.api.room.list_participants(ListParticipantsRequest(room=room)))
        return list(listed.participants)

    async def delete_room(self, room: str) -> None:
        """End a room for everybody. Raises like ``people``."""
        await once(lambda: self.api.room.delete_room(DeleteRoomRequest(room=room)))

    async def remove(self, place: RoomPlace) -> None:
        """Put a caller out of a room; a phone hangs up. Raises like ``people``."""
        wanted = RoomParticipantIdentity(room=place.room, identity=place.identity)
        await once(lambda: self.api.room.remove_participant(wanted))

    async def dispatch(self, room: str, agent: str, metadata: str) -> str:
        """Have a worker sent into a room, which is made if need be; the id of that. Raises ``ProviderError``."""
        wanted = CreateAgentDispatchRequest(room=room, agent_name=agent, metadata=metadata)
        return (await once(lambda: self.api.agent_dispatch.create_dispatch(wanted))).id

    async def dial(self, call: Dial) -> int:
        """Call somebody into a room; the SIP status when they have answered, or will not.

        Raises:
            ProviderError: it could not be tried, as without such a trunk; after ``TimedOut`` nobody knows.
        """
        wanted = CreateSIPParticipantRequest(
            sip_trunk_id=call.trunk,
            sip_call_to=call.to,
            sip_number=call.number,
            room_name=call.room,
            participant_identity=call.identity,
            headers=call.headers,
            ringing_timeout=Duration(seconds=call.rings_s),
            wait_until_answered=True,
        )

        async def ask() -> int:
            try:
                await self.api.sip.create_sip_participant(wanted)
            except ServerError as error:
                if error.code == "not_found" and not isinstance(error, SipCallError):
                    raise ProviderRejected(PROVIDER, f"LiveKit has no outbound trunk {call.trunk}") from error
                return _status(error)
            return ANSWERED

        return await once(ask)

    async def transfer(self, place: RoomPlace, to: str, headers: Mapping[str, str], rings_s: int) -> int:
        """Have a phone call somebody else instead of us (REFER); the SIP status of what came of it.

        Raises:
            CallNotFound: there is no such room or phone.
            ProviderError: it could not be tried; after ``TimedOut`` nobody knows.
        """
        wanted = TransferSIPParticipantRequest(
            room_name=place.room,
            participant_identity=place.identity,
            transfer_to=f"tel:{to}",
            headers=headers,
            ringing_timeout=Duration(seconds=rings_s),
        )

        async def ask() -> int:
            try:
                told = await self.api.sip.transfer_sip_participant(wanted)
            except ServerError as error:
                return _status(error)
            # Servers up to 1.13 tell nothing where it went well, which reads as status 0.
            return _FAILED if told.status == SIPTransferStatus.STS_TRANSFER_FAILED else ANSWERED

        return await once(ask)


def _status(error: ServerError) -> int:
    """How the other side took a call. Raises the error where it is not about that."""
    if isinstance(error, SipCallError):
        return error.sip_status_code or _FAILED
    if error.code in ("canceled", "deadline_exceeded"):  # the ringing was given up (1.13.5 says no more of it)
        return NO_ANSWER
    raise error


def require_trunk(trunk: str) -> str:
    """The trunk that a call leaves by.

    Raises:
        ProviderRejected: none is named.
    """
    if not trunk:
        raise ProviderRejected(PROVIDER, "no outbound trunk: name one on the line, or set LIVEKIT_OUTBOUND_TRUNK")
    return trunk
