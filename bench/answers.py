"""How long callers wait for an answer, and whether they are let finish: whole calls with pauses in the middle.

Callers report a whole claim in their own words, with pauses of 300 to 900 ms inside every other utterance. The
server is the real one, on the real SDKs, against the local Azure at its typical pace (partials 150 ms behind, a final
650 ms after the last word, first token after 350 ms, then 60 a second, first audio after 120 ms). What was heard
when is read from the phones' recordings, to the frame (20 ms); which tools ran in a turn, and whether a filler came
before the answer, from the server's record of the call.
"""

import asyncio
import json
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bench.claim_caller import Said, converse
from bench.claim_story import ClaimStory, Reply
from bench.machine import Neighbors
from bench.moments import House, house_of, track
from bench.treatment import Treatment, treatment
from bench.understood import Heard, Record, Understood, answer_figures, understood
from local_azure.phone.phone import Phone

__all__ = ["measure_answers"]

_LINE = "+18005550100"
_STAGGER_S = 1.3
_RECORDED_S = 15.0


@dataclass(slots=True)
class _Seen:
    heard: list[Heard] = field(default_factory=list[Heard])
    calls: int = 0
    out_of_step: int = 0
    halves: int = 0
    failures: list[str] = field(default_factory=list[str])


async def measure_answers(logs: Path, calls: int = 6, at_once: int = 6) -> dict[str, Any]:
    """Place ``calls`` calls, ``at_once`` at a time, and sum up their turns.

    A call that falls out of step leaves its recording and its record in ``logs``.
    """
    seen, places = _Seen(), asyncio.Semaphore(at_once)
    async with house_of(logs) as house:
        neighbors = Neighbors([os.getpid(), house.pid])
        neighbors.start()
        async with asyncio.TaskGroup() as group:
            for number in range(calls):
                group.create_task(_guarded(house, seen, number, places, number % at_once * _STAGGER_S, logs))
        others = neighbors.stop()["others_mean_percent"]
    return {
        **answer_figures(seen.heard),
        "halves answered alone": seen.halves,
        "calls": seen.calls,
        "out of step": seen.out_of_step,
        "others on the machine, percent of a core": others,
        "failures": seen.failures,
    }


async def _guarded(house: House, seen: _Seen, number: int, places: asyncio.Semaphore, delay: float, logs: Path) -> None:
    """One call that goes wrong is reported and does not spoil the others."""
    async with places:
        await asyncio.sleep(delay)
        phone = house.azure.phones.dial(_LINE)
        said, failures = list[Said](), list[str]()
        record: Record = {}
        try:
            await converse(phone, house.azure.azure.voices, ClaimStory(random.Random(number)), said)  # noqa: S311  (the same each run)
        except (TimeoutError, ConnectionError, aiohttp.ClientError) as error:
            failures.append(f"{type(error).__name__}: {error}")
        finally:
            phone.hang_up()
        try:
            record = await _record(house, phone.connection_id)
            failures += _note(seen, understood(_treated(phone, said), record["turns"]))
        except (TimeoutError, aiohttp.ClientError) as error:
            failures.append(f"no record of the call: {type(error).__name__}: {error}")
        seen.calls += 1
        seen.out_of_step += bool(failures)
        seen.failures += [f"call {number}: {failure}" for failure in failures]
        if failures:
            _keep(logs / f"answers-{number}", phone, record)


async def _record(house: House, connection_id: str) -> Record:
    """The server's record of a call, once it has an outcome: until then the last turn may be missing.

    Raises:
        TimeoutError: it never gets one.
    """
    calls = f"{house.url}/api/v1/calls"
    async with asyncio.timeout(_RECORDED_S):
        while True:
            async with house.web.get(calls, params={"connection_id": connection_id}) as answer:
                found: list[Record] = await answer.json()
            if found and found[0].get("outcome"):
                break
            await asyncio.sleep(0.05)
    async with house.web.get(f"{calls}/{found[0]['call_id']}") as answer:
        return await answer.json()


def _treated(phone: Phone, said: Sequence[Said]) -> list[tuple[Reply, Treatment]]:
    caller, agent = track(phone, 0), track(phone, 1)
    return [(one.reply, treatment(caller, agent, one.speech)) for one in said]


def _note(seen: _Seen, call: Understood) -> list[str]:
    seen.heard += call.heard
    seen.halves += len(call.halves)
    return call.failures


def _keep(place: Path, phone: Phone, record: Record) -> None:
    """For whoever wants to know why: what both sides sounded like, and what the server made of it."""
    place.with_suffix(".wav").write_bytes(phone.recording())
    place.with_suffix(".json").write_text(json.dumps(record, indent=1))
