"""The same calls by ACS and by LiveKit: what a caller lives, and what each costs.

The whole server on the real SDKs, against the local Azure at its typical pace and, for LiveKit, a real LiveKit server
with phones behind a SIP trunk. On both the callers are understood by the recognizer of this machine: what comes through
Opus no script knows. Three calls at a time, so that two cores bear their callers, too; processor time is that of the
server's process, and of the LiveKit server beside it.
"""

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil

from backend.domain.call import Way
from bench.machine import Neighbours
from bench.moments import House, Seen, house_of, place_calls
from local_azure.livekit.server_process import LiveKitServer, livekit_server

__all__ = ["measure_ways"]

_ROUNDS = 4
_SAMPLE_S = 0.5


async def measure_ways(logs: Path, rounds: int = _ROUNDS) -> dict[str, dict[str, Any]]:
    """Place the same calls by each way, three at a time; gives moments and costs by way."""
    ways: tuple[Way, ...] = ("acs", "livekit")
    return {way: await _of_way(logs, way, rounds) for way in ways}


async def _of_way(logs: Path, way: Way, rounds: int) -> dict[str, Any]:
    with ExitStack() as ends:
        beside = ends.enter_context(livekit_server()) if way == "livekit" else None
        async with house_of(logs, "sphinx", beside.access if beside else None) as house:
            await place_calls(house, Seen(), 1)  # what a process loads with its first call is no cost of the others
            return await _measured(house, beside, rounds)


async def _measured(house: House, beside: LiveKitServer | None, rounds: int) -> dict[str, Any]:
    seen, memory = Seen(), _Memory(house.pid)
    pids = [house.pid, *([beside.process.pid] if beside else [])]
    before = [_seconds(pid) for pid in pids]
    neighbours = Neighbours([*pids, psutil.Process().pid])
    neighbours.start()
    watching = asyncio.create_task(memory.watch())
    for _ in range(rounds):
        await place_calls(house, seen, 1)
    watching.cancel()
    spent = [_seconds(pid) - began for pid, began in zip(pids, before, strict=True)]
    minutes = seen.talked_ms / 60_000
    return {
        "moments": seen.summed(),
        "failures": seen.failures,
        "minutes": round(minutes, 2),
        "cpu_s_per_call_minute": round(spent[0] / minutes, 2),
        "beside_cpu_s_per_call_minute": round(spent[1] / minutes, 2) if beside else None,
        "idle_mb": memory.idle_mb,
        "most_mb": memory.most_mb,
        "contention": neighbours.stop(),
    }


class _Memory:
    """Memory of the server: between calls, and the most of it while there are three."""

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
