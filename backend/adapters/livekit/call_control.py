"""Call control of rooms and SIP phones by the API of a LiveKit server."""

import contextlib
from collections.abc import Mapping

from livekit import api
from livekit.protocol.room import RoomParticipantIdentity

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.place import RoomPlace
from backend.adapters.livekit.rooms import Rooms
from backend.domain.call import CallConnection, IncomingCall
from backend.errors import ProviderRejected, Unavailable

__all__ = ["LiveKitCallControl"]

_PROVIDER = "calls"


class LiveKitCallControl:
    """``CallControl`` on LiveKit.

    Args:
        rooms: in which this worker is.
    """

    def __init__(self, access: LiveKitAccess, rooms: Rooms) -> None:
        self._access = access
        self._rooms = rooms
        self._client: api.LiveKitAPI | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    @property
    def _api(self) -> api.LiveKitAPI:
        if self._client is None:
            self._client = api.LiveKitAPI(self._access.web_url, self._access.key, self._access.secret)
        return self._client

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Publish our voice, which a phone takes for the answer, and listen to the caller."""
        return await self._rooms.answer(call.context, token)

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Remove the caller from the room."""
        await self._remove(self._rooms.ringing(call.context).place)

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Send a ringing call elsewhere."""
        raise ProviderRejected(_PROVIDER, "not yet")

    async def create(self, *, to: str, token: str) -> CallConnection:
        """Place a call."""
        raise ProviderRejected(_PROVIDER, "not yet")

    async def transfer(self, connection_id: str, *, to: str, context: Mapping[str, str], token: str) -> None:
        """Ask for a transfer."""
        raise ProviderRejected(_PROVIDER, "not yet")

    async def hang_up(self, connection_id: str) -> None:
        """Remove the caller from the room: a phone is hung up by it."""
        await self._remove(RoomPlace.of(connection_id))

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Enter the room again."""
        await self._rooms.enter(RoomPlace.of(connection_id), token)

    async def say(self, connection_id: str, text: str, voice: str) -> None:
        """LiveKit has no voice of its own."""
        raise ProviderRejected(_PROVIDER, "a LiveKit server says nothing by itself")

    async def _remove(self, place: RoomPlace) -> None:
        wish = RoomParticipantIdentity(room=place.room, identity=place.identity)
        try:
            with contextlib.suppress(api.TwirpError):
                await self._api.room.remove_participant(wish)
        except Exception as error:
            raise Unavailable(_PROVIDER, "the LiveKit server cannot be reached") from error
