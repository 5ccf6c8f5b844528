"""Plays a suite: every conversation in a room of its own, several at once."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from backend.domain.session import AgentSaid, CallerSaid, HandedOver, HistoryItem, ToolCallsMade
from backend.errors import RingmasterError
from backend.rehearsal.caller import WrittenCaller
from backend.rehearsal.meter import Meter
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.spec import SaysSpec
from backend.rehearsal.suite import Conversation, Suite
from backend.rehearsal.verdict import judge_never, judge_outcome, judge_turn

__all__ = ["Outcome", "play", "rehearse", "transcript"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one conversation went. ``problems`` is empty when it went as written."""

    suite: str
    name: str
    title: str
    problems: tuple[str, ...]
    turns: int = 0
    agents: tuple[str, ...] = ()
    transcript: tuple[str, ...] = field(default=(), repr=False)
    seconds: float = 0.0
    models: tuple[str, ...] = ()
    """Which models thought: ``stand-in``, or deployments."""
    tokens: int = 0
    """What the models read and wrote, as far as they say."""

    @property
    def passed(self) -> bool:
        """Did it go as written?"""
        return not self.problems


async def rehearse(
    suite: Suite,
    parts: RehearsalParts,
    *,
    only: str = "",
    at_once: int = 8,
    limit_s: float = 120.0,
    on_done: Callable[[Outcome], None] = lambda _: None,
) -> Sequence[Outcome]:
    """Play the suite's conversations; the outcomes are in the order of the files.

    Args:
        only: plays those whose name holds these letters.
        at_once: conversations at the same time.
        limit_s: seconds for one conversation.
        on_done: told of each as it ends.
    """
    places = asyncio.Semaphore(at_once)

    async def one(conversation: Conversation) -> Outcome:
        async with places:
            outcome = await play(suite, conversation, parts, limit_s=limit_s)
        on_done(outcome)
        return outcome

    return await asyncio.gather(*(one(c) for c in suite.conversations if only in c.name))


async def play(suite: Suite, conversation: Conversation, parts: RehearsalParts, *, limit_s: float = 120.0) -> Outcome:
    """Play one conversation and judge it."""
    spec, began = conversation.spec, time.monotonic()
    meter = Meter(parts.model)
    parts = replace(parts, model=meter)
    line = parts.store.lines[spec.line or suite.spec.line]
    now, answers = spec.now or suite.spec.now, [*spec.tool_answers, *suite.spec.tool_answers]
    room = RehearsedCall(parts, line, now, answers, speaks=spec.speaks)
    known = suite.spec.callers.get(spec.caller, {}) if spec.caller else {}
    most = spec.at_most or suite.spec.at_most
    problems: list[str] = []
    turns, before = 0, list[str]()
    try:
        async with asyncio.timeout(limit_s):
            turns = await _converse(WrittenCaller(spec, known), room, most, problems)
            if second := WrittenCaller.again(spec, known):
                before = [*_judged_so_far(suite, room, problems), "    the same caller calls again"]
                room = RehearsedCall(parts, line, now, answers, room.cases, spec.speaks)
                turns += await _converse(second, room, most, problems)
    except TimeoutError:
        problems.append(f"it took longer than {limit_s:g} seconds")
    except RingmasterError as error:
        problems.append(f"{error.code}: {error}")
    problems += [f"{fault.code}: {fault}" for fault in room.faults]
    problems += await judge_outcome(spec.must, room)
    problems += judge_never(suite.spec.must_not, room) + judge_never(spec.must_not, room)
    return Outcome(
        suite=suite.name,
        name=conversation.name,
        title=spec.title,
        problems=tuple(dict.fromkeys(problems)),
        turns=turns,
        agents=tuple(room.agents),
        transcript=(*before, *transcript(room.history)),
        seconds=time.monotonic() - began,
        models=tuple(meter.models),
        tokens=meter.tokens,
    )


def _judged_so_far(suite: Suite, room: RehearsedCall, problems: list[str]) -> list[str]:
    """The transcript of the first of two calls; what must never happen in the suite must not have happened in it.

    What the conversation itself must and must not do is about the second: often that a question is not asked again.
    """
    problems += [f"{fault.code}: {fault}" for fault in room.faults]
    problems += judge_never(suite.spec.must_not, room)
    return transcript(room.history)


async def _converse(caller: WrittenCaller, room: RehearsedCall, most: int, problems: list[str]) -> int:
    room.open()
    for number in range(1, most + 2):
        says = _next(caller, room)
        if says is None:
            if caller.stuck:
                problems.append(f"the caller has no answer to {' '.join(room.said()[-1:])!r}")
            problems += caller.asked_too_often()
            return number - 1
        if number > most:
            problems.append(f"it is not over after {most} turns of the caller")
            break
        since = len(room.history)
        await room.say(says.say, speaks=says.speaks)
        problems += judge_turn(says, room, since, number)
    room.hang_up()
    problems += caller.asked_too_often()
    return most


def _next(caller: WrittenCaller, room: RehearsedCall) -> SaysSpec | None:
    """What the caller says next; they hang up when they have nothing to say."""
    if room.ending is not None:
        return None
    says = caller.next(" ".join(room.said()[-1:]), room.session.expects)
    if says is None:
        room.hang_up()
    return says


def transcript(history: Sequence[HistoryItem]) -> list[str]:
    """A history for people, one line a thing said or done."""
    lines: list[str] = []
    for item in history:
        match item:
            case CallerSaid(text=text):
                lines.append(f"caller: {text}")
            case AgentSaid(agent=agent, text=text):
                lines.append(f"{agent}: {text}")
            case ToolCallsMade(calls=calls):
                lines += [f"    {call.name} {call.arguments}" for call in calls]
            case HandedOver(source=source, target=target):
                lines.append(f"    {source} > {target}")
            case _:
                pass
    return lines
