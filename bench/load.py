"""The load: a process of its own, so that its cost is not counted.

``python -m bench.load EXPERIMENT --port N [...]`` prints one JSON object. Four experiments:

``turns``   one call at a time; with ``--barge`` each answer is interrupted
``calls``   N calls at once, audio both ways, for ``--seconds``
``memory``  calls are added in steps and the server's memory is read after each
``talk``    callers speak real words with pauses; see bench.talk
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop

from bench.figures import summary
from bench.phone import Phone
from bench.target import Target
from bench.wire import script

__all__ = ["main"]

_ANSWER_S = 8.0
_PAUSE_S = 0.3
_MOST_MISSED = 3
_GAP_MS = 60.0
_WHOLE = 0.9
"""Share of an answer's frames that make it whole: servers round the length of a clause."""


@dataclass
class Heard:
    """What callers of one experiment lived."""

    replies: list[float] = field(default_factory=list[float])
    stops: list[float] = field(default_factory=list[float])
    late: list[float] = field(default_factory=list[float])
    gaps: list[float] = field(default_factory=list[float])
    missed: int = 0
    holed: int = 0
    """Answers that fell silent in the middle for so long that the caller took them for finished."""


async def turns(server: Target, calls: int, count: int, barge: bool) -> dict[str, Any]:
    """Calls one after the other, each with so many turns."""
    heard, began = Heard(), time.perf_counter()
    for _ in range(calls):
        phone = await server.dial()
        await asyncio.sleep(0.5)
        speaking = False
        for _ in range(count):
            if heard.missed > _MOST_MISSED:
                raise TimeoutError(f"the server left {heard.missed} callers without an answer")
            speaking = await _turn(phone, heard, barge=barge, speaking=speaking)
        phone.hang_up()
    stats = await server.stats()
    return {name: summary(values) for name, values in stats["samples"].items()} | {
        "caller_eos_to_first_audio_ms": summary(heard.replies),
        "caller_sos_to_stop_ms": summary(heard.stops),
        "frames_after_stop": summary(heard.late),
        "gap_between_frames_ms": summary(heard.gaps),
        "missed_answers": heard.missed,
        "wall_seconds": round(time.perf_counter() - began, 1),
    }


async def _turn(phone: Phone, heard: Heard, *, barge: bool, speaking: bool) -> bool:
    """One turn; true when the caller speaks at its end, because he has interrupted."""
    if not speaking:
        await phone.start_speaking()
    await asyncio.sleep(0.15)
    phone.expect_answer()
    await phone.stop_speaking()
    if not await _within(phone.heard):
        heard.missed += 1
        return False
    heard.replies.append((phone.first_heard - phone.marker_sent) / 1e6)
    if barge:
        return await _interrupt(phone, heard)
    await phone.until_quiet(_PAUSE_S)
    heard.gaps += phone.gaps
    return False


async def _interrupt(phone: Phone, heard: Heard) -> bool:
    await asyncio.sleep(0.3)
    await phone.start_speaking()
    if not await _within(phone.stopped):
        heard.missed += 1
        return False
    heard.stops.append((phone.stopped_at - phone.marker_sent) / 1e6)
    await asyncio.sleep(0.2)
    heard.late.append(phone.late_frames)
    return True


async def _within(event: asyncio.Event) -> bool:
    """Did it come in time?"""
    try:
        await asyncio.wait_for(event.wait(), _ANSWER_S)
    except TimeoutError:
        return False
    return True


async def _converse(server: Target, phase: float, heard: Heard, phones: list[Phone]) -> None:
    phone = await server.dial(phase)
    phones.append(phone)
    await asyncio.sleep(0.6)
    while True:
        await phone.start_speaking()
        await asyncio.sleep(0.2)
        phone.expect_answer()
        await phone.stop_speaking()
        if not await _within(phone.heard):
            heard.missed += 1
            continue
        heard.replies.append((phone.first_heard - phone.marker_sent) / 1e6)
        await phone.until_quiet(0.25)
        heard.gaps += phone.gaps
        heard.holed += phone.frames < _WHOLE * 2 * script.sentence_frames


