"""What must, and what must not, have happened: one sentence for everything that is not as written."""

from collections.abc import Sequence
from typing import Any

from backend.rehearsal.matching import at_path, holds, holds_any, looks_like
from backend.rehearsal.rehearsed_call import RehearsedCall, ToolUsed
from backend.rehearsal.spec import Must, MustNot, SaysSpec, ToolSpec

__all__ = ["judge_never", "judge_outcome", "judge_turn"]


def judge_turn(says: SaysSpec, room: RehearsedCall, since: int, number: int) -> list[str]:
    """What is wrong with the answer to one thing that the caller said. ``since`` is where it begins in the history."""
    said, used = " ".join(room.said(since)), room.tools(since)
    wrong = [f"the answer does not say {words!r}: {_short(said)}" for words in says.hears if not holds(said, words)]
    wrong += [f"the answer says {words!r}: {_short(said)}" for words in says.hears_not if holds(said, words)]
    wrong += _tools(says.tools, used)
    wrong += _tools_never(says.tools_not, used)
    if says.agent is not None and room.session.active_agent != says.agent:
        wrong.append(f"the caller should be with {says.agent}, they are with {room.session.active_agent}")
    return [f"turn {number} ({_short(says.say)}): {one}" for one in wrong]


async def judge_outcome(must: Must, room: RehearsedCall) -> list[str]:
    """What should have happened and did not."""
    said = " ".join(room.said())
    wrong = [f"nobody said {words!r}" for words in must.said if not holds(said, words)]
    wrong += _tools(must.tools, room.tools())
    if must.agents and list(must.agents) != room.agents:
        wrong.append(f"expected the agents {' > '.join(must.agents)}, got {' > '.join(room.agents)}")
    outcome = room.ending.outcome if room.ending else None
    if must.outcome is not None and outcome != must.outcome:
        wrong.append(f"expected the outcome {must.outcome}, got {outcome or 'none'}")
    if must.or_transferred and outcome == "transferred":
        return wrong
    return wrong + _verified(must, room) + _case(must, room)


def judge_never(must_not: MustNot, room: RehearsedCall) -> list[str]:
    """What should never have happened and did."""
    wrong = [f"{_short(text)} was said" for words in must_not.said for text in room.said() if holds(text, words)]
    wrong += _tools_never(must_not.tools, room.tools())
    wrong += [f"the caller came to {agent}" for agent in must_not.agents if agent in room.agents]
    fields = case.fields if (case := room.case()) else {}
    for path, values in must_not.holds.items():
        if (got := at_path(fields, path)) is not None and holds_any(got, values):
            wrong.append(f"case field {path} is {got!r}")
    return wrong


def _verified(must: Must, room: RehearsedCall) -> list[str]:
    subject = room.session.subject
    if must.verified is None:
        return []
    if isinstance(must.verified, str):
        got = subject.id if subject else "nobody"
        return [] if got == must.verified else [f"expected the caller to be verified as {must.verified}, got {got}"]
    if must.verified == (subject is not None):
        return []
    return ["the caller was not verified" if must.verified else "the caller was verified"]


def _case(must: Must, room: RehearsedCall) -> list[str]:
    case = room.case()
    wrong: list[str] = []
    filed = case is not None and case.status == "filed"
    if must.filed is not None and filed != must.filed:
        wrong.append("a claim was filed" if filed else "no claim was filed")
    for path, expected in must.claim.items():
        got: Any = at_path(case.fields, path) if case else None
        if not looks_like(got, expected):
            wrong.append(f"claim field {path}: expected {expected!r}, got {got!r}")
    for path, values in must.holds.items():
        got = at_path(case.fields, path) if case else None
        if not holds_any(got, values):
            wrong.append(f"case field {path}: expected {' or '.join(map(repr, values))}, got {got!r}")
    return wrong


def _tools(wanted: Sequence[str | ToolSpec], used: Sequence[ToolUsed]) -> list[str]:
    wrong: list[str] = []
    for tool in wanted:
        spec = ToolSpec(name=tool) if isinstance(tool, str) else tool
        count = sum(_fits(spec, one) for one in used)
        if count == 0:
            got = [dict(one.arguments) for one in used if one.name == spec.name]
            wrong.append(f"{_described(spec)} was not called; got {got or 'no call of it'}")
        elif spec.times is not None and count != spec.times:
            wrong.append(f"{_described(spec)} was called {count} times, expected {spec.times}")
    return wrong


def _tools_never(unwanted: Sequence[str | ToolSpec], used: Sequence[ToolUsed]) -> list[str]:
    specs = [ToolSpec(name=tool) if isinstance(tool, str) else tool for tool in unwanted]
    return [f"{_described(spec)} was called" for spec in specs if any(_fits(spec, one) for one in used)]


def _fits(spec: ToolSpec, used: ToolUsed) -> bool:
    return (
        used.name == spec.name
        and (spec.ok is None or used.ok == spec.ok)
        and looks_like(used.arguments, spec.arguments)
    )


def _described(spec: ToolSpec) -> str:
    arguments = f" with {spec.arguments}" if spec.arguments else ""
    outcome = "" if spec.ok is None else " successfully" if spec.ok else " in vain"
    return f"{spec.name}{arguments}{outcome}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 160 else text[:157] + "...")
