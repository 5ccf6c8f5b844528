"""Somebody in a real LiveKit room: joins, speaks, hears, and leaves; and the token that lets them in."""

import asyncio
import math
import struct
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from livekit import api, rtc

from local_azure.livekit.server_process import LiveKitServer

RATE = 16_000
FRAME = RATE // 50
LOUD = 500
"""Root mean square of a frame in which somebody speaks."""


def tone_frame(frequency: float, number: int, level: int = 8000) -> bytes:
    """20 ms of a tone, in step with the frames before it."""
    start = number * FRAME
    return b"".join(
        struct.pack("<h", int(level * math.sin(2 * math.pi * frequency * (start + i) / RATE))) for i in range(FRAME)
    )


def loudness(pcm: bytes) -> float:
    """Root mean square of 16-bit samples."""
    samples = memoryview(pcm).cast("h")
    return math.sqrt(sum(one * one for one in samples) / max(1, len(samples)))


def token(
    server: LiveKitServer,
    room: str,
    identity: str,
    *,
    kind: str = "standard",
    attributes: Mapping[str, str] | None = None,
    hidden: bool = False,
    asks_for: str = "",
) -> str:
    """Lets one person into one room, which asks for the agent of that name when it is made by their coming."""
    made = api.AccessToken(server.api_key, server.api_secret).with_identity(identity).with_kind(kind)  # pyright: ignore
    grants = api.VideoGrants(room_join=True, room=room, hidden=hidden, can_update_own_metadata=True)
    if asks_for:
        made = made.with_room_config(api.RoomConfiguration(agents=[api.RoomAgentDispatch(agent_name=asks_for)]))
    return made.with_grants(grants).with_attributes(dict(attributes or {})).with_ttl(timedelta(minutes=5)).to_jwt()


