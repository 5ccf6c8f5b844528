"""An interruption in a LiveKit room: when the last frame of the old answer was handed over, and when it was last heard.

Two processes on a real LiveKit server: the agent is the adapter of this server with its playout, the far participant
hears by the SDK and its jitter buffer. Moments of both are of one clock (``time.monotonic`` is that of the system). The
way is what the voice takes from being handed over to being heard, by the first frame of each answer, so that what is
behind it (queues that the decision did not empty) can be told from it.
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

import numpy as np
from livekit import api, rtc

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.media_link import RoomMediaLink
from backend.adapters.livekit.room_call import RoomCall
from backend.adapters.livekit.sdk_audio import Microphone, Voice, load_sdk
from backend.adapters.livekit.sdk_room import SdkRoom
from backend.domain.audio import PCM_16K, AudioFormat
from backend.engine.speaking.playout import Playout
from bench.figures import summary
from bench.machine import Neighbors
from local_azure.livekit.server_process import livekit_server

__all__ = ["measure_silence", "silence_of"]

_ROUNDS = 40
_SAYS_S, _CUT_S, _PAUSE_S = 3.0, 0.8, 0.7
_LEAD_MS = 100
"""``PLAYOUT_LEAD_MS`` when nothing is set."""
_LOUD = 500.0
_HZ, _LEVEL = 440.0, 8000
_UP_S = 20.0

Heard = list[tuple[float, float]]
"""When each frame of 20 ms came, and its root mean square."""


async def measure_silence(rounds: int = _ROUNDS) -> dict[str, Any]:
    """Interrupt an answer again and again; gives milliseconds by moment."""
    await load_sdk()
    heard: Heard = []
    with livekit_server() as server:
        access = LiveKitAccess(server.url, server.api_key, server.api_secret)
        far, kept = await _far(access, heard)
        agent = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.room_silence", server.url, server.api_key, server.api_secret, str(rounds),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        neighbors = Neighbors([agent.pid, server.process.pid, os.getpid()])
        neighbors.start()
        told, _ = await agent.communicate()
        contention = neighbors.stop()
        await far.disconnect()
        del kept
    return silence_of([json.loads(line) for line in told.splitlines()], heard) | {
        "others on the machine, percent of a core": contention["others_mean_percent"]
    }


def silence_of(rounds: list[dict[str, float]], heard: Heard) -> dict[str, Any]:
    """What the moments of each answer come to.

    Args:
        rounds: when the first frame of an answer was handed over (``began``), it was decided that it ends
            (``decided``), the last frame was handed over (``handed``), and the queue was empty (``emptied``).
        heard: what the far participant heard.
    """
    kinds = ("way", "handed", "emptied", "heard", "behind")
    found: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number, one in enumerate(rounds):
        until = rounds[number + 1]["began"] if number + 1 < len(rounds) else float("inf")
        loud = [at for at, level in heard if one["began"] <= at < until and level > _LOUD]
        if not loud:
            continue
        way, last = loud[0] - one["began"], loud[-1] - one["decided"]
        values = (way, one["handed"] - one["decided"], one["emptied"] - one["decided"], last, last - way)
        for kind, value in zip(kinds, values, strict=True):
            found[kind].append(value * 1000)
    return {
        "the way, handed over to heard": summary(found["way"]),
        "decision to the last frame handed over": summary(found["handed"]),
        "decision to an empty queue": summary(found["emptied"]),
        "decision to silence at the far ear": summary(found["heard"]),
        "the same, without the way": summary(found["behind"]),
    }


async def _far(access: LiveKitAccess, heard: Heard) -> tuple[rtc.Room, list[Any]]:
    """Somebody who speaks and listens; speaks, since a room in which nobody does costs less."""
    room, voice = rtc.Room(), Voice()
    kept: list[Any] = [voice]

    def subscribed(track: rtc.Track, _publication: object, _who: object) -> None:
        kept.append(Microphone(track, lambda pcm: heard.append((time.monotonic(), _loudness(pcm)))))

    room.on("track_subscribed", subscribed)
    token = api.AccessToken(access.key, access.secret).with_identity("caller")
    await room.connect(access.url, token.with_grants(api.VideoGrants(room_join=True, room="room")).to_jwt())
    await room.local_participant.publish_track(rtc.LocalAudioTrack.create_audio_track("voice", voice.source))
    return room, kept


def _loudness(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    return float(np.sqrt((samples**2).mean()))


# -- the agent ----------------------------------------------------------------------------------


class _Told:
    """A link that keeps when a frame was last handed over."""

    def __init__(self, link: RoomMediaLink) -> None:
        self._link = link
        self.first = self.last = 0.0

    @property
    def audio(self) -> AudioFormat:
        return self._link.audio

    async def send_audio(self, pcm: bytes) -> None:
        self.last = time.monotonic()
        self.first = self.first or self.last
        await self._link.send_audio(pcm)

    async def stop_audio(self) -> None:
        await self._link.stop_audio()


async def _agent(access: LiveKitAccess, rounds: int) -> None:
    await load_sdk()
    call = RoomCall(SdkRoom(), "room")
    await call.join(access.url, access.agent_token("room", "agent"), _UP_S)
    await call.answer()
    hearing = asyncio.create_task(call.link.receive(_Sink()))
    link = _Told(call.link)
    playout = Playout(link, _LEAD_MS)  # pyright: ignore[reportArgumentType]  (as much of a link as it needs)
    playout.start()
    await asyncio.sleep(1.0)
    for _ in range(rounds):
        link.first = 0.0
        playout.play(_tone(_SAYS_S))
        await asyncio.sleep(_CUT_S)
        decided = time.monotonic()
        playout.stop()
        emptied = time.monotonic()
        await asyncio.sleep(_PAUSE_S)
        told = {"began": link.first, "decided": decided, "handed": link.last, "emptied": emptied}
        print(json.dumps(told), flush=True)  # noqa: T201
    await playout.close()
    await call.leave()
    await hearing


def _tone(seconds: float) -> bytes:
    at = np.arange(int(seconds * PCM_16K.sample_rate)) / PCM_16K.sample_rate
    return (np.sin(2 * np.pi * _HZ * at) * _LEVEL).astype("<i2").tobytes()


class _Sink:
    def on_audio(self, pcm: bytes) -> None:
        """Heard."""

    def on_tone(self, tone: str) -> None:
        """Heard."""


if __name__ == "__main__":
    if len(sys.argv) > 2:
        url, key, secret, count = sys.argv[1:]
        asyncio.run(_agent(LiveKitAccess(url, key, secret), int(count)))
    else:
        print(json.dumps(asyncio.run(measure_silence(*map(int, sys.argv[1:]))), indent=1))  # noqa: T201
