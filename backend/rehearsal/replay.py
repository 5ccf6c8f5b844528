"""Recorded calls once more: what the caller said is said again to a store, and what comes of it is compared."""

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from backend.domain.call import CallOutcome, CallRecord
from backend.domain.hiding import HIDDEN
from backend.domain.session import AgentSaid, HistoryItem
from backend.errors import RingmasterError
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.spec import ToolAnswerSpec

__all__ = ["Difference", "Performance", "Replayed", "Step", "compare", "perform", "recorded", "replay"]

Kind = Literal["agent", "tools", "words", "outcome", "fault"]

_SPELLED = re.compile(r"\b(?:[a-z0-9][ ,]+){5,}[a-z0-9]\b")
"""A number that is spelled out: every claim has another one."""
_UNSPOKEN = re.compile(r"[^\w' ]+")
_DECIDED: frozenset[CallOutcome] = frozenset({"completed", "transferred", "rejected"})
"""Outcomes that the agents decide; a caller who hangs up may do so at any time."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn: the caller's words, and what came of them."""

    caller: str = field(repr=False)
    agent: str
    """Who was spoken to."""
    tools: tuple[str, ...] = ()
    said: str = field(default="", repr=False)
    cut: bool = False
    """The caller interrupted, so that what was said is not all there."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A call from the first word to the last."""

    greeting: str
    steps: tuple[Step, ...]
    outcome: CallOutcome | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that went another way. ``turn`` counts the caller's turns; 0 is the greeting."""

    turn: int
    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """One recorded call and what became of it."""

    call_id: str
    line: str
    before: Performance
    after: Performance
    differences: tuple[Difference, ...]

    def counting(self, kinds: Collection[Kind]) -> list[Difference]:
        """The differences of these kinds."""
        return [difference for difference in self.differences if difference.kind in kinds]


async def replay(
    calls: Sequence[CallRecord],
    parts: RehearsalParts,
    *,
    baseline: RehearsalParts | None = None,
    answers: Sequence[ToolAnswerSpec] = (),
    at_once: int = 8,
    on_done: Callable[[Replayed], None] = lambda _: None,
) -> Sequence[Replayed]:
    """Replay calls with the agents of a store.

    Args:
        calls: with their turns.
        parts: store, model and books.
        baseline: others to compare with, instead of with the recording itself.
        answers: what declared tools answer, the first that fits; results are kept with no call.
        at_once: calls at the same time.
        on_done: told of each as it ends.
    """
    places = asyncio.Semaphore(at_once)

    async def one(call: CallRecord) -> Replayed:
        async with places:
            before = recorded(call, _fillers(parts)) if baseline is None else await perform(call, baseline, answers)
            after = await perform(call, parts, answers)
        replayed = Replayed(call.call_id, call.line, before, after, tuple(compare(before, after)))
        on_done(replayed)
        return replayed

    return await asyncio.gather(*(one(call) for call in calls))


def recorded(call: CallRecord, fillers: Collection[str] = ()) -> Performance:
    """A call as it was. Fillers are left out of what was said: they come of waiting, not of the agents."""
    first = next((turn.said for turn in call.turns if turn.said), "") if call.turns else ""
    greeting = first if call.turns and not call.turns[0].caller_text else ""
    steps = tuple(
        Step(turn.caller_text, turn.agent, tuple(turn.tools), _without(turn.said, fillers), turn.interrupted)
        for turn in call.turns
        if turn.caller_text
    )
    return Performance(greeting, steps, call.outcome)


async def perform(call: CallRecord, parts: RehearsalParts, answers: Sequence[ToolAnswerSpec] = ()) -> Performance:
    """What the agents of a store make of a recorded caller. Nothing outside is changed."""
    line = parts.store.lines.get(call.line)
    if line is None:
        return Performance("", (), None, (f"there is no line {call.line} any more",))
    room = RehearsedCall(parts, line, call.started_at, answers)
    room.open()
    greeting, steps = " ".join(room.said()), list[Step]()
    faults: list[str] = []
    for turn in call.turns:
        if not turn.caller_text or room.ending is not None:
            continue
        since, agent = len(room.history), room.session.active_agent
        try:
            await room.say(turn.caller_text, turn.identity if HIDDEN in turn.caller_text else None)
        except RingmasterError as error:
            faults.append(f"{error.code}: {error}")
            break
        steps.append(Step(turn.caller_text, agent, _tools(room, since), _answer(room.history[since:])))
    faults += [f"{fault.code}: {fault}" for fault in room.faults]
    return Performance(greeting, tuple(steps), room.ending.outcome if room.ending else None, tuple(faults))


def compare(before: Performance, after: Performance) -> list[Difference]:
    """Turn by turn, what differs."""
    found = [Difference(0, "fault", "", fault) for fault in after.faults]
    if before.greeting and not _same_words(before.greeting, after.greeting):
        found.append(Difference(0, "words", before.greeting, after.greeting))
    for number, (one, other) in enumerate(zip(before.steps, after.steps, strict=False), 1):
        found += _compare_step(number, one, other)
    if len(after.steps) < len(before.steps) and not after.faults:
        turn = len(after.steps)
        found.append(Difference(turn, "outcome", "the call went on", f"over: {after.outcome or 'nobody there'}"))
    elif before.outcome in _DECIDED and after.outcome != before.outcome:
        turn = len(before.steps)
        found.append(Difference(turn, "outcome", str(before.outcome), str(after.outcome or "the call goes on")))
    elif after.outcome in _DECIDED and before.outcome not in _DECIDED:
        found.append(Difference(len(after.steps), "outcome", str(before.outcome or "none"), str(after.outcome)))
    return found


def _compare_step(number: int, before: Step, after: Step) -> list[Difference]:
    found: list[Difference] = []
    if before.agent != after.agent:
        found.append(Difference(number, "agent", before.agent, after.agent))
    if before.tools != after.tools:
        found.append(Difference(number, "tools", ", ".join(before.tools) or "none", ", ".join(after.tools) or "none"))
    if not before.cut and not _same_words(before.said, after.said):
        found.append(Difference(number, "words", before.said, after.said))
    return found


def _same_words(one: str, other: str) -> bool:
    return _words(one) == _words(other)


def _words(text: str) -> str:
    plain = " ".join(_UNSPOKEN.sub(" ", text.casefold().replace("’", "'")).split())
    return _SPELLED.sub("*", plain)


def _tools(room: RehearsedCall, since: int) -> tuple[str, ...]:
    return tuple(tool.name for tool in room.tools(since))


def _answer(items: Sequence[HistoryItem]) -> str:
    """What the turn itself said; a line that leads to a person is a turn of its own."""
    first = items[0].turn if items else 0
    return " ".join(item.text for item in items if isinstance(item, AgentSaid) and item.turn == first)


def _fillers(parts: RehearsalParts) -> frozenset[str]:
    store = parts.store
    agents = [(line, store.agents[name]) for line in store.lines.values() for name in line.agents]
    return frozenset(filler for line, agent in agents for filler in store.phrases.of(line, agent).fillers)


def _without(said: str, fillers: Collection[str]) -> str:
    for filler in fillers:
        said = said.replace(filler, " ")
    return " ".join(said.split())