class Guest:
    """One person in a room."""

    def __init__(self, server: LiveKitServer, room: str, identity: str) -> None:
        self.server, self.room_name, self.identity = server, room, identity
        self.room = rtc.Room()
        self.heard: list[tuple[float, float]] = []
        """When each 20 ms frame of others came (``time.monotonic``), and how loud it was."""
        self.pcm = bytearray()
        self.voices: set[str] = set()
        """Who of the others was heard to make a sound."""
        self.gone = asyncio.Event()
        self.why = 0
        self._moved = asyncio.Event()
        self._source: rtc.AudioSource | None = None
        self._track: rtc.LocalAudioTrack | None = None
        self._publication: rtc.LocalTrackPublication | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def join(self, **claims: Any) -> None:
        """Enter the room."""
        await self.enter(self.server.url, token(self.server, self.room_name, self.identity, **claims))

    async def enter(self, url: str, token: str) -> None:
        """Enter the room with a pass that somebody gave."""
        self.room.on("track_subscribed", self._subscribed)
        self.room.on("disconnected", self._left)
        for event in ("participant_connected", "participant_disconnected"):
            self.room.on(event, self._someone_moved)
        await self.room.connect(url, token)

    def _someone_moved(self, _who: rtc.RemoteParticipant) -> None:
        self._moved.set()

    def _left(self, reason: int) -> None:
        self.why = reason
        self.gone.set()

    def _subscribed(self, track: rtc.Track, _publication: object, who: rtc.RemoteParticipant) -> None:
        task = asyncio.create_task(self._hear(track, who.identity))
        self._tasks.add(task)

    async def _hear(self, track: rtc.Track, whose: str) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=20)
        try:
            async for event in stream:
                pcm = bytes(event.frame.data)
                self.heard.append((time.monotonic(), loudness(pcm)))
                if self.heard[-1][1] > LOUD:
                    self.voices.add(whose)
                self.pcm += pcm
        finally:
            await stream.aclose()

    # -- what they do ---------------------------------------------------------------------

    async def publish(self) -> None:
        """Have a microphone."""
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=1000)
        self._track = track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        self._publication = await self.room.local_participant.publish_track(track, options)

    async def unpublish(self) -> None:
        """Take it away again."""
        assert self._publication is not None
        await self.room.local_participant.unpublish_track(self._publication.sid)

    def mute(self, *, on: bool) -> None:
        """Send nothing for a while, of the microphone that is there."""
        assert self._track is not None
        if on:
            self._track.mute()
        else:
            self._track.unmute()

    async def speak(self, pcm: bytes) -> None:
        """Say something, at the pace of speech."""
        assert self._source is not None
        for at in range(0, len(pcm), FRAME * 2):
            piece = pcm[at : at + FRAME * 2].ljust(FRAME * 2, b"\0")
            await self._source.capture_frame(rtc.AudioFrame(piece, RATE, 1, FRAME))
        await self._source.wait_for_playout()

    async def hum(self, frequency: float, seconds: float) -> None:
        """Make a tone."""
        await self.speak(b"".join(tone_frame(frequency, number) for number in range(int(seconds * 50))))

    async def press(self, digits: str) -> None:
        """Press keys, as a phone does. A round trip first: what comes before that is lost (SDK)."""
        await self.room.local_participant.set_attributes({"pressed": digits})
        codes = "0123456789*#"
        for digit in digits:
            await self.room.local_participant.publish_dtmf(code=codes.index(digit), digit=digit)

    async def leave(self) -> None:
        """Go."""
        await self.room.disconnect()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- whom they see --------------------------------------------------------------------

    @property
    def seen(self) -> set[str]:
        """Identities of the others, as far as the room has told of them."""
        return {who.identity for who in self.room.remote_participants.values()}

    async def until_seen(self, identity: str, limit_s: float = 60.0) -> None:
        """Wait until the room tells of somebody: that they have entered, it says to the others in its own time."""
        async with asyncio.timeout(limit_s):
            while identity not in self.seen:
                self._moved.clear()
                await self._moved.wait()

    # -- what they hear -------------------------------------------------------------------

    async def until_heard(self, after: float = 0.0, limit_s: float = 60.0) -> float:
        """When somebody was first heard after a moment."""
        async with asyncio.timeout(limit_s):
            while True:
                for at, loud in self.heard:
                    if at > after and loud > LOUD:
                        return at
                await asyncio.sleep(0.01)

    async def until_heard_of(self, identity: str, limit_s: float = 60.0) -> None:
        """Wait until that one was heard to make a sound."""
        async with asyncio.timeout(limit_s):
            while identity not in self.voices:
                await asyncio.sleep(0.01)

    async def until_quiet(self, seconds: float, limit_s: float = 30.0) -> None:
        """Wait until nobody has been heard for so long."""
        async with asyncio.timeout(limit_s):
            while time.monotonic() - self.last_heard < seconds:
                await asyncio.sleep(0.02)

    @property
    def last_heard(self) -> float:
        """When somebody was last heard; 0.0: never."""
        return next((at for at, loud in reversed(self.heard) if loud > LOUD), 0.0)


@asynccontextmanager
async def guest(server: LiveKitServer, room: str, identity: str, **claims: Any) -> AsyncGenerator[Guest]:
    """Somebody who has entered; they leave at the end."""
    one = Guest(server, room, identity)
    await one.join(**claims)
    try:
        yield one
    finally:
        await one.leave()


PHONE = {
    "sip.callID": "SCL_1",
    "sip.callStatus": "active",
    "sip.phoneNumber": "+14255550100",
    "sip.trunkID": "ST_1",
    "sip.trunkPhoneNumber": "+18005550100",
}
"""What a phone that has been taken up brings along (real-life attributes of livekit/sip)."""


async def dispatch(server: LiveKitServer, room: str, metadata: str = "", agent: str = "ringmaster") -> None:
    """Ask for an agent in a room."""
    async with api.LiveKitAPI(server.http_url, server.api_key, server.api_secret) as client:
        request = api.CreateAgentDispatchRequest(agent_name=agent, room=room, metadata=metadata)
        await client.agent_dispatch.create_dispatch(request)
