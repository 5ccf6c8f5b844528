"""The moments that a caller lives: the whole server on the real SDKs, against the local Azure at its typical pace.

The local Azure and its phones run in this process, the server in its own, as in production. What was heard when is
read from the stereo recordings of the phones, to the frame (20 ms).
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from backend.boot.collector import spare_the_collector
from backend.domain.call import Way
from bench.figures import summary
from bench.plan import ROOT
from local_azure.livekit.access import LiveKitAccess
from local_azure.phone.phone import Phone
from local_azure.ports import free_port
from local_azure.server import EmulatorServer, emulator
from local_azure.state import SttEngine

__all__ = [
    "House", "dialed", "has_outcome", "house_of", "last_sound_ms", "measure_moments", "silenced_ms", "track", "until",
]  # fmt: skip

_LINE = "+18005550100"
_UP_S = 120.0
_SILENCE_MS = 500.0
_QUIET_FRAMES = 10
"""The agent is silent when nothing was heard of it for 200 ms; a pause between its words is shorter."""
_LOUD = 120.0
_LAST_DETAIL, _LOOKED_UP = "nine zero three seven", "what does my policy cover"
_CALLS = 5
_STAGGER_S = 0.9


Track = np.ndarray[Any, np.dtype[np.bool_]]
"""For each frame of 20 ms since the call stood: was there a sound?"""


@dataclass(frozen=True, slots=True)
class House:
    azure: EmulatorServer
    url: str
    web: aiohttp.ClientSession
    pid: int
    """Of the server."""
    way: Way = "acs"
    """By which way the phones call."""


@dataclass(slots=True)
class _Seen:
    """Milliseconds, by moment."""

    greeting: list[float] = field(default_factory=list[float])
    response: list[float] = field(default_factory=list[float])
    barge_in: list[float] = field(default_factory=list[float])
    tool: list[float] = field(default_factory=list[float])
    looked_up: list[float] = field(default_factory=list[float])
    transfer: list[float] = field(default_factory=list[float])
    record: list[float] = field(default_factory=list[float])
    failures: list[str] = field(default_factory=list[str])


async def measure_moments(logs: Path, calls: int = _CALLS) -> dict[str, Any]:
    """Place three calls of each kind at a time and sum up, by moment; failures beside them in words."""
    seen = _Seen()
    async with house_of(logs) as house:
        before = await _loop_lag(house)
        async with asyncio.TaskGroup() as group:
            for number in range(calls):
                delay = number * _STAGGER_S
                group.create_task(_guarded(_whole_call(house, seen, delay, interrupts=False), seen))
                group.create_task(_guarded(_whole_call(house, seen, delay + 0.3, interrupts=True), seen))
                group.create_task(_guarded(_short_call(house, seen, delay + 0.6), seen))
        lag = await _loop_lag(house)
    if stalls := lag["stalls"] - before["stalls"]:
        own = lag["own_stalls"] - before["own_stalls"]
        seen.failures.append(f"the loop was late by more than 20 ms {stalls:.0f} times, {own:.0f} by its own work")
    return {
        "answer to greeting": summary(seen.greeting),
        "caller stops to response": summary(seen.response),
        "the same, with a tool": summary(seen.tool),
        "the same, looked up": summary(seen.looked_up),
        "barge-in to silence": summary(seen.barge_in),
        "announcement heard to transfer": summary(seen.transfer),
        "hang-up to record": summary(seen.record),
        "the server's loop was late": {"n": 600, "p50": lag["p50_ms"], "p95": lag["p95_ms"], "max": lag["max_ms"]},
        "failures": seen.failures,
    }


async def _loop_lag(house: House) -> dict[str, float]:
    """The server's own measure over the last minute; it measures ten times a second."""
    async with house.web.get(f"{house.url}/stats") as answer:
        stats: dict[str, Any] = await answer.json()
    return stats["loop"]


async def _guarded(call: Any, seen: _Seen) -> None:
    """One call that goes wrong is reported and does not spoil the others."""
    try:
        await call
    except (TimeoutError, aiohttp.ClientError) as error:
        seen.failures.append(f"{type(error).__name__}: {error}")


@asynccontextmanager
async def dialed(house: House, delay: float) -> AsyncGenerator[Phone]:
    """A phone whose call stands; it hangs up, whatever becomes of the call."""
    await asyncio.sleep(delay)
    phone = house.azure.phones.dial(_LINE, via=house.way)
    try:
        await phone.until_connected()
        yield phone
    finally:
        phone.hang_up()


async def _whole_call(house: House, seen: _Seen, delay: float, *, interrupts: bool) -> None:
    """A question, verification with its tool, and a person; the greeting is heard out or interrupted."""
    async with dialed(house, delay) as phone:
        await phone.until(lambda: bool(phone.heard), 15)  # a word of the greeting, whose end is far off
        if interrupts:
            await phone.say_text("what is my deductible please")
        else:
            await _say(phone, "what is my deductible")
        for line in ("karen miller", "seven seven zero zero two", _LAST_DETAIL):
            await _say(phone, line)
        await _say(phone, _LOOKED_UP)
        await _say(phone, "i want to speak to a human right now")
        call = house.azure.switchboard.calls[phone.connection_id]
        await phone.until(lambda: call.state != "connected" or phone.state == "ended", 25)
        asked_ms = phone.now_ms
        await phone.until(lambda: phone.moved_to is not None or phone.state == "ended", 15)
        agent_ms = last_sound_ms(track(phone, 1), asked_ms)
        seen.transfer.append(asked_ms - agent_ms)
    _note(phone, seen, interrupts)


