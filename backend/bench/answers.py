"""How long callers wait for an answer, and whether they are let finish: whole calls with pauses in the middle.

Callers report a whole claim in their own words, with pauses of 300 to 900 ms inside every other utterance. The
server is the real one, on the real SDKs, against the local Azure at its typical pace (partials 150 ms behind, a final
650 ms after the last word, first token after 350 ms, then 60 a second, first audio after 120 ms). What was heard
when is read from the phones' recordings, to the frame (20 ms).
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from backend.bench.figures import summary
from backend.bench.moments import House, Track, house_of, track
from backend.emulator.phone.phone import Phone

__all__ = ["measure_answers"]

_LINE = "+18005550100"
_LAST = "anything else"
_FRAME_MS = 20.0
_TALKED_OVER_MS = 300.0
_STAGGER_S = 1.3
_MOST_UTTERANCES = 11
"""Then the caller hangs up: a whole claim takes three minutes."""
_FILLERS = ("One moment", "Thanks for holding")

_STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("how can I help", ("hello i need to report a car accident", "hi | i want to file a claim please")),
    ("name", ("my name is | john smith", "it is john | smith")),
    ("zip", ("six zero six | zero one", "my zip code is six zero | six zero one", "six zero six zero one")),
    ("last four", ("four eight | two one", "four eight two one")),
    ("happened", (
        "i stopped at a red light | and another car hit me from behind",
        "a truck changed lanes | and hit the side of my car",
        "i slid on the ice and hit a tree",
    )),
    ("When", ("it happened yesterday | at five thirty in the afternoon", "this morning | at nine")),
    ("About what time", (
        "at | five thirty in the afternoon", "around nine in the morning",
    )),
    ("Where", (
        "at the corner of main street | and fifth avenue in chicago illinois",
        "on oak street | near the school in houston texas",
    )),
    ("vehicle", ("a two thousand nineteen honda civic", "it is a two thousand nineteen | honda civic")),
    ("driving", ("i was driving", "i was driving | myself")),
    ("relationship", ("i am the policy holder",)),
    ("How many", ("two cars were involved", "just one other car")),
    ("drivable", ("yes | the car is drivable", "no it had to be towed")),
    ("injured", ("nobody was hurt", "no | no one was injured")),
    ("purpose", ("i was driving home from work", "i was going | to the store")),
    ("passengers", ("there were no passengers", "no passengers")),
    ("correct", ("yes that is correct",)),
    (_LAST, ("no thank you goodbye",)),
)  # fmt: skip
_DICTATED = {"zip", "last four", "Where"}


@dataclass(slots=True)
class _Seen:
    answers: list[float] = field(default_factory=list[float])
    fillers: list[float] = field(default_factory=list[float])
    talked_over: int = 0
    talked_over_dictating: int = 0
    halves: int = 0
    utterances: int = 0
    failures: list[str] = field(default_factory=list[str])


async def measure_answers(logs: Path, calls: int = 6, at_once: int = 6) -> dict[str, Any]:
    """Place ``calls`` calls, ``at_once`` at a time, and sum up their turns."""
    seen, places = _Seen(), asyncio.Semaphore(at_once)
    chance = random.Random(20)  # noqa: S311  (the same pauses in every run)
    async with house_of(logs) as house, asyncio.TaskGroup() as group:
        for number in range(calls):
            story = [(asked, _pieces(chance, variants)) for asked, variants in _STORY]
            group.create_task(_guarded(house, seen, story, places, number % at_once * _STAGGER_S))
    return {
        "caller stops to answer": summary(seen.answers),
        "caller stops to filler": summary(seen.fillers) if seen.fillers else None,
        "utterances": seen.utterances,
        "talked over": seen.talked_over,
        "talked over while dictating": seen.talked_over_dictating,
        "halves answered alone": seen.halves,
        "failures": seen.failures,
    }


def _pieces(chance: random.Random, variants: Sequence[str]) -> list[tuple[str, float]]:
    """Words and the pause after them, in seconds."""
    parts = [part.strip() for part in chance.choice(variants).split("|")]
    return [(part, chance.randrange(300, 901, 50) / 1000 if part is not parts[-1] else 0.0) for part in parts]


async def _guarded(
    house: House, seen: _Seen, story: list[tuple[str, list[tuple[str, float]]]], places: asyncio.Semaphore, delay: float
) -> None:
    async with places:
        await asyncio.sleep(delay)
        try:
            await _call(house, seen, story)
        except (TimeoutError, aiohttp.ClientError) as error:
            seen.failures.append(f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class _Said:
    asked: str
    text: str
    speech: tuple[tuple[float, float], ...]
    """Beginning and end of each piece, in milliseconds of the call."""
    heard: str
    """What the agent said next."""


async def _call(house: House, seen: _Seen, story: list[tuple[str, list[tuple[str, float]]]]) -> None:
    phone = house.azure.phones.dial(_LINE)
    await phone.until_connected()
    said: list[_Said] = []
    while len(said) < _MOST_UTTERANCES:
        await phone.until_silent(700, limit=40)
        if _over(phone):
            break
        found = _asked(phone.heard, story)
        if found is None:
            seen.failures.append(f"no answer to: ...{phone.heard[-60:]!r}")
            phone.hang_up()
            break
        said.append(await _say(phone, *found))
        if found[0] == _LAST:
            break
    else:
        phone.hang_up()
    await phone.until(lambda: _over(phone), 20)
    _note(seen, said, track(phone, 0), track(phone, 1))
    understood = await _understood(house, phone.connection_id)
    told = Counter(one.text for one in said)
    lost, repeated = list((told - understood).elements()), list((understood - told).elements())
    seen.halves += len(lost)
    seen.failures += [f"not heard as a whole: {text!r}" for text in lost]
    seen.failures += [f"heard but not said, or twice: {text!r}" for text in repeated]


def _over(phone: Phone) -> bool:
    return phone.state == "ended"


def _asked(heard: str, story: list[tuple[str, list[tuple[str, float]]]]) -> tuple[str, list[tuple[str, float]]] | None:
    """The utterance that the agent's last words ask for."""
    last = heard[-90:].lower()
    places = [(last.rfind(asked.lower()), asked, pieces) for asked, pieces in story]
    place, asked, pieces = max(places, key=lambda found: found[0])
    return (asked, pieces) if place >= 0 else None


