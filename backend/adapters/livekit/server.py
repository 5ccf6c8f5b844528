"""LiveKit's API by ``livekit-api``: rooms, jobs, and calls of its SIP service."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import ClientTimeout
from google.protobuf.duration_pb2 import Duration
from livekit.api import LiveKitAPI, ServerError, SipCallError
from livekit.protocol.agent_dispatch import CreateAgentDispatchRequest
from livekit.protocol.models import ParticipantInfo
from livekit.protocol.room import (
    CreateRoomRequest,
    DeleteRoomRequest,
    ListParticipantsRequest,
    ListRoomsRequest,
    RoomParticipantIdentity,
)
from livekit.protocol.sip import CreateSIPParticipantRequest, SIPTransferStatus, TransferSIPParticipantRequest

from backend.adapters.livekit.faults import once
from backend.errors import ProviderRejected

__all__ = ["ANSWERED", "NO_ANSWER", "Dial", "LiveKitServer", "require_trunk"]

ANSWERED, NO_ANSWER, _FAILED = 200, 408, 500
"""SIP statuses of outcomes (RFC 3261 21): of those who answer, of those who do not, and where nobody said which."""

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
    identity: str = "caller"
    """Of the participant that it becomes; their number stays out of it."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    rings_s: int = 60


class LiveKitServer:
    """One LiveKit server and our key for it. Connected when it is first asked.

    Args:
        url: ``wss://`` or ``https://`` address.
        key: name of the API key.
        secret: its secret.
    """

    def __init__(self, url: str, key: str, secret: str) -> None:
        self._url, self._key, self._secret = url, key, secret
        self._made: LiveKitAPI | None = None

    def __repr__(self) -> str:
        return f"LiveKitServer({self._url!r})"

    @property
    def api(self) -> LiveKitAPI:
        """The client. Nothing is repeated by it elsewhere: what rings twice cannot be taken back."""
        if self._made is None:
            limit = ClientTimeout(total=_LIMIT_S)
            self._made = LiveKitAPI(self._url, self._key, self._secret, timeout=limit, failover=False)
        return self._made

    async def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()  # pyright: ignore[reportUnknownMemberType]

    async def make_room(self, name: str) -> str:
        """Make a room that LiveKit gives up by itself when nobody is there; its ``sid``. Raises ``ProviderError``."""
        wanted = CreateRoomRequest(name=name, empty_timeout=_NOBODY_CAME_S, departure_timeout=_ALL_LEFT_S)
        return (await once(lambda: self.api.room.create_room(wanted))).sid

    async def name_of(self, sid: str) -> str | None:
        """The name of a room; ``None``: there is none. Reads all rooms: for what another worker began."""
        listed = await once(lambda: self.api.room.list_rooms(ListRoomsRequest()))
        return next((room.name for room in listed.rooms if room.sid == sid), None)

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

    async def remove(self, room: str, identity: str) -> None:
        """Put somebody out of a room; a phone hangs up. Raises like ``people``."""
        wanted = RoomParticipantIdentity(room=room, identity=identity)
        await once(lambda: self.api.room.remove_participant(wanted))

    async def dispatch(self, room: str, agent: str, metadata: str) -> str:
        """Have a worker sent into a room, which is made if need be; the id of that. Raises ``ProviderError``."""
        wanted = CreateAgentDispatchRequest(room=room, agent_name=agent, metadata=metadata)
        return (await once(lambda: self.api.agent_dispatch.create_dispatch(wanted))).id

    async def dial(self, call: Dial) -> int:
        """Call somebody into a room; the SIP status when they have answered, or will not.

        Raises:
            ProviderError: it could not be tried; after ``TimedOut`` nobody knows.
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
                return _status(error)
            return ANSWERED

        return await once(ask)

    async def transfer(self, room: str, identity: str, to: str, headers: Mapping[str, str], rings_s: int) -> int:
        """Have a phone call somebody else instead of us (REFER); the SIP status of what came of it.

        Raises:
            CallNotFound: there is no such room or phone.
            ProviderError: it could not be tried; after ``TimedOut`` nobody knows.
        """
        wanted = TransferSIPParticipantRequest(
            room_name=room,
            participant_identity=identity,
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
        raise ProviderRejected("calls", "no outbound trunk: name one on the line, or set LIVEKIT_OUTBOUND_TRUNK")
    return trunk
