"""What a call in a LiveKit room costs: both sides talk without pause, each room with a caller of its own.

Three processes: a real LiveKit server, the callers, and the side that is measured, which is the adapter of this server
and nothing above it (``plain``: the SDK as its examples use it); see :mod:`bench.room_sides`. Processor time is counted
per process, so that it is good on a machine that others keep busy, too. Gaps between frames, as a caller's ear gets
them, are not: so each step is taken several times and its median counts, beside it stands what others on the machine
did, and how late the callers and the agents themselves woke for their own beat of 20 ms: a gap that is no longer than
the callers were late is theirs, who on a telephone would be elsewhere.
"""

import asyncio
import contextlib
import json
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import psutil

from bench.machine import Neighbors
from bench.room_sides import LATEST_MS
from local_azure.livekit.server_process import livekit_server

__all__ = ["holds", "measure_rooms", "median_of"]

_STEPS = (1, 5, 10, 15, 20, 25, 30)
_RUNS = 3
_SETTLE_S, _LASTS_S = 3.0, 15.0
_GAP_MS, _HEARD = 60.0, 99


class BenchError(Exception):
    """A step came to no end; the sentence says why."""


async def measure_rooms(
    steps: Sequence[int] = _STEPS,
    kinds: Sequence[str] = ("ours", "plain"),
    *,
    runs: int = _RUNS,
    all_steps: bool = False,
) -> list[dict[str, Any]]:
    """Take step after step, each kind up to the first that does not hold.

    Args:
        runs: how often each step is taken; its median counts.
        all_steps: go on behind it, where only the processor time counts.
    """
    found: list[dict[str, Any]] = []
    for kind in kinds:
        for rooms in steps:
            found.append(median_of([await _attempt(kind, rooms) for _ in range(runs)]))
            if "broke" in found[-1] or not (holds(found[-1]) or all_steps):
                break
    return found


def holds(step: Mapping[str, Any]) -> bool:
    """Did 99 of 100 frames come within 60 ms of the one before, in every room, and with a voice in them?"""
    return bool(step["gap_p99_ms"] <= _GAP_MS and step["frames_heard_percent"] >= _HEARD)


def median_of(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One step of several runs of it: the median of each figure, and the gaps of all. It broke where most did."""
    whole = [run for run in runs if "broke" not in run]
    if len(whole) * 2 <= len(runs):
        return next(run for run in runs if "broke" in run)
    middle: dict[str, Any] = _median(whole)
    return middle | {"gap_p99_ms_each": [run["gap_p99_ms"] for run in runs]}


def _median(values: Sequence[Any]) -> Any:
    first = values[0]
    if isinstance(first, Mapping):
        return {name: _median([value[name] for value in values]) for name in first}  # pyright: ignore[reportUnknownVariableType]
    return statistics.median(values) if isinstance(first, int | float) else first


async def _attempt(kind: str, rooms: int) -> dict[str, Any]:
    try:
        return await _step(kind, rooms)
    except (BenchError, TimeoutError, psutil.Error) as error:  # what was found before is not lost with it
        return {"kind": kind, "rooms": rooms, "gap_p99_ms": LATEST_MS, "broke": str(error) or "too slow"}


async def _step(kind: str, rooms: int) -> dict[str, Any]:
    with livekit_server() as server:
        where = (server.url, server.api_key, server.api_secret, str(rooms))
        async with _side(kind, *where) as agents, _side("callers", *where) as callers:
            await asyncio.gather(_line(agents), _line(callers))
            await asyncio.sleep(_SETTLE_S)
            pids = {"agents": agents.pid, "server": server.process.pid, "callers": callers.pid}
            neighbors = Neighbors(list(pids.values()))
            for side in (agents, callers):
                _tell(side)
            neighbors.start()
            before, began = {name: _seconds(pid) for name, pid in pids.items()}, time.monotonic()
            await asyncio.sleep(_LASTS_S)
            minutes = (time.monotonic() - began) / 60 * rooms
            spent = {name: round((_seconds(pid) - before[name]) / minutes, 2) for name, pid in pids.items()}
            others = neighbors.stop()["others_mean_percent"]
            memory = round(psutil.Process(agents.pid).memory_info().rss / 2**20)
            for side in (agents, callers):
                _tell(side)
            told, heard = [json.loads(await _line(side)) for side in (agents, callers)]
    late = {"agents": told["late_p99_ms"], "callers": heard.pop("late_p99_ms")}
    step = {"kind": kind, "rooms": rooms, "cpu_s_per_room_minute": spent, "agents_mb": memory}
    return step | {"others_percent": others, "late_p99_ms": late} | heard


def _seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


@contextlib.asynccontextmanager
async def _side(*arguments: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.room_sides", *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _tell(side: asyncio.subprocess.Process) -> None:
    """The time that counts begins, or is over."""
    assert side.stdin is not None
    side.stdin.write(b"now\n")


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(90):
        line = (await process.stdout.readline()).decode()
    if not line:
        raise BenchError("the callers or the agents did not come into their rooms")
    return line


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    for row in asyncio.run(measure_rooms(given or _STEPS, all_steps=bool(given))):
        print(json.dumps(row), flush=True)  # noqa: T201
