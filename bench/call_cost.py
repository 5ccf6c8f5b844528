"""``make capacity``: what a call takes of a server, measured anew, and what replicas carry, computed from it.

Calls on the real SDKs against the local Azure, as in ``bench.capacity``: every caller talks and listens all the time.
Of each round a fresh server is measured, which has had some calls, so that what the first ones load counts for the
worker: its memory and threads when nobody calls, the memory of further calls (from the fifth to the last), and the
processor time of its loop and of its other threads. The medians of the rounds are written where ``ringmaster capacity``
finds them.
"""

import argparse
import asyncio
import os
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import uvloop

from backend.domain.capacity import Measured
from bench.call_cost_pages import write_down
from bench.capacity import LINE, Work, converse
from bench.machine import Neighbors, describe
from bench.moments import House, house_of
from bench.plan import ROOT
from local_azure.phone.phone import Phone

__all__ = ["FIRST", "dial", "hang_up", "main", "measure_call_cost", "medians", "warm"]

FIRST = 5
"""Calls that a server has had before the memory of further ones is looked at."""
_STAGGER_S = 0.2
_IDLE_S, _SETTLE_S = 2.0, 6.0
_WARM_S = 12.0
_MB = 2**20
_MINUTE_S = 60.0

Round = dict[str, float]


async def measure_call_cost(logs: Path, calls: int, seconds: int, rounds: int) -> list[Round]:
    """Load a fresh server in every round."""
    return [await _round(logs, calls, seconds) for _ in range(rounds)]


async def _round(logs: Path, calls: int, seconds: int) -> Round:
    async with house_of(logs) as house:
        await warm(house)
        server = psutil.Process(house.pid)
        idle_mb, idle_threads = server.memory_info().rss / _MB, server.num_threads()
        phones, talking = list[Phone](), list[asyncio.Task[None]]()
        await dial(house, FIRST, phones, talking)
        first_mb = server.memory_full_info().uss / _MB
        await dial(house, calls - FIRST, phones, talking)
        neighbors = Neighbors([os.getpid(), house.pid])
        neighbors.start()
        began = Work.now(house.pid)
        await asyncio.sleep(seconds)
        ended = Work.now(house.pid)
        others = neighbors.stop()["others_mean_percent"]
        all_mb, all_threads = server.memory_full_info().uss / _MB, server.num_threads()
        failed = sum(task.done() for task in talking)
        await hang_up(phones, talking)
    minutes = calls * (ended.at - began.at) / _MINUTE_S
    return {
        "loop_s": (ended.loop - began.loop) / minutes,
        "threads_s": (ended.threads - began.threads) / minutes,
        "azure_s": (ended.azure - began.azure) / minutes,
        "idle_mb": idle_mb,
        "call_mb": (all_mb - first_mb) / (calls - FIRST),
        "idle_threads": idle_threads,
        "call_threads": (all_threads - idle_threads) / calls,
        "others_percent": others,
        "failed_calls": failed,
    }


async def warm(house: House) -> None:
    """Have as many calls as the memory of further ones is counted from, to their end: a worker is new only once."""
    phones, talking = list[Phone](), list[asyncio.Task[None]]()
    await dial(house, FIRST, phones, talking)
    await asyncio.sleep(_WARM_S)
    await hang_up(phones, talking)
    await asyncio.sleep(_IDLE_S)


async def hang_up(phones: list[Phone], talking: list[asyncio.Task[None]]) -> None:
    """End these calls."""
    for task in talking:
        task.cancel()
    await asyncio.gather(*talking, return_exceptions=True)
    for phone in phones:
        phone.hang_up()


async def dial(house: House, calls: int, phones: list[Phone], talking: list[asyncio.Task[None]]) -> None:
    """So many callers more, until they have heard the greeting."""
    for _ in range(calls):
        phones.append(phone := house.azure.phones.dial(LINE))
        talking.append(asyncio.create_task(converse(phone)))
        await asyncio.sleep(_STAGGER_S)
    await asyncio.sleep(_SETTLE_S)


def medians(rounds: Sequence[Round], machine: dict[str, Any], calls: int, seconds: int, today: str) -> Measured:
    """What is computed with from now on."""

    def middle(name: str) -> float:
        return statistics.median(one[name] for one in rounds)

    return Measured(
        date=today,
        machine=(
            f"{machine['cores']} cores of {machine['processor']}, Python {machine['python']}, with the local Azure "
            f"beside the server; {calls} calls for {seconds} s, medians of {len(rounds)}; others kept "
            f"{max(0.0, middle('others_percent')):.0f} % of a core busy"
        ),
        loop_s=round(middle("loop_s"), 2),
        threads_s=round(middle("threads_s"), 2),
        idle_mb=round(middle("idle_mb"), 0),
        call_mb=round(middle("call_mb"), 1),
        idle_threads=round(middle("idle_threads")),
        call_threads=round(middle("call_threads"), 1),
    )


def main() -> None:
    """Measure, print every round, and write down the medians."""
    wanted = argparse.ArgumentParser(
        prog="make capacity", description="Measure what a call takes, and compute with it."
    )
    wanted.add_argument("--calls", type=int, default=20, help="more than 5")
    wanted.add_argument("--seconds", type=int, default=20)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--only-show", action="store_true", help="write nothing down")
    given = wanted.parse_args()
    if given.calls <= FIRST or given.rounds < 1:
        wanted.error(f"more than {FIRST} calls and at least one round are needed")
    logs = ROOT / "var/bench/logs"
    logs.mkdir(parents=True, exist_ok=True)
    rounds = uvloop.run(measure_call_cost(logs, given.calls, given.seconds, given.rounds))
    for one in rounds:
        sys.stdout.write(", ".join(f"{name} {value:.2f}" for name, value in one.items()) + "\n")
    if any(one["failed_calls"] for one in rounds):
        sys.exit("calls failed, so nothing is written down")
    measured = medians(rounds, describe(), given.calls, given.seconds, datetime.now(UTC).date().isoformat())
    sys.stdout.write(f"{measured}\n")
    if not given.only_show:
        for path in write_down(measured, ROOT):
            sys.stdout.write(f"written: {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
