"""A phone in a LiveKit room, as LiveKit's SIP service brings it there: a participant of kind ``sip``.

To whoever is in the room it is one: its attributes, audio, keys and leaving are those of the real service. Only what is
between the service and the phone, SIP and RTP, is not there.
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from hashlib import sha256

from livekit import rtc

from backend.domain.audio import PCM_16K
from local_azure.acs.leg import Leg
from local_azure.background import Background
from local_azure.livekit.ear import Ear
from local_azure.livekit.entering import enter
from local_azure.livekit.mouth import Mouth
from local_azure.livekit.timings import SipTimings
from local_azure.pacing import Ticker

__all__ = ["Phoned", "SipParticipant"]

_JOIN_LIMIT_S = 10.0
_LEAVE_LIMIT_S = 3.0
_LISTENED_TO_S = 2.0
"""So long the owner waits for somebody to listen, and then speaks all the same."""
_SOURCE_MS = 200
"""So much the SDK takes at once; how much of it is ahead is the mouth's to say."""
_KEYS = {key: code for code, key in enumerate("0123456789*#ABCD")}
"""Codes of RFC 4733."""


@dataclass(frozen=True, slots=True)
class Phoned:
    """Where a phone is: a room, and its identity there."""

    room: str
    identity: str

    @property
    def connection_id(self) -> str:
        """What the application calls it: the name of a room holds the caller's number, so it goes by its hash."""
        return f"LK_{sha256(self.room.encode()).hexdigest()[:32]}"


class SipParticipant:
    """One phone's end of a call in one room. Is the far end of its :class:`Leg`."""

    def __init__(self, leg: Leg, where: Phoned, ticker: Ticker, background: Background, timings: SipTimings) -> None:
        self.leg = leg
        self.where = where
        self.sid = ""
        self.answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """Somebody's voice is in the room: true. It will not be, for the phone or the room is gone: false."""
        self.talking = asyncio.Event()
        """The call stands."""
        self.left = asyncio.Event()
        """It is not in the room any more."""
        self._voiced = False
        """Somebody listens to its voice; its owner does not speak before, so that no hello is lost."""
        self._ticker = ticker
        self._background = background
        self._timings = timings
        self._room = rtc.Room()
        self._source = rtc.AudioSource(PCM_16K.sample_rate, 1, queue_size_ms=_SOURCE_MS)
        self._streams: dict[str, tuple[rtc.AudioStream, asyncio.Task[None]]] = {}
        self._ear = Ear()
        self._mouth = Mouth(time.monotonic)
        self._keys: asyncio.Queue[str] = asyncio.Queue(100)
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self, url: str, token: str) -> None:
        """Be in the room.

        Raises:
            rtc.ConnectError: it cannot be entered.
            TimeoutError: that took too long.
        """
        self._room.on("track_subscribed", self._hear)
        self._room.on("track_unsubscribed", self._lost)
        self._room.on("sip_dtmf_received", self._key)
        self._room.on("disconnected", self._out)
        await enter(self._room, url, token, _JOIN_LIMIT_S)
        self.sid = self._room.local_participant.sid

    async def status(self, status: str) -> None:
        """Change ``sip.callStatus``."""
        with contextlib.suppress(Exception):  # it is out of the room; then nobody reads it
            await self._room.local_participant.set_attributes({"sip.callStatus": status})

    async def talk(self) -> None:
        """The call stands: the phone speaks and hears from now on."""
        await self.status("active")
        self.leg.party.connected(self.where.connection_id, PCM_16K.sample_rate)
        self._ticker.join(self.tick)
        self.talking.set()
        await asyncio.sleep(self._timings.voice)
        if self.left.is_set():
            return
        track = rtc.LocalAudioTrack.create_audio_track("phone", self._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        published = await self._room.local_participant.publish_track(track, options)
        self._tasks = [
            self._background.spawn(self._pump(), "sip-voice"),
            self._background.spawn(self._press(), "sip-keys"),
        ]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LISTENED_TO_S):
                await published.wait_for_subscription()
        self._voiced = True

    async def leave(self, after: float | None = None) -> None:
        """Say that it hung up, and go. Safe to call twice."""
        if self.left.is_set():
            return
        self._ticker.leave(self.tick)
        await self.status("hangup")
        await asyncio.sleep(self._timings.leaves if after is None else after)
        await self.go()

    async def go(self) -> None:
        """Be out of the room at once."""
        self._gone()
        for task in self._tasks:
            task.cancel()
        for sid in list(self._streams):
            self._unhear(sid)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE_LIMIT_S):
                await self._room.disconnect()
        await self._source.aclose()

    def release(self) -> None:
        """The phone talks with somebody else now, who is its far end."""
        self._ticker.leave(self.tick)

    # what the phone does (FarEnd)

    def picked_up(self, leg: Leg) -> None:
        """They talk already."""

    def declined(self, leg: Leg) -> None:
        """As good as hanging up."""
        leg.hang_up()

    def pressed(self, leg: Leg, tone: str) -> None:
        """A key."""
        if not self._keys.full():
            self._keys.put_nowait(tone)

    def hung_up(self, leg: Leg) -> None:
        """The phone's owner ends the call, or gives up while it rings."""
        self._settle(False)
        self._background.spawn(self.leave(), "sip-leaves")

    def tick(self) -> None:
        """20 ms pass."""
        party = self.leg.party
        frame = party.speak() if self._voiced else None
        if frame is not None:
            self._mouth.say(frame)
        party.hear(self._ear.play())

    # the room

    async def _pump(self) -> None:
        while True:
            pcm = await self._mouth.next()
            await self._source.capture_frame(rtc.AudioFrame(pcm, PCM_16K.sample_rate, 1, len(pcm) // 2))

    async def _press(self) -> None:
        """Keys are lost until the room has answered us once; so that is awaited first."""
        await self._room.local_participant.set_attributes({"sip.callStatus": "active"})
        while True:
            key = await self._keys.get()
            await self._room.local_participant.publish_dtmf(code=_KEYS[key], digit=key)

    def _hear(self, track: rtc.Track, _publication: object, _who: object) -> None:
        if track.kind != rtc.TrackKind.KIND_AUDIO or self.left.is_set():
            return
        stream = rtc.AudioStream(track, sample_rate=PCM_16K.sample_rate, num_channels=1, frame_size_ms=20)
        self._streams[track.sid] = (stream, self._background.spawn(self._listen(stream), "sip-ear"))
        self._settle(True)

    def _lost(self, track: rtc.Track, _publication: object, _who: object) -> None:
        self._unhear(track.sid)

    def _key(self, tone: rtc.SipDTMF) -> None:
        self.leg.party.key(tone.digit)

    def _out(self, _reason: object) -> None:
        self._gone()

    async def _listen(self, stream: rtc.AudioStream) -> None:
        async for event in stream:
            self._ear.hear(bytes(event.frame.data))

    def _unhear(self, sid: str) -> None:
        stream, task = self._streams.pop(sid, (None, None))
        if stream is not None and task is not None:
            task.cancel()
            self._background.spawn(stream.aclose(), "sip-ear-ends")

    def _settle(self, answered: bool) -> None:
        if not self.answered.done():
            self.answered.set_result(answered)

    def _gone(self) -> None:
        """Out of the room, by itself or because it was removed."""
        self._ticker.leave(self.tick)
        self._settle(False)
        self.left.set()
        self.talking.set()  # nobody waits for it in vain
        if self.leg.far_end is self:
            self.leg.end("far_end")