async def _short_call(house: House, seen: _Seen, delay: float) -> None:
    """Somebody who hangs up on the greeting; how long until the record has the outcome."""
    async with dialed(house, delay) as phone:
        await phone.until(lambda: phone.turns[0].response_ms is not None, 15)
        await asyncio.sleep(1.0)
    seen.greeting.append(phone.turns[0].response_ms or 0.0)
    began = time.perf_counter()
    await until(lambda: has_outcome(house, phone.connection_id), 15)
    seen.record.append((time.perf_counter() - began) * 1000)


async def has_outcome(house: House, connection_id: str) -> bool:
    async with house.web.get(f"{house.url}/api/v1/calls", params={"connection_id": connection_id}) as answer:
        found: list[Mapping[str, Any]] = await answer.json()
    return bool(found) and bool(found[0].get("outcome"))


async def _say(phone: Phone, line: str) -> None:
    await phone.until_silent(_SILENCE_MS, limit=30)
    before = phone.heard
    await phone.say_text(line)
    await phone.until(lambda: phone.heard != before or phone.state == "ended", 20)


def _note(phone: Phone, seen: _Seen, interrupts: bool) -> None:
    caller, agent = track(phone, 0), track(phone, 1)
    seen.greeting.append(phone.turns[0].response_ms or 0.0)
    if interrupts:
        seen.barge_in.append(silenced_ms(caller, agent))
    for turn in phone.turns[2 if interrupts else 1 :]:
        if turn.response_ms is not None:
            kinds = {_LAST_DETAIL: seen.tool, _LOOKED_UP: seen.looked_up}
            kinds.get(turn.caller, seen.response).append(turn.response_ms)


# -- what the recording tells -------------------------------------------------------------


def track(phone: Phone, channel: int) -> Track:
    """When the caller (0) or the agent (1) could be heard."""
    samples = np.frombuffer(phone.recording()[44:], "<i2").reshape(-1, 2)[:, channel].astype(np.float32)
    size = phone.audio.frame_bytes // 2
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return np.sqrt((frames**2).mean(axis=1)) > _LOUD


def last_sound_ms(track: Track, at_ms: float) -> float:
    """Where the last sound before ``at_ms`` ended."""
    heard = np.flatnonzero(track[: int(at_ms // 20) + 1])
    return (int(heard[-1]) + 1) * 20.0 if heard.size else 0.0


def silenced_ms(caller: Track, agent: Track) -> float:
    """From the caller's first sound to the end of the agent's last before it fell silent."""
    began = int(np.argmax(caller))
    for frame in range(began, len(agent) - _QUIET_FRAMES):
        if not agent[frame : frame + _QUIET_FRAMES].any():
            return (frame - began) * 20.0
    return float(len(agent) - began) * 20.0


# -- the house ----------------------------------------------------------------------------


@asynccontextmanager
async def house_of(
    logs: Path, stt: SttEngine = "scripted", livekit: LiveKitAccess | None = None
) -> AsyncGenerator[House]:
    """The local Azure here, the server beside it, on SQLite and without Redis.

    Args:
        livekit: a LiveKit server; phones call by it then.
    """
    url = f"http://127.0.0.1:{(port := free_port())}"
    with tempfile.TemporaryDirectory() as folder, (logs / "moments.log").open("w") as log:
        made = emulator(stt=stt, tts="espeak", latency="typical", livekit=livekit)
        async with made as azure, aiohttp.ClientSession() as web:
            own = {"HOST": "127.0.0.1", "PORT": str(port), "REDIS_URL": ""}
            own["DATABASE_URL"] = f"sqlite+aiosqlite:///{folder}/bench.db"
            server = subprocess.Popen(  # noqa: ASYNC220  (this very program, before anything is timed)
                [sys.executable, "-m", "backend", "serve"],
                cwd=ROOT,
                env={**os.environ, **azure.environment(url), **own},
                stdout=log,
                stderr=log,
            )
            try:
                await until(lambda: _is_ready(web, url), _UP_S)
                azure.azure.subscribe(f"{url}/api/v1/calls/answer")
                await until(lambda: _is_subscribed(azure), _UP_S)
                if livekit is not None:
                    await until(lambda: _is_registered(web, url), _UP_S)
                    azure.livekit_sip.take_every_number("ringmaster")
                spare_the_collector()  # a full collection here would be a gap at every phone
                yield House(azure, url, web, server.pid, "acs" if livekit is None else "livekit")
            finally:
                server.kill()
                server.wait(10)


async def until(condition: Callable[[], Awaitable[bool]], limit_s: float) -> None:
    """Ask again and again; TimeoutError when it does not hold in time."""
    async with asyncio.timeout(limit_s):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.005)


async def _is_ready(web: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with web.get(f"{url}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def _is_registered(web: aiohttp.ClientSession, url: str) -> bool:
    async with web.get(f"{url}/stats") as answer:
        stats: dict[str, Any] = await answer.json()
    return bool(stats.get("livekit", {}).get("registered"))


async def _is_subscribed(azure: EmulatorServer) -> bool:
    return all(subscription.validated for subscription in azure.state.subscriptions)
