"""Call control by LiveKit: its SIP service calls, transfers and hangs up; we answer by being heard in the room.

A phone rings until somebody is heard in its room, so taking a call up is being heard there, and refusing it is putting
the phone out of it. A placed call gets a room of its own first, with us in it, and is called into that.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine, Mapping
from typing import Any

from backend.adapters.livekit.faults import PROVIDER
from backend.adapters.livekit.place import OUR_ROOMS, RoomPlace
from backend.adapters.livekit.room_call import RoomCall
from backend.adapters.livekit.rooms import Rooms
from backend.adapters.livekit.server import ANSWERED, CALLER, Dial, LiveKitServer, require_trunk
from backend.adapters.livekit.sip_headers import sip_headers
from backend.domain.call import CallConnection, IncomingCall, WayOut
from backend.errors import CallNotFound, CallRefused, ProviderError, ProviderRejected, RingmasterError

__all__ = ["LiveKitCallControl"]

_AT_ONCE_S = 1.5
"""What cannot be tried at all is said within this time: without a SIP service after a second (server 1.13.5)."""
_TRANSFER_RINGS_S = 30
_GONE, _BROKE = 410, 500
"""SIP statuses (RFC 3261 21): the caller was gone; the server failed."""


class LiveKitCallControl:
    """``CallControl`` on LiveKit.

    Args:
        server: LiveKit's API.
        rooms: those that this worker is in.
        trunk: outbound trunk of calls whose line names none; empty: they cannot be placed.
        rings_s: so long somebody's phone rings.
    """

    def __init__(self, server: LiveKitServer, rooms: Rooms, *, trunk: str = "", rings_s: int = 60) -> None:
        self._server = server
        self._rooms = rooms
        self._trunk = trunk
        self._rings_s = rings_s
        self._tasks: set[asyncio.Task[Any]] = set()

    async def close(self) -> None:
        """Stop waiting for what is under way; LiveKit ends the rooms that nobody is in."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.close()

    async def check(self) -> None:
        """Does the server take our key? Asks for a room that there is not. Raises ``ProviderError`` if not."""
        with contextlib.suppress(CallNotFound):
            await self._server.place_of("LK_none")

    # -- calls that come ------------------------------------------------------------------

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Publish our voice, which a phone takes for the answer, and listen to the caller."""
        return await self._rooms.answer(call.context, token)

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Put the caller out of the room: a phone hears that it was not taken. There is one way to say so."""
        await self._end(self._rooms.ringing(call.context).place)

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Send a ringing phone elsewhere. LiveKit moves only who was answered, so nobody speaks for that moment.

        A phone that cannot be moved is put out of the room, rather than left in it with nobody.
        """
        room = self._rooms.ringing(call.context)
        place = room.place
        try:
            if not place.phone:
                raise ProviderRejected(PROVIDER, "only a phone call can be redirected to another number")
            await room.answer()
            status = await self._server.transfer(place, to, {}, _TRANSFER_RINGS_S)
            if status != ANSWERED:
                raise ProviderRejected(PROVIDER, f"the other number did not take the call: SIP {status}")
        except RingmasterError:
            await self._end(place)
            raise
        finally:
            await room.leave()

    # -- calls that are placed ------------------------------------------------------------

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Call somebody into a room of their own, in which we wait for them."""
        trunk = require_trunk(out.trunk or self._trunk)
        place = RoomPlace(OUR_ROOMS + secrets.token_hex(8), CALLER, phone=True)
        call = Dial(place.room, to, trunk, out.number, headers=sip_headers(out.headers), rings_s=self._rings_s)
        room: RoomCall | None = None
        try:
            await self._server.make_room(place.room)
            room = await self._rooms.prepare(place)
            dialing = self._spawn(self._server.dial(call))
            await self._tried(dialing)
        except BaseException:
            await asyncio.shield(self._give_up(place, room))
            raise
        self._spawn(self._follow_dial(dialing, place, room, token))
        self._spawn(self._rooms.connect(room, token, self._rings_s + _AT_ONCE_S))
        return CallConnection(place.id)

    async def _follow_dial(self, dialing: asyncio.Task[int], place: RoomPlace, room: RoomCall, token: str) -> None:
        """Whoever answers is noticed in the room; here it is told why nobody did."""
        status = await _status(dialing)
        if status != ANSWERED:
            await self._rooms.reports.not_reached(token, place.id, status)
            await self._give_up(place, room)

    async def _give_up(self, place: RoomPlace, room: RoomCall | None) -> None:
        try:
            await self._end(place)
        finally:
            if room is not None:
                await room.leave()

    # -- calls under way ------------------------------------------------------------------

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Have the caller's phone call another number instead of us (REFER). Who came by a browser has no phone."""
        place = await self._place(connection_id)
        if not place.phone:
            raise ProviderRejected(
                PROVIDER, "this caller did not come by phone, so they cannot be transferred to a number"
            )
        if not place.up:
            raise CallRefused("LiveKit cannot transfer this call now: it still rings")
        reports = self._rooms.reports
        if not reports.moving(connection_id, operation):
            raise CallRefused("LiveKit cannot transfer this call now: it is being transferred")
        moving = self._spawn(self._server.transfer(place, to, sip_headers(context), _TRANSFER_RINGS_S))
        try:
            await self._tried(moving)
        except BaseException:
            reports.not_tried(connection_id, operation)
            raise
        self._spawn(self._follow_transfer(moving, token, connection_id, operation))

    async def _follow_transfer(self, moving: asyncio.Task[int], token: str, connection_id: str, operation: str) -> None:
        await self._rooms.reports.moved(token, connection_id, operation, await _status(moving))

    async def hang_up(self, connection_id: str) -> None:
        """End the call for everyone: a phone is put out of its room, and a room of ours is ended.

        What the caller is being told is heard to its end first, which is 0.3 s at most.
        """
        if (room := self._rooms.call_of(connection_id)) is not None:
            await room.link.heard_out()
        try:
            await self._end(await self._place(connection_id))
        except CallNotFound:
            return

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Be in the call's room again, or instead of a worker that died."""
        await self._rooms.enter(await self._place(connection_id), token)

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        """LiveKit has no voice of its own."""
        raise ProviderRejected(PROVIDER, "a LiveKit server cannot play a phrase by itself")

    async def press(self, connection_id: str, keys: str, *, to: str) -> None:
        """Press keys for whoever is in the room to hear; a phone's network plays them to it."""
        room = self._rooms.call_of(connection_id)
        if room is None:
            raise CallNotFound("the call is not at this worker")
        await room.press(keys)

    async def _place(self, connection_id: str) -> RoomPlace:
        """Where a call is, also one that another worker had. Raises ``CallNotFound`` where it is over."""
        room = self._rooms.call_of(connection_id)
        return room.place if room is not None else await self._server.place_of(connection_id)

    async def _end(self, place: RoomPlace) -> None:
        """End a call: its room where that is ours, the caller's part in it else; others may be in that."""
        try:
            if place.ours:
                await self._server.delete_room(place.room)
            else:
                await self._server.remove(place)
        except CallNotFound:
            return

    # -- what takes its time --------------------------------------------------------------

    @staticmethod
    async def _tried(task: asyncio.Task[int]) -> None:
        """Wait for what is known at once. Raises what makes it impossible; how somebody took it is told later."""
        done, _ = await asyncio.wait([task], timeout=_AT_ONCE_S)
        if done:
            task.result()

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name="livekit-call")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _status(task: asyncio.Task[int]) -> int:
    """The SIP status of what ends later; of what broke off, as of a server that is at fault."""
    try:
        return await task
    except CallNotFound:
        return _GONE
    except ProviderError:
        return _BROKE