async def _say(phone: Phone, asked: str, pieces: list[tuple[str, float]]) -> _Said:
    before, speech = phone.heard, list[tuple[float, float]]()
    for text, pause in pieces:
        began = phone.now_ms
        await phone.say_text(text)
        speech.append((began, phone.now_ms))
        await asyncio.sleep(pause)
    await phone.until(lambda: _answered(phone, before) or phone.state == "ended", 20)
    return _Said(asked, " ".join(text for text, _ in pieces), tuple(speech), phone.heard[len(before) :].strip())


def _answered(phone: Phone, before: str) -> bool:
    new = phone.heard[len(before) :].strip()
    return bool(new) and not any(new.startswith(filler) and len(new) < len(filler) + 20 for filler in _FILLERS)


async def _understood(house: House, connection_id: str) -> Counter[str]:
    async with house.web.get(f"{house.url}/api/v1/calls", params={"connection_id": connection_id}) as answer:
        (call,) = await answer.json()
    async with house.web.get(f"{house.url}/api/v1/calls/{call['call_id']}") as answer:
        turns: list[Mapping[str, Any]] = (await answer.json())["turns"]
    return Counter(text for turn in turns if (text := str(turn["caller_text"]).lower()))


def _note(seen: _Seen, said: Sequence[_Said], caller: Track, agent: Track) -> None:
    for one in said:
        seen.utterances += 1
        over = sum(_both_ms(caller, agent, begin, end) for begin, end in one.speech)
        if over > _TALKED_OVER_MS:
            seen.talked_over += 1
            seen.talked_over_dictating += one.asked in _DICTATED
        wait = _wait_ms(caller, agent, *one.speech[-1])
        if wait is not None:
            (seen.fillers if one.heard.startswith(_FILLERS) else seen.answers).append(wait)


def _both_ms(caller: Track, agent: Track, begin_ms: float, end_ms: float) -> float:
    part = slice(int(begin_ms // _FRAME_MS), int(end_ms // _FRAME_MS) + 1)
    size = min(len(caller[part]), len(agent[part]))
    return float(np.count_nonzero(caller[part][:size] & agent[part][:size])) * _FRAME_MS


def _wait_ms(caller: Track, agent: Track, begin_ms: float, end_ms: float) -> float | None:
    """From the caller's last sound to the agent's next; ``None`` when the agent was not heard any more."""
    spoken = np.flatnonzero(caller[int(begin_ms // _FRAME_MS) : int(end_ms // _FRAME_MS) + 3])
    if not spoken.size:
        return None
    stopped = int(begin_ms // _FRAME_MS) + int(spoken[-1]) + 1
    answered = np.flatnonzero(agent[stopped:])
    return float(answered[0]) * _FRAME_MS if answered.size else None
