"""Calls without end, and is anything left behind? ``make soak MINUTES=60 CALLS=10``.

A server with two workers on a real Redis and the local Azure takes so many calls at a time, each from dialing to its end;
one in five is hung up on in the middle. Memory, threads, descriptors, tasks
and Redis keys are measured every few seconds. The end status is 1 where one of them climbs, or a call went wrong.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS / name) for name in ("scenario", "contract", "chaos")]

import httpx2  # noqa: E402
import psutil  # noqa: E402
from callers import dial, gone, say  # noqa: E402
from slope import Slope, slope_of  # noqa: E402
from troupe import Troupe, troupe  # noqa: E402

EVERY_S = 5.0
ALLOWED: dict[str, tuple[float, float]] = {
    "memory_mb": (0.05, 8.0),
    "threads": (0.05, 4.0),
    "descriptors": (0.05, 8.0),
    "redis_keys": (0.10, 20.0),
    "tasks": (0.05, 10.0),
}
"""Each may climb by so much of its middle value, or by so much if that is more."""

_RANG = b"rm:incoming:"
"""That a call rang is remembered for ten minutes; how many there are tells the pace of calls and no more."""


@dataclass
class Measured:
    """What was seen so far."""

    seconds: list[float] = field(default_factory=list[float])
    figures: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ALLOWED})
    calls: Counter[str] = field(default_factory=Counter[str])
    waits_ms: list[float] = field(default_factory=list[float])
    broken: list[str] = field(default_factory=list[str])


async def soak(minutes: float, calls: int, folder: Path) -> tuple[Measured, list[Slope]]:
    """Run it."""
    measured = Measured()
    with TemporaryDirectory(prefix="ringmaster-soak-") as temporary:
        async with troupe(Path(temporary)) as found:
            until = time.monotonic() + minutes * 60
            watching = asyncio.create_task(_watch(found, measured, calls, folder))
            callers = [_calls_again(found, measured, until, number) for number in range(calls)]
            await asyncio.gather(*callers)
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
    return measured, _judged(measured)


async def _calls_again(found: Troupe, measured: Measured, until: float, number: int) -> None:
    rng = random.Random(number)
    await asyncio.sleep(number * 0.7)
    while time.monotonic() < until:
        try:
            measured.calls[await _one_call(found, measured, rng)] += 1
        except (AssertionError, TimeoutError, httpx2.HTTPError) as error:
            measured.calls["broken"] += 1
            measured.broken.append(f"{type(error).__name__}: {error}"[:300])


async def _one_call(found: Troupe, measured: Measured, rng: random.Random) -> str:
    phone = await dial(found)
    try:
        await say(phone, "what is my deductible", "name")
        if rng.random() < 0.2:
            return "hung up on"
        await say(phone, "karen miller", "zip code")
        await say(phone, "seven seven zero zero two", "last four")
        await say(phone, "nine zero three seven", "1000 dollars")
        await phone.until_silent(600, limit=60)
        await phone.say_text("no thank you goodbye")
        await phone.until_ended(60)
        return "whole"
    finally:
        measured.waits_ms += [turn.response_ms for turn in phone.turns[1:] if turn.response_ms is not None]
        if phone.state != "ended":
            await gone(phone)


async def _watch(found: Troupe, measured: Measured, calls: int, folder: Path) -> None:
    began = time.monotonic()
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            now = await _figures(found)
        except (httpx2.HTTPError, psutil.Error, KeyError, ValueError) as error:
            measured.broken.append(f"not measured: {type(error).__name__}")
            continue
        measured.seconds.append(round(time.monotonic() - began, 1))
        for name, value in now.items():
            measured.figures[name].append(value)
        if len(measured.seconds) % 12 == 0:
            shown = ", ".join(f"{name} {value:g}" for name, value in now.items())
            print(f"{measured.seconds[-1] / 60:6.1f} min: {sum(measured.calls.values())} calls; {shown}", flush=True)
            write(folder, measured, [], calls)


async def _figures(found: Troupe) -> dict[str, float]:
    processes = psutil.Process(found.process.pid).children(recursive=True)
    tasks = 0.0
    seen: set[str] = set()
    for _ in range(12):  # each request may meet another worker
        stats = (await found.http.get("/stats", headers={"Connection": "close"})).json()
        name = stats["workers"]["this"]
        if name not in seen:
            seen.add(name)
            tasks += float(stats["loop"].get("tasks", 0))
        if len(seen) == 2:
            break
    return {
        "memory_mb": round(sum(one.memory_info().rss for one in processes) / 2**20, 1),
        "threads": float(sum(one.num_threads() for one in processes)),
        "descriptors": float(sum(one.num_fds() for one in processes)),
        "redis_keys": float(sum(not name.startswith(_RANG) for name in await found.redis.keys("*"))),
        "tasks": tasks,
    }


def _judged(measured: Measured) -> list[Slope]:
    return [
        slope_of(name, measured.seconds, values, part=ALLOWED[name][0], least=ALLOWED[name][1])
        for name, values in measured.figures.items()
    ]


def write(folder: Path, measured: Measured, slopes: Sequence[Slope], calls: int) -> None:
    """The results so far."""
    ordered = sorted(measured.waits_ms)
    told: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(),
        "at_once": calls,
        "calls": dict(measured.calls),
        "wait_ms": {"p50": ordered[len(ordered) // 2], "p95": ordered[int(len(ordered) * 0.95)]} if ordered else {},
        "verdict": [asdict(slope) | {"flat": slope.flat} for slope in slopes],
        "broken": measured.broken[:50],
        "seconds": measured.seconds,
        "figures": measured.figures,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.json").write_text(json.dumps(told, indent=1))


def main() -> int:
    """Soak as asked, print the verdict, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--calls", type=int, default=10, help="at a time")
    parser.add_argument("--results", type=Path, default=Path("var/soak"))
    asked = parser.parse_args()
    measured, slopes = asyncio.run(soak(asked.minutes, asked.calls, asked.results))
    write(asked.results, measured, slopes, asked.calls)
    print(f"calls: {dict(measured.calls)}")
    print("| figure | first third | last third | an hour | allowed | flat |\n|---|---|---|---|---|---|")
    for one in slopes:
        print(
            f"| {one.figure} | {one.first:g} | {one.last:g} | {one.per_hour:+.1f} | {one.allowed:g} | {'yes' if one.flat else '**no**'} |"
        )
    for why in measured.broken[:10]:
        print(f"  {why}")
    good = all(one.flat for one in slopes) and not measured.calls["broken"]
    print("flat" if good else "NOT FLAT, or calls broke")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
