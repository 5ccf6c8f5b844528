"""From the dispatch of an agent to the first sound of its greeting, in rooms of a real LiveKit server, by its parts.

The whole server as a process of its own, on the local Azure at its typical pace; the caller is a phone that is up
already, since how long a real one rings is not ours. What each step took the server says itself (``livekit.answered``).
"""

import asyncio
import json
import os
import secrets
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from livekit import api, rtc
from livekit.protocol.agent_dispatch import CreateAgentDispatchRequest
from livekit.protocol.room import ListRoomsRequest

from backend.adapters.livekit.sdk_audio import Microphone, Voice, load_sdk
from bench.figures import summary
from bench.machine import Neighbors
from bench.moments import house_of
from local_azure.livekit.server_process import LiveKitServer, livekit_server

__all__ = ["measure_greeting", "parts_of"]

_CALLS = 12
_LOUD = 100.0
"""Root mean square; a voice may begin with something as soft as an F, and silence that came by Opus has 5 at most."""
_LIMIT_S = 15.0
_STEPS = ("enter_ms", "caller_ms", "take_ms", "publish_ms", "up_ms")
_LINE = "+18005550100"
_TITLES = {
    "whole": "dispatch to first sound",
    "given": "dispatch to the job (the LiveKit server waits 200 ms for claims)",
    "enter_ms": "entering the room",
    "take_ms": "taking the call",
    "publish_ms": "publishing the voice",
    "up_ms": "until the caller hears it",
    "spoken": "to the first sound at the ear",
}


async def measure_greeting(logs: Path, calls: int = _CALLS) -> dict[str, Any]:
    """Have an agent come to one caller after the other; gives milliseconds by part."""
    await load_sdk()
    os.environ["LOG_FORMAT"] = "json"
    with livekit_server() as server:
        async with house_of(logs, "scripted", server.access) as house:
            await _call(server)  # a process loads things with its first call
            neighbors = Neighbors([house.pid, server.process.pid, os.getpid()])
            neighbors.start()
            moments = [await _call(server) for _ in range(calls)]
            contention = neighbors.stop()
    found = [parts_of(*moment, told) for moment, told in zip(moments, _told(logs)[-calls:], strict=True)]
    return {title: summary([one[part] for one in found]) for part, title in _TITLES.items()} | {
        "others on the machine, percent of a core": contention["others_mean_percent"]
    }


def parts_of(asked: float, heard: float, told: Mapping[str, Any]) -> dict[str, float]:
    """Milliseconds of each part of one call.

    Args:
        asked, heard: when the agent was dispatched and its first sound was heard, seconds since 1970.
        told: what the server logged once the caller could be spoken with.
    """
    up = datetime.fromisoformat(told["time"]).timestamp()
    steps = {name: float(told[name]) for name in _STEPS}
    given = (up - asked) * 1000 - sum(steps.values())
    return {"whole": (heard - asked) * 1000, "given": given, "spoken": (heard - up) * 1000, **steps}


def _told(logs: Path) -> list[dict[str, Any]]:
    lines = (logs / "moments.log").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines if '"livekit.answered"' in line]
    return [one for one in records if one.get("event") == "livekit.answered"]


async def _call(server: LiveKitServer) -> tuple[float, float]:
    """Let one phone be spoken with; gives when the agent was asked for, and when it was first heard."""
    name, heard = f"call-{secrets.token_hex(4)}", asyncio.get_running_loop().create_future()
    room, voice = rtc.Room(), Voice()
    kept: list[Any] = []

    def hear(pcm: bytes) -> None:
        samples = np.frombuffer(pcm, "<i2").astype(np.float32)
        if not heard.done() and np.sqrt((samples**2).mean()) > _LOUD:
            heard.set_result(time.time())

    def subscribed(track: rtc.Track, _publication: object, _who: object) -> None:
        kept.append(Microphone(track, hear))

    room.on("track_subscribed", subscribed)
    await room.connect(server.url, _phone_token(server, name))
    await room.local_participant.publish_track(rtc.LocalAudioTrack.create_audio_track("voice", voice.source))
    async with api.LiveKitAPI(server.http_url, server.api_key, server.api_secret) as client, asyncio.timeout(_LIMIT_S):
        await client.room.list_rooms(ListRoomsRequest())  # its connection is there before the clock runs
        asked = time.time()
        await client.agent_dispatch.create_dispatch(CreateAgentDispatchRequest(agent_name="ringmaster", room=name))
        at = await heard
    await room.disconnect()
    await voice.close()
    await asyncio.sleep(0.5)
    return asked, at


def _phone_token(server: LiveKitServer, room: str) -> str:
    number = f"+1425555{secrets.randbelow(10_000):04}"
    attributes = {
        "sip.callID": f"SCL_{secrets.token_hex(6)}", "sip.callStatus": "active",
        "sip.phoneNumber": number, "sip.trunkPhoneNumber": _LINE,
    }  # fmt: skip
    token = api.AccessToken(server.api_key, server.api_secret).with_identity(f"sip_{number}").with_kind("sip")  # pyright: ignore[reportArgumentType]
    return token.with_grants(api.VideoGrants(room_join=True, room=room)).with_attributes(attributes).to_jwt()


if __name__ == "__main__":
    from bench.plan import ROOT

    where = ROOT / "var/bench/logs"
    where.mkdir(parents=True, exist_ok=True)
    print(json.dumps(asyncio.run(measure_greeting(where)), indent=1))  # noqa: T201
