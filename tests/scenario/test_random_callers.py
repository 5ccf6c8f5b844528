"""Callers who say anything: nobody hears the same words twice running, nobody is kept in a loop, every call ends."""

import itertools
import os
import random
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from shipped_store import shipped_store

from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from stand_in.manner import MANNERS, Manner

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0)
CALLS = 60
EACH_MANNER = os.environ.get("CALLERS") == "each"
"""Has every caller a model of each manner? Otherwise one of them, in turn."""
MOST_TURNS = 90
MOST_SAME = 3
"""So often one question may be asked in a row, in whatever words."""
READ_BACK = ("confirmation", "correction", "callback_number")

TRUE = {
    "full_name": ["john smith", "my name is john smith"],
    "zip_code": ["six zero six zero one", "60601"],
    "last4": ["four eight two one", "4821"],
    "incident_description": ["i stopped at a light and another car hit me", "a van rolled into my car"],
    "loss_date": ["yesterday", "it was on thursday at six in the evening"],
    "loss_time": ["at half past six in the evening", "9 am"],
    "loss_location": ["on oak street in houston texas", "main street in chicago illinois"],
    "vehicle": ["a two thousand nineteen honda civic", "yes"],
    "driver_name": ["i was driving", "my wife anna was driving", "nobody it was parked"],
    "driver_relationship": ["she is my wife", "i am the policyholder"],
    "vehicles_involved": ["two cars", "just mine"],
    "vehicle_drivable": ["yes it is", "no it was towed"],
    "injuries": ["nobody was hurt", "no everybody is fine"],
    "trip_purpose": ["i was going home from work", "shopping"],
    "passengers": ["no passengers", "my wife anna"],
    "confirmation": ["yes that is correct", "yes", "no", "yes but it was on monday"],
    "correction": ["it happened at seven in the evening", "three cars were involved", "the street was elm street"],
    "consent": ["yes", "no"],
    "callback_number": ["three one two five five five zero one four two", "no number"],
}
NOISE = ["uh", "blah blah", "purple monkeys", "seven", "what about tomorrow maybe", "hmm well", "the other one", ""]
ASIDES = ["why do you ask", "say that again please", "hold on", "are you a robot", "slower please", "can you hear me"]
UNSURE = ["i don't know", "no idea", "i am not sure"]
SUBJECTS = ["what is my deductible", "what are your opening hours", "do you speak spanish"]
OPENINGS = ["i had a car accident", "hello", "my parked car was hit", "what is my deductible", "i want to file a claim"]


class Anybody:
    """Says true things, nonsense, asides and contrary things, in a mixture of their own."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._kinds: Sequence[Sequence[str]] = (NOISE, ASIDES, UNSURE, SUBJECTS)
        self._weights = [self._random.random() ** 2 for _ in self._kinds]
        self._honest = self._random.choice((0.0, 0.3, 0.6, 0.8, 0.95))
        self._asides = 4

    def opening(self) -> str:
        return self._random.choice(OPENINGS)

    def answer(self, field: str | None, said: str) -> str:
        if self._random.random() < self._honest:
            return self._true(field, said)
        words = self._random.choice(self._random.choices(self._kinds, self._weights)[0]) or "mm"
        if words in ASIDES or words in SUBJECTS:
            self._asides -= 1
        return words if self._asides >= 0 else self._true(field, said)

    def _true(self, field: str | None, said: str) -> str:
        if field is None and re.search(r"\belse\b", said):
            return self._random.choice(["no thank you", "no that is all"])
        if field is None and "what happened" in said:
            field = "incident_description"
        return self._random.choice(TRUE.get((field or "").partition(":")[0], ["yes", "no"]))


def question(said: str) -> str:
    """The last sentence that asks or requests something."""
    asking = [one for one in re.split(r"(?<=[.?!])\s+", said) if "?" in one or one.lower().startswith("please ")]
    return " ".join(asking[-1].lower().split()) if asking else ""


async def play(seed: int, manner: Manner) -> tuple[RehearsedCall, list[tuple[str, str, str | None]]]:
    """One call: the room, and its turns (caller's words, what came back, the field that is open then)."""
    store = shipped_store(memory_tools().names)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    room = RehearsedCall(RehearsalParts(store, StandInModel(manner), policies), store.lines["insurance"], NOON)
    room.open()
    who, turns = Anybody(seed), list[tuple[str, str, str | None]]()
    words = who.opening()
    while room.ending is None and len(turns) < MOST_TURNS:
        since = len(room.history)
        await room.say(words)
        said = " ".join(room.said(since))
        turns.append((words, said, room.session.expects))
        words = who.answer(room.session.expects, said.lower())
    return room, turns


def _repetitions(turns: Sequence[tuple[str, str, str | None]]) -> Iterator[str]:
    """Questions that came twice running in the same words, unless the caller said something beside the matter."""
    for (_, before, _), (words, said, field) in itertools.pairwise(turns):
        again = said == before if field == "confirmation" else question(said) == question(before)
        if question(said) and again and words not in ASIDES and words not in SUBJECTS:
            yield f"{words!r} -> {said!r}"


def _loops(turns: Sequence[tuple[str, str, str | None]]) -> Iterator[str]:
    """Fields that were asked for too often in a row. What is not an answer at all does not count."""
    row, last = 0, None
    for words, _, field in turns:
        if words in ASIDES or words in SUBJECTS:
            continue
        row = row + 1 if field is not None and field == last else 1
        last = field
        if (
            row > MOST_SAME + (field in READ_BACK) * 7
        ):  # several parts, and values that are said anew and read back anew
            yield f"{field} {row} times"


@pytest.mark.parametrize("manner", MANNERS)
async def test_whatever_is_said_nobody_is_kept_in_a_loop(manner: Manner) -> None:
    wrong: dict[int, list[str]] = {}
    seeds = range(CALLS) if EACH_MANNER else range(MANNERS.index(manner), CALLS, len(MANNERS))
    for seed in seeds:
        room, turns = await play(seed, manner)
        problems = [*_repetitions(turns), *_loops(turns), *(str(fault) for fault in room.faults)]
        if room.ending is None:
            problems.append(f"not over after {MOST_TURNS} turns: {turns[-6:]}")
        elif room.ending.outcome not in ("completed", "transferred", "idle"):
            problems.append(f"ended as {room.ending.outcome}")
        if problems:
            wrong[seed] = problems
    assert wrong == {}
