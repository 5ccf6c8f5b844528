"""What a call in a LiveKit room costs: both sides talk without pause, each room with a caller of its own.

Three processes: a real LiveKit server, the callers, and the side that is measured, which is the adapter of this server
and nothing above it (``plain``: the SDK as its examples use it). Processor time is counted per process, so that it is
good on a machine that others keep busy, too; gaps between frames, as a caller's ear gets them, are not.
"""

import asyncio
import contextlib
import json
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import psutil
from livekit import api, rtc

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.room_call import RoomCall
from backend.adapters.livekit.sdk_audio import Microphone, Voice
from backend.adapters.livekit.sdk_room import SdkRoom
from bench.machine import Neighbours
from local_azure.livekit.server_process import livekit_server

__all__ = ["holds", "measure_rooms"]

_STEPS = (1, 5, 10, 15, 20, 25, 30)
_SETTLE_S, _LASTS_S = 3.0, 15.0
_GAP_MS, _HEARD = 60.0, 99
_LATEST_MS = 9999.0
"""Of a step in which nothing was heard."""
_QUIET = 100
"""Loudest sample of a frame that nobody spoke."""
_RATE, _SAMPLES = 16_000, 320
_FRAMES = 250
_CHILD_ARGUMENTS = 5


class BenchError(Exception):
    """A step came to no end; the sentence says why."""


Send = Callable[[bytes], Awaitable[None]]


async def measure_rooms(
    steps: Sequence[int] = _STEPS, kinds: Sequence[str] = ("ours", "plain"), *, all_steps: bool = False
) -> list[dict[str, Any]]:
    """Take step after step, each kind up to the first that does not hold.

    Args:
        all_steps: go on behind it, where only the processor time counts.
    """
    found: list[dict[str, Any]] = []
    for kind in kinds:
        for rooms in steps:
            try:
                found.append(await _step(kind, rooms))
            except (BenchError, TimeoutError, psutil.Error) as error:  # what was found before is not lost with it
                found.append(
                    {"kind": kind, "rooms": rooms, "gap_p99_ms": _LATEST_MS, "broke": str(error) or "too slow"}
                )
                break
            if not holds(found[-1]) and not all_steps:
                break
    return found


def holds(step: dict[str, Any]) -> bool:
    """Did 99 of 100 frames come within 60 ms of the one before, in every room, and with a voice in them?"""
    return bool(step["gap_p99_ms"] <= _GAP_MS and step["frames_heard_percent"] >= _HEARD)


async def _step(kind: str, rooms: int) -> dict[str, Any]:
    with livekit_server() as server:
        where = (server.url, server.api_key, server.api_secret, str(rooms))
        async with _child(kind, *where) as agents, _child("callers", *where) as callers:
            await asyncio.gather(_line(agents), _line(callers))
            await asyncio.sleep(_SETTLE_S)
            pids = {"agents": agents.pid, "server": server.process.pid, "callers": callers.pid}
            neighbours = Neighbours(list(pids.values()))
            neighbours.start()
            before, began = {name: _seconds(pid) for name, pid in pids.items()}, time.monotonic()
            await asyncio.sleep(_LASTS_S)
            minutes = (time.monotonic() - began) / 60 * rooms
            spent = {name: round((_seconds(pid) - before[name]) / minutes, 2) for name, pid in pids.items()}
            others = neighbours.stop()["others_mean_percent"]
            memory = round(psutil.Process(agents.pid).memory_info().rss / 2**20)
            assert callers.stdin is not None
            callers.stdin.write(b"done\n")
            gaps: dict[str, float] = json.loads(await _line(callers))
    step = {"kind": kind, "rooms": rooms, "cpu_s_per_room_minute": spent, "agents_mb": memory}
    return step | {"others_percent": others} | gaps


def _seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


