"""LiveKit rooms without a server or network, and guests in them who act like those in real ones."""

import asyncio
import itertools
import math
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from guest import FRAME, LOUD, loudness, tone_frame

from backend.adapters.livekit.place import RoomPlace
from backend.adapters.livekit.room import AGENT, SIP, STANDARD, Participant, RoomEvents
from backend.errors import Unavailable

CLIENT_LEFT, DUPLICATE, REMOVED, ROOM_DELETED = 1, 2, 4, 5
FRAME_S = 0.02


class FakeServer:
    """Rooms by name."""

    def __init__(self) -> None:
        self.guests: dict[str, dict[str, FakeGuest]] = {}
        self.agents: dict[str, list[FakeRoom]] = {}
        self.numbers = itertools.count(1)
        self.door = asyncio.Event()
        """Who enters waits before it until it is open."""
        self.door.set()
        self.knocked = asyncio.Event()
        """Somebody is about to enter."""

    def room(self) -> "FakeRoom":
        """One that can be entered; its token is the name of the room."""
        return FakeRoom(self)

    async def put_out(self, place: RoomPlace) -> None:
        """Remove somebody."""
        self.guests[place.room][place.identity].out(REMOVED)

    def delete(self, room: str) -> None:
        """Close a room."""
        for one in list(self.guests.get(room, {}).values()):
            one.out(ROOM_DELETED)
        for agent in list(self.agents.get(room, [])):
            agent.out(ROOM_DELETED)


class FakeRoom:
    """``CallRoom``: plays what is sent at the pace at which it is heard."""

    def __init__(self, server: FakeServer) -> None:
        self.server = server
        self.name = ""
        self.wanted: set[str] = set()
        self.queue: deque[bytes] = deque()
        self.sends: list[bytes] = []
        self.gone = False
        self._events: RoomEvents | None = None
        self._player: asyncio.Task[None] | None = None

    @property
    def people(self) -> Sequence[Participant]:
        others = [one for one in self.server.agents.get(self.name, []) if one is not self]
        guests = [one.seen for one in self.server.guests.get(self.name, {}).values() if not one.hidden]
        return [*guests, *(Participant(f"agent-{number}", AGENT) for number, _ in enumerate(others))]

    @property
    def events(self) -> RoomEvents:
        assert self._events is not None
        return self._events

    async def join(self, url: str, token: str, events: RoomEvents) -> None:
        self.server.knocked.set()
        await self.server.door.wait()
        if token == "refused":
            raise Unavailable("calls", "the LiveKit room cannot be entered")
        self.name, self._events = _room_of(token), events
        self.server.agents.setdefault(self.name, []).append(self)

    async def publish(self) -> None:
        self._player = asyncio.get_running_loop().create_task(self._play())
        if self.server.guests.get(self.name):
            self.events.on_heard()

    def listen(self, track: str, *, on: bool) -> None:
        (self.wanted.add if on else self.wanted.discard)(track)

    async def send(self, pcm: bytes) -> None:
        if self.gone:
            raise Unavailable("calls", "the LiveKit room is gone")
        self.sends.append(pcm)
        self.queue.append(pcm)

    def clear(self) -> None:
        self.queue.clear()

    async def _play(self) -> None:
        loop, at = asyncio.get_running_loop(), asyncio.get_running_loop().time()
        while True:
            pcm = self.queue.popleft() if self.queue else bytes(FRAME * 2)
            for one in self.server.guests.get(self.name, {}).values():
                one.hear(pcm)
            at += FRAME_S
            await asyncio.sleep(max(0.0, at - loop.time()))

    def out(self, reason: int) -> None:
        """Be removed, or lose the connection for good."""
        self.gone = True
        self.server.agents[self.name].remove(self)
        self.events.on_closed(reason)

    def apart(self) -> None:
        """Lose the connection to a server that starts anew: nobody can be seen, and it knows nobody any more."""
        seen, self.server.guests[self.name] = self.people, {}
        for who in seen:
            self.events.on_away(who.identity)

    def back(self) -> None:
        """Have it again; the others come back by themselves, a little later."""
        self.events.on_back()

    async def press(self, keys: str) -> None:
        self.pressed = keys

    async def leave(self) -> None:
        self.gone = True
        if self in self.server.agents.get(self.name, []):
            self.server.agents[self.name].remove(self)
        if self._player is not None:
            self._player.cancel()
            await asyncio.gather(self._player, return_exceptions=True)


