"""One room with one caller, from our entering it to our leaving it."""

import asyncio
import contextlib
import logging

from backend.adapters.livekit.caller import caller_among, is_caller, is_up
from backend.adapters.livekit.media_link import RoomMediaLink
from backend.adapters.livekit.place import RoomPlace
from backend.adapters.livekit.room import AGENT, SIP, CallRoom, Participant
from backend.adapters.livekit.steps import Steps

__all__ = ["RoomCall"]

log = logging.getLogger(__name__)

_RETURN_S = 10.0
"""Who lost the connection, or loads the page anew, is waited for so long."""
_UP_LIMIT_S = 5.0
"""So long a phone may take to be up once we are there; then the call begins all the same."""
_MEANT = frozenset({1, 4, 5, 10, 11, 12, 13})
"""``DisconnectReason`` of those who do not come back: they hung up, were removed, the room closed, SIP failed."""
_ROOM_OVER = frozenset({4, 5, 10})
"""And of ours: we were removed, the room was deleted or closed. After anything else we may come back."""


class RoomCall:
    """Listens to what a room reports (``RoomEvents``), and tells what of it concerns the caller.

    Args:
        name: of the room.
        wanted: the caller's identity, where it is known.
    """

    def __init__(self, room: CallRoom, name: str, wanted: str = "") -> None:
        self._room = room
        self._wanted = wanted
        self._loop = asyncio.get_running_loop()
        self._came = asyncio.Event()
        self._up = asyncio.Event()
        self._heard = asyncio.Event()
        self._returns: asyncio.TimerHandle | None = None
        self.name = name
        self.caller: Participant | None = None
        self.link = RoomMediaLink(room)
        self.hung_up = asyncio.Event()
        """The caller is gone for good, or the room is."""
        self.left = asyncio.Event()
        """We are."""
        self.answered = False
        self.steps = Steps()
        """The room is entered, the caller comes, the desk takes them, our voice is published, and they hear it."""

    @property
    def place(self) -> RoomPlace:
        """Where the call is. Only once the caller is known."""
        assert self.caller is not None
        return RoomPlace(self.name, self.caller.identity, self.caller.kind == SIP)

    async def join(self, url: str, token: str, wait_s: float) -> Participant | None:
        """Enter, and wait for the caller; ``None`` where nobody comes in time.

        Raises:
            ProviderError: the room cannot be entered.
        """
        await self._room.join(url, token, self)
        self.steps.done("enter")
        if (who := caller_among(self._room.people, self._wanted)) is not None:
            self._take(who)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await _first(self._came, self.hung_up)
        self.steps.done("caller")
        return None if self.hung_up.is_set() else self.caller

    async def answer(self, up_s: float = _UP_LIMIT_S) -> None:
        """Take up the call: our voice is there, the caller is listened to, and can hear the first word.

        Args:
            up_s: so long it is waited for the caller to be up.

        Raises:
            ProviderError: our voice cannot be had.
        """
        self.answered = True
        self.steps.done("take")
        self.link.open()
        try:
            await self._room.publish()
        except BaseException:
            self.answered = False  # it was not; whoever has the job leaves the room again
            raise
        self.steps.done("publish")
        await self.wait_up(up_s)
        self.steps.done("up")

    async def wait_up(self, limit_s: float) -> None:
        """Wait until the caller can be spoken with, is gone, or the time is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await self._until_up()

    async def _until_up(self) -> None:
        """A phone is up when it says so, and who is in a browser when they have subscribed to our voice."""
        await _first(self.hung_up, self._up)
        await _first(self.hung_up, self._heard)

    @property
    def up(self) -> bool:
        """Is the caller there, and can be spoken with?"""
        return self._up.is_set() and not self.hung_up.is_set()

    @property
    def attended(self) -> bool:
        """Is another agent in the room, who speaks with the caller?"""
        return any(who.kind == AGENT for who in self._room.people)

    async def press(self, keys: str) -> None:
        """Press keys of a telephone for the caller's side to hear. Raises ``ProviderError`` where they cannot be."""
        await self._room.press(keys)

    async def leave(self) -> None:
        """Go."""
        self._stop_waiting()
        self.link.end()
        await self._room.leave()
        self.left.set()

    async def until_over(self) -> bool:
        """Wait until the caller has gone for good; false where we have left before."""
        await _first(self.hung_up, self.left)
        return self.hung_up.is_set()

    # -- what the room reports ------------------------------------------------------------

    def on_joined(self, who: Participant) -> None:
        """Somebody came, or came back."""
        if self.caller is None and is_caller(who, self._wanted):
            self._take(who)
        elif self.caller is not None and who.identity == self.caller.identity:
            self._stop_waiting()
            self._take(who)

    def on_left(self, identity: str, reason: int) -> None:
        """Somebody is gone."""
        caller = self.caller
        if caller is None or identity != caller.identity:
            return
        self.link.on_left()
        if reason in _MEANT or caller.kind == SIP:
            self._hang_up()
        else:
            self._await_return()

    def on_away(self, identity: str) -> None:
        """Somebody cannot be seen, since we have lost the connection ourselves. A phone may still be there, too."""
        if self._is_caller(identity):
            self.link.on_left()

    def on_back(self) -> None:
        """We have the connection again, and the caller may need as long."""
        if self.caller is not None and not any(self._is_caller(who.identity) for who in self._room.people):
            self._await_return()

    def on_changed(self, who: Participant) -> None:
        """Somebody's attributes are others now."""
        caller = self.caller
        if caller is None:
            self.on_joined(who)
        elif who.identity == caller.identity:
            self._note(who)

    def on_track(self, identity: str, track: str) -> None:
        """Somebody publishes a microphone."""
        if self._is_caller(identity):
            self.link.on_track(track)

    def on_track_gone(self, identity: str, track: str) -> None:
        """Somebody publishes it no longer."""
        if self._is_caller(identity):
            self.link.on_track_gone(track)

    def on_audio(self, track: str, pcm: bytes) -> None:
        """20 ms of a microphone."""
        self.link.on_audio(track, pcm)

    def on_tone(self, identity: str, tone: str) -> None:
        """Somebody pressed a key."""
        if self._is_caller(identity):
            self.link.on_tone(tone)

    def on_heard(self) -> None:
        """Somebody has subscribed to our voice."""
        self._heard.set()

    def on_closed(self, reason: int) -> None:
        """We are out."""
        if reason in _ROOM_OVER:
            self._hang_up()  # the desk is told before the link ends, so that it need not guess why
        else:
            self.link.end()

    # -- the caller -----------------------------------------------------------------------

    def _is_caller(self, identity: str) -> bool:
        return self.caller is not None and identity == self.caller.identity

    def _take(self, who: Participant) -> None:
        self._note(who)
        for track in who.tracks:
            self.link.on_track(track)
        self._came.set()

    def _note(self, who: Participant) -> None:
        self.caller = who
        if self.link.captions is not None:
            self.link.captions.of(who.identity)
        if is_up(who):
            self._up.set()
        if who.kind == SIP and who.attributes.get("sip.callStatus") == "hangup":
            self._hang_up()

    def _hang_up(self) -> None:
        self._stop_waiting()
        self.hung_up.set()

    def _await_return(self) -> None:
        if self._returns is None:
            self._returns = self._loop.call_later(_RETURN_S, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._returns is not None:
            self._returns.cancel()
            self._returns = None


async def _first(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