async def calls(server: Target, count: int, seconds: float) -> dict[str, Any]:
    """So many calls at once."""
    heard, phones = Heard(), list[Phone]()
    tasks: list[asyncio.Task[None]] = []
    for index in range(count):
        tasks.append(asyncio.create_task(_converse(server, index * 0.618 % 1, heard, phones)))
        await asyncio.sleep(min(0.13, 4 / count))
    await asyncio.sleep(3)
    heard.replies.clear()
    heard.gaps.clear()
    heard.holed = 0
    for phone in phones:
        phone.gaps, phone.lateness = [], []
    before, client, began = await server.stats(), time.process_time(), time.perf_counter()
    await asyncio.sleep(seconds)
    after, client = await server.stats(), time.process_time() - client
    elapsed = time.perf_counter() - began
    for task in tasks:
        task.cancel()
    broken = [e for e in await asyncio.gather(*tasks, return_exceptions=True) if not _cancelled(e)]
    heard.gaps += [gap for phone in phones for gap in phone.gaps]
    figures = await _lost(server, phones) | _load_figures(count, elapsed, before, after, heard)
    figures |= {"broken_calls": len(broken), "broken_why": sorted({repr(e) for e in broken})[:3]}
    figures["client_core_percent"] = round(100 * client / elapsed, 1)
    figures["client_lateness_ms"] = summary([ms for phone in phones for ms in phone.lateness])
    for phone in phones:
        phone.hang_up()
    return figures


async def _lost(server: Target, phones: list[Phone]) -> dict[str, Any]:
    """Frames that did not arrive, counted when every agent was interrupted and every caller has fallen silent."""
    for phone in phones:
        phone.interrupt()
    await asyncio.sleep(0.1)
    for phone in phones:
        phone.fall_silent()
    await asyncio.sleep(0.7)
    stats = await server.stats()
    return {
        "frames_lost_in": sum(phone.sent for phone in phones) - stats["frames_in"],
        "frames_lost_out": stats["frames_out"] - sum(phone.received for phone in phones),
    }


def _cancelled(outcome: object) -> bool:
    return outcome is None or isinstance(outcome, asyncio.CancelledError)


def _load_figures(
    count: int, elapsed: float, before: dict[str, Any], after: dict[str, Any], heard: Heard
) -> dict[str, Any]:
    cpu = after["cpu_seconds"] - before["cpu_seconds"]
    return {
        "calls": count,
        "cpu_seconds_per_call_minute": round(cpu / (count * elapsed / 60), 3),
        "core_percent": round(100 * cpu / elapsed, 1),
        "frames_in_per_call_second": round((after["frames_in"] - before["frames_in"]) / count / elapsed, 1),
        "frames_out_per_call_second": round((after["frames_out"] - before["frames_out"]) / count / elapsed, 1),
        "caller_eos_to_first_audio_ms": summary(heard.replies),
        "gap_between_frames_ms": summary(heard.gaps),
        "gaps_over_60_ms": sum(gap > _GAP_MS for gap in heard.gaps),
        "missed_answers": heard.missed,
        "answers_with_holes": heard.holed,
        "frame_handling_ms": summary(after["samples"].get("frame_handling_ms", [])),
        "rss_mb": round(after["rss_mb"], 1),
        "threads": after["threads"],
    }


async def memory(server: Target, steps: list[int]) -> dict[str, Any]:
    """Memory of further calls, each in the middle of an answer."""
    first = await server.stats()
    points: list[tuple[int, float]] = []
    phones: list[Phone] = []
    for target in steps:
        while len(phones) < target:
            phones.append(await server.dial(len(phones) * 0.618 % 1))
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.7)
        for phone in phones:
            await phone.start_speaking()
        await asyncio.sleep(0.2)
        for phone in phones:
            await phone.stop_speaking()
        await asyncio.sleep(2.0)
        points.append((target, (await server.stats())["rss_mb"]))
    for phone in phones:
        phone.hang_up()
    slope = statistics.linear_regression([p[0] for p in points], [p[1] for p in points]).slope
    return {
        "rss_mb_by_calls": {"0": round(first["rss_mb"], 1), **{str(n): round(mb, 1) for n, mb in points}},
        "rss_mb_per_call": round(slope, 3),
    }


async def _run(args: argparse.Namespace) -> dict[str, Any]:
    server = Target(args.port)
    values = json.loads(args.script)
    script.apply(values)
    await server.ask("POST", "/bench/reset", values)
    match args.experiment:
        case "turns":
            return await turns(server, args.calls, args.turns, args.barge)
        case "calls":
            return await calls(server, args.calls, args.seconds)
        case "talk":
            from bench.talk import measure_talk  # brings a voice with it

            return await measure_talk(server, args.calls, args.rounds, values)
        case _:
            return await memory(server, args.steps)


def main() -> None:
    """Entry point of the load's process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("experiment", choices=["turns", "calls", "memory", "talk"])
    parser.add_argument("--port", type=int, nargs="+", required=True, help="one a worker")
    parser.add_argument("--script", default="{}", help="values of bench.wire.Script, as JSON")
    parser.add_argument("--calls", type=int, default=5)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--barge", action="store_true")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--steps", type=int, nargs="+", default=[1, 5, 10, 15, 20])
    json.dump(uvloop.run(_run(parser.parse_args())), sys.stdout)


if __name__ == "__main__":
    main()