class FakeGuest:
    """One person in a fake room."""

    def __init__(self, server: FakeServer, room: str, identity: str) -> None:
        self.server, self.room_name, self.identity = server, room, identity
        self.heard: list[tuple[float, float]] = []
        self.gone = asyncio.Event()
        self.hidden = False
        self.kind = STANDARD
        self.attributes: Mapping[str, str] = {}
        self.sid = ""
        self.tracks: list[str] = []
        self.muted = False

    @property
    def seen(self) -> Participant:
        """As others see them."""
        return Participant(self.identity, self.kind, self.sid, dict(self.attributes), tuple(self.tracks))

    async def join(
        self, *, kind: str = "standard", attributes: Mapping[str, str] | None = None, hidden: bool = False
    ) -> None:
        here = self.server.guests.setdefault(self.room_name, {})
        if (other := here.get(self.identity)) is not None:
            other.out(DUPLICATE)
        self.kind = SIP if kind == "sip" else STANDARD
        self.attributes, self.hidden = attributes or {}, hidden
        self.sid = f"PA_{next(self.server.numbers)}"
        here[self.identity] = self
        for events in self._told():
            events.on_joined(self.seen)
            events.on_heard()

    def _told(self) -> list[RoomEvents]:
        return [] if self.hidden else [agent.events for agent in self.server.agents.get(self.room_name, [])]

    async def publish(self) -> None:
        self.tracks.append(f"TR_{next(self.server.numbers)}")
        for events in self._told():
            events.on_track(self.identity, self.tracks[-1])

    async def unpublish(self) -> None:
        track = self.tracks.pop()
        for events in self._told():
            events.on_track_gone(self.identity, track)

    def mute(self, *, on: bool) -> None:
        """Send nothing for a while, of the microphone that is there."""
        self.muted = on

    async def hum(self, frequency: float, seconds: float) -> None:
        track, loop, at = self.tracks[-1], asyncio.get_running_loop(), asyncio.get_running_loop().time()
        for number in range(int(seconds / FRAME_S)):
            for agent in self.server.agents.get(self.room_name, []):
                if track in agent.wanted and not self.muted:
                    agent.events.on_audio(track, tone_frame(frequency, number))
            at += FRAME_S
            await asyncio.sleep(max(0.0, at - loop.time()))

    async def press(self, digits: str) -> None:
        for digit in digits:
            for events in self._told():
                events.on_tone(self.identity, digit)

    async def change(self, attributes: Mapping[str, str]) -> None:
        self.attributes = {**self.attributes, **attributes}
        for events in self._told():
            events.on_changed(self.seen)

    def hear(self, pcm: bytes) -> None:
        """20 ms of the agent's voice."""
        self.heard.append((asyncio.get_running_loop().time(), loudness(pcm)))

    async def until_heard(self, after: float = 0.0, limit_s: float = 20.0) -> float:
        async with asyncio.timeout(limit_s):
            while True:
                for at, loud in self.heard:
                    if at > after and loud > LOUD:
                        return at
                await asyncio.sleep(0.01)

    @property
    def last_heard(self) -> float:
        return next((at for at, loud in reversed(self.heard) if loud > LOUD), -math.inf)

    async def leave(self) -> None:
        self.out(CLIENT_LEFT)

    def out(self, reason: int) -> None:
        """Be gone."""
        here: dict[str, Any] = self.server.guests.get(self.room_name, {})
        if here.get(self.identity) is self:
            del here[self.identity]
            for events in self._told():
                events.on_left(self.identity, reason)
        self.gone.set()


def _room_of(token: str) -> str:
    """The room that a token opens; the token may be its name."""
    if token.count(".") != 2:
        return token
    return jwt.decode(token, options={"verify_signature": False})["video"]["room"]