@contextlib.asynccontextmanager
async def _child(*arguments: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.rooms", *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(90):
        line = (await process.stdout.readline()).decode()
    if not line:
        raise BenchError("the callers or the agents did not come into their rooms")
    return line


# -- the children -------------------------------------------------------------------------------


def _voice(seed: int) -> list[bytes]:
    """Five seconds of something like a voice; Opus has as much work with it as with one."""
    random = np.random.default_rng(seed)
    at = np.arange(_SAMPLES * _FRAMES) / _RATE
    loud = np.interp(at, np.linspace(0, at[-1], 60), random.uniform(0.1, 1, 60))
    phase = 2 * np.pi * np.cumsum(120 + 30 * np.interp(at, np.linspace(0, at[-1], 40), random.uniform(-1, 1, 40)))
    wave = sum(np.sin(one * phase / _RATE) / one for one in range(1, 12)) + random.normal(0, 0.1, at.size)
    pcm = (wave * loud * 5000).astype("<i2").tobytes()
    return [pcm[start : start + _SAMPLES * 2] for start in range(0, len(pcm), _SAMPLES * 2)]


async def _paced(sends: Sequence[Send], frames: list[bytes]) -> None:
    """A frame each 20 ms to everybody."""
    due = time.monotonic()
    for number in range(1_000_000):
        due += 0.02
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await asyncio.gather(*(send(frames[number % _FRAMES]) for send in sends))


class _Sink:
    def on_audio(self, pcm: bytes) -> None:
        """Heard."""

    def on_tone(self, tone: str) -> None:
        """Heard."""


async def _ours(access: LiveKitAccess, rooms: int) -> None:
    calls = [RoomCall(SdkRoom(), f"room-{number}") for number in range(rooms)]

    async def enter(call: RoomCall) -> None:
        await call.join(access.url, access.agent_token(call.name, "agent"), 60)
        await call.answer()

    for call in calls:
        await enter(call)
    hearing = [asyncio.create_task(call.link.receive(_Sink())) for call in calls]
    print("ready", flush=True)  # noqa: T201
    await _paced([call.link.send_audio for call in calls], _voice(1))
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
    print("ready", flush=True)  # noqa: T201
    await _paced(sends, _voice(1))


async def _send_plainly(source: rtc.AudioSource, pcm: bytes) -> None:
    await source.capture_frame(rtc.AudioFrame(pcm, _RATE, 1, _SAMPLES))


async def _callers(access: LiveKitAccess, rooms: int) -> None:
    times: list[list[tuple[float, bool]]] = []
    kept: list[Any] = []

    def hear(track: rtc.Track) -> None:
        mine: list[tuple[float, bool]] = []
        times.append(mine)
        kept.append(Microphone(track, lambda pcm: mine.append((time.monotonic(), _is_voice(pcm)))))

    sends: list[Send] = []
    for number in range(rooms):
        voice = Voice()
        kept.append(await _join(access, f"room-{number}", "caller", voice.source, hear))
        sends.append(voice.send)
    talking = asyncio.create_task(_paced(sends, _voice(2)))
    print("ready", flush=True)  # noqa: T201
    await asyncio.to_thread(sys.stdin.readline)
    last = time.monotonic() - _LASTS_S
    heard = [[frame for frame in one if frame[0] > last] for one in times]
    gaps = sorted((b - a) * 1000 for one in heard for (a, _), (b, _) in pairwise(one)) or [_LATEST_MS]
    voiced = sum(voice for one in heard for _, voice in one)
    told = {
        "gap_p50_ms": round(statistics.median(gaps), 1),
        "gap_p99_ms": round(gaps[int(len(gaps) * 0.99)], 1),
        "frames_heard_percent": round(100 * voiced / (rooms * _LASTS_S * 50)),
    }
    print(json.dumps(told), flush=True)  # noqa: T201
    await talking


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
    if len(sys.argv) <= _CHILD_ARGUMENTS:
        given = [int(one) for one in sys.argv[1:]]
        for row in asyncio.run(measure_rooms(given or _STEPS, all_steps=bool(given))):
            print(json.dumps(row), flush=True)  # noqa: T201
    else:
        role, url, key, secret, count = sys.argv[1:6]
        asyncio.run(
            {"ours": _ours, "plain": _plain, "callers": _callers}[role](LiveKitAccess(url, key, secret), int(count))
        )
