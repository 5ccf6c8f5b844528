"""The same calls by ACS and by LiveKit: what a caller lives, and what each costs.

The whole server on the real SDKs, against the local Azure at its typical pace and, for LiveKit, a real LiveKit server
with phones behind a SIP trunk. On both a recorded caller is understood by the recognizer of this machine: what comes
through Opus no script knows. Two calls at a time, so that two cores bear their callers, too; processor time is that of
the server's process, and of the LiveKit server beside it.
"""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from backend.domain.call import Way
from bench.figures import summary
from bench.machine import Neighbors
from bench.moments import House, dialed, has_outcome, house_of, silenced_ms, track, until
from bench.plan import ROOT
from local_azure.livekit.server_process import LiveKitServer, livekit_server
from local_azure.phone.persona import PERSONA_RATE, Persona, load_persona
from local_azure.phone.phone import Phone

__all__ = ["measure_ways"]

_ROUNDS = 4
_SAMPLE_S = 0.5
_SILENCE_MS = 500.0
_CALLER = ROOT / "tests/personas/rear_end"
_OPENING = "greeting"
_ANSWERS = ("no", "full_name", "zip_code", "last4")
"""To whether anybody is hurt, and who is calling; with the last a tool looks the caller up."""


@dataclass(slots=True)
class _Seen:
    """Milliseconds, by moment."""

    first_sound: list[float] = field(default_factory=list[float])
    response: list[float] = field(default_factory=list[float])
    tool: list[float] = field(default_factory=list[float])
    barge_in: list[float] = field(default_factory=list[float])
    record: list[float] = field(default_factory=list[float])
    failures: list[str] = field(default_factory=list[str])
    talked_ms: float = 0.0
    """How long all calls took together."""

    def summed(self) -> dict[str, Any]:
        """What is told of each moment."""
        return {
            "dialed to first sound": summary(self.first_sound),
            "caller stops to response": summary(self.response),
            "the same, with a tool": summary(self.tool),
            "barge-in to silence": summary(self.barge_in),
            "hang-up to record": summary(self.record),
        }


async def measure_ways(logs: Path, rounds: int = _ROUNDS) -> dict[str, dict[str, Any]]:
    """Place the same calls by each way, two at a time; gives moments and costs by way."""
    ways: tuple[Way, ...] = ("acs", "livekit")
    return {way: await _of_way(logs, way, rounds) for way in ways}


async def _of_way(logs: Path, way: Way, rounds: int) -> dict[str, Any]:
    with ExitStack() as ends:
        beside = ends.enter_context(livekit_server()) if way == "livekit" else None
        async with house_of(logs, "sphinx", beside.access if beside else None) as house:
            await _guarded(_interrupting(house, _Seen()), _Seen())  # a process loads things with its first call
            return await _measured(house, beside, rounds)


async def _measured(house: House, beside: LiveKitServer | None, rounds: int) -> dict[str, Any]:
    seen, memory = _Seen(), _Memory(house.pid)
    pids = [house.pid, *([beside.process.pid] if beside else [])]
    before = [_seconds(pid) for pid in pids]
    neighbors = Neighbors([*pids, psutil.Process().pid])
    neighbors.start()
    watching = asyncio.create_task(memory.watch())
    for _ in range(rounds):
        await asyncio.gather(_guarded(_answering(house, seen), seen), _guarded(_interrupting(house, seen), seen))
    watching.cancel()
    spent = [_seconds(pid) - began for pid, began in zip(pids, before, strict=True)]
    minutes = max(seen.talked_ms, 1.0) / 60_000
    return {
        "moments": seen.summed(),
        "failures": seen.failures,
        "minutes": round(minutes, 2),
        "cpu_s_per_call_minute": round(spent[0] / minutes, 2),
        "beside_cpu_s_per_call_minute": round(spent[1] / minutes, 2) if beside else None,
        "idle_mb": memory.idle_mb,
        "most_mb": memory.most_mb,
        "contention": neighbors.stop(),
    }


async def _guarded(call: Any, seen: _Seen) -> None:
    """One call that goes wrong is reported and does not spoil the others."""
    try:
        await call
    except (TimeoutError, aiohttp.ClientError) as error:
        seen.failures.append(f"{type(error).__name__}: {error}")


async def _answering(house: House, seen: _Seen) -> None:
    """A caller who hears the greeting out, answers who they are, and hangs up."""
    caller, began = load_persona(_CALLER), time.perf_counter()
    async with dialed(house, 0.0) as phone:
        await phone.until(lambda: phone.turns[0].response_ms is not None, 15)
        seen.first_sound.append((time.perf_counter() - began) * 1000)
        for name in (_OPENING, *_ANSWERS):
            await phone.until_silent(_SILENCE_MS, limit=30)
            await _say(phone, caller, name)
    seen.talked_ms += phone.now_ms
    for turn in phone.turns[1:]:
        if turn.response_ms is not None:
            (seen.tool if turn is phone.turns[-1] else seen.response).append(turn.response_ms)
    began = time.perf_counter()
    await until(lambda: has_outcome(house, phone.connection_id), 15)
    seen.record.append((time.perf_counter() - began) * 1000)


async def _interrupting(house: House, seen: _Seen) -> None:
    """A caller who speaks into the greeting, and hangs up on the answer."""
    caller = load_persona(_CALLER)
    for _ in range(2):
        async with dialed(house, 0.4) as phone:
            await phone.until(lambda: bool(phone.heard), 15)  # a word of the greeting, whose end is far off
            await _say(phone, caller, _OPENING)
            await phone.until_silent(_SILENCE_MS, limit=30)
        seen.talked_ms += phone.now_ms
        seen.barge_in.append(silenced_ms(track(phone, 0), track(phone, 1)))


async def _say(phone: Phone, caller: Persona, name: str) -> None:
    spoken = caller.find(name)
    assert spoken is not None
    before = phone.heard
    await phone.say(spoken.pcm, spoken.text, sample_rate=PERSONA_RATE)
    await phone.until(lambda: phone.heard != before or phone.state == "ended", 20)


class _Memory:
    """Memory of the server: between calls, and the most of it while there are two."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.idle_mb = self.most_mb = self._now()

    async def watch(self) -> None:
        """Look again and again."""
        while True:
            await asyncio.sleep(_SAMPLE_S)
            self.most_mb = max(self.most_mb, self._now())

    def _now(self) -> int:
        return round(self._process.memory_info().rss / 2**20)


def _seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system
