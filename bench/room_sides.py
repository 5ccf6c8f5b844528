"""The two sides of rooms that are measured (:mod:`bench.rooms`), each in a process of its own: agents, and callers.

    python -m bench.room_sides ours|plain|callers URL KEY SECRET ROOMS

Each says ``ready`` once all are in their rooms, and then obeys two lines: from the first on it counts, and after the
second it tells what it counted, as JSON.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import uvloop
from livekit import api, rtc

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.room_call import RoomCall
from backend.adapters.livekit.sdk_audio import Microphone, Voice
from backend.adapters.livekit.sdk_room import SdkRoom
from bench.figures import percentile

__all__ = ["LATEST_MS", "Heard"]

LATEST_MS = 9999.0
"""The gap of a step in which nothing was heard."""
_QUIET = 100
"""Loudest sample of a frame that nobody spoke."""
_RATE, _SAMPLES = 16_000, 320
_FRAMES = 250
_LEAD = 5
"""Frames that are on their way before they are heard, as with the playout of a call (``PLAYOUT_LEAD_MS``): without any,
whoever wakes a millisecond late has a hole in the voice that no caller of a server would hear."""

Send = Callable[[bytes], Awaitable[None]]


def _voice(seed: int) -> list[bytes]:
    """Five seconds of something like a voice; Opus has as much work with it as with one."""
    random = np.random.default_rng(seed)
    at = np.arange(_SAMPLES * _FRAMES) / _RATE
    loud = np.interp(at, np.linspace(0, at[-1], 60), random.uniform(0.1, 1, 60))
    phase = 2 * np.pi * np.cumsum(120 + 30 * np.interp(at, np.linspace(0, at[-1], 40), random.uniform(-1, 1, 40)))
    wave = sum(np.sin(one * phase / _RATE) / one for one in range(1, 12)) + random.normal(0, 0.1, at.size)
    pcm = (wave * loud * 5000).astype("<i2").tobytes()
    return [pcm[start : start + _SAMPLES * 2] for start in range(0, len(pcm), _SAMPLES * 2)]


@dataclass(slots=True)
class _Beat:
    """A frame each 20 ms to everybody."""

    frames: list[bytes]
    late: list[float] = field(default_factory=list[float])
    """Milliseconds by which this process woke later than it asked for: it had no processor, or something else to do."""

    async def go(self, sends: Sequence[Send]) -> None:
        """Without end."""
        due = time.monotonic()
        for number in range(_LEAD):
            await self._to_all(sends, number)
        for number in range(_LEAD, 1_000_000):
            due += 0.02
            wakes = max(due, time.monotonic())
            await asyncio.sleep(wakes - time.monotonic())
            self.late.append((time.monotonic() - wakes) * 1000)
            await self._to_all(sends, number)

    async def _to_all(self, sends: Sequence[Send], number: int) -> None:
        await asyncio.gather(*(send(self.frames[number % _FRAMES]) for send in sends))

    def told(self) -> dict[str, float]:
        """Of the time that counted."""
        return {"late_p99_ms": round(percentile(self.late, 0.99), 1)}


async def _counted(beat: _Beat, sends: Sequence[Send], told: Callable[[], Awaitable[dict[str, float]]]) -> None:
    """Talk; count between two lines, and tell then.

    Args:
        told: called at both of them; what it gives at the second is told.
    """
    talking = asyncio.create_task(beat.go(sends))
    print("ready", flush=True)  # noqa: T201
    found: dict[str, float] = {}
    for _ in range(2):
        await asyncio.to_thread(sys.stdin.readline)
        found = await told()
        found |= beat.told() if beat.late else {}
        beat.late.clear()
    print(json.dumps(found), flush=True)  # noqa: T201
    await talking


async def _nothing_more() -> dict[str, float]:
    return {}


# -- agents -------------------------------------------------------------------------------------


class _Sink:
    def on_audio(self, pcm: bytes) -> None:
        """Heard."""

    def on_tone(self, tone: str) -> None:
        """Heard."""


async def _ours(access: LiveKitAccess, rooms: int) -> None:
    calls = [RoomCall(SdkRoom(), f"room-{number}") for number in range(rooms)]
    for call in calls:
        await call.join(access.url, access.agent_token(call.name, "agent"), 60)
        await call.answer()
    hearing = [asyncio.create_task(call.link.receive(_Sink())) for call in calls]
    await _counted(_Beat(_voice(1)), [call.link.send_audio for call in calls], _nothing_more)
    del hearing


async def _plain(access: LiveKitAccess, rooms: int) -> None:
    tasks: list[asyncio.Task[None]] = []

    async def hear(track: rtc.Track) -> None:
        async for event in rtc.AudioStream(track, sample_rate=_RATE, num_channels=1, frame_size_ms=20):
            bytes(event.frame.data)

    def begin(track: rtc.Track) -> None:
        tasks.append(asyncio.create_task(hear(track)))

    sends: list[Send] = []
    kept: list[rtc.Room] = []
    for number in range(rooms):
        source = rtc.AudioSource(_RATE, 1, queue_size_ms=200)
        kept.append(await _join(access, f"room-{number}", "agent", source, begin))
        sends.append(partial(_send_plainly, source))
    await _counted(_Beat(_voice(1)), sends, _nothing_more)


async def _send_plainly(source: rtc.AudioSource, pcm: bytes) -> None:
    await source.capture_frame(rtc.AudioFrame(pcm, _RATE, 1, _SAMPLES))


# -- callers ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Heard:
    """What the callers hear."""

    tracks: list[rtc.Track] = field(default_factory=list[rtc.Track])
    times: list[list[tuple[float, bool]]] = field(default_factory=list[list[tuple[float, bool]]])
    """Of each room, when each frame came, and whether there was a voice in it."""
    since: float = 0.0
    before: tuple[int, int] = (0, 0)
    """Samples that came, and those of them that the SDK made up, up to the beginning."""
    _kept: list[Microphone] = field(default_factory=list[Microphone])

    def hear(self, track: rtc.Track) -> None:
        """Listen to one."""
        mine: list[tuple[float, bool]] = []
        self.times.append(mine)
        self.tracks.append(track)
        self._kept.append(Microphone(track, lambda pcm: mine.append((time.monotonic(), _is_voice(pcm)))))

    async def told(self) -> dict[str, float]:
        """What was heard since this was asked last."""
        now, samples = time.monotonic(), await self._samples()
        found = self.figures(now, samples)
        self.since, self.before = now, samples
        for one in self.times:
            one.clear()
        return found

    def figures(self, now: float, samples: tuple[int, int]) -> dict[str, float]:
        """Gaps between frames, and how many of them had a voice in them, or came at all."""
        gaps = [(b - a) * 1000 for one in self.times for (a, _), (b, _) in pairwise(one)] or [LATEST_MS]
        voiced = sum(voice for one in self.times for _, voice in one)
        came, made_up = (after - before for after, before in zip(samples, self.before, strict=True))
        return {
            "gap_p50_ms": round(statistics.median(gaps), 1),
            "gap_p99_ms": round(percentile(gaps, 0.99), 1),
            "frames_heard_percent": round(100 * voiced / max(1.0, len(self.times) * (now - self.since) * 50)),
            "made_up_percent": round(100 * made_up / max(1, came), 1),
        }

    async def _samples(self) -> tuple[int, int]:
        came = made_up = 0
        for stats in await asyncio.gather(*(track.get_stats() for track in self.tracks)):
            for one in stats:
                if one.HasField("inbound_rtp"):
                    came += one.inbound_rtp.inbound.total_samples_received
                    made_up += one.inbound_rtp.inbound.concealed_samples
        return came, made_up


async def _callers(access: LiveKitAccess, rooms: int) -> None:
    heard, kept = Heard(), list[Any]()
    sends: list[Send] = []
    for number in range(rooms):
        voice = Voice()
        kept.append(await _join(access, f"room-{number}", "caller", voice.source, heard.hear))
        sends.append(voice.send)
    await _counted(_Beat(_voice(2)), sends, heard.told)


def _is_voice(pcm: bytes) -> bool:
    """The SDK makes up what did not come, and what it makes up becomes silence soon."""
    return max(memoryview(pcm).cast("h")) > _QUIET


async def _join(
    access: LiveKitAccess, name: str, identity: str, source: rtc.AudioSource, hear: Callable[[rtc.Track], None]
) -> rtc.Room:
    room = rtc.Room()

    def subscribed(track: rtc.Track, _publication: object, _who: object) -> None:
        hear(track)

    room.on("track_subscribed", subscribed)
    token = api.AccessToken(access.key, access.secret).with_identity(identity)
    await room.connect(access.url, token.with_grants(api.VideoGrants(room_join=True, room=name)).to_jwt())
    await room.local_participant.publish_track(rtc.LocalAudioTrack.create_audio_track("voice", source))
    return room


if __name__ == "__main__":
    role, url, key, secret, count = sys.argv[1:6]
    uvloop.run({"ours": _ours, "plain": _plain, "callers": _callers}[role](LiveKitAccess(url, key, secret), int(count)))
