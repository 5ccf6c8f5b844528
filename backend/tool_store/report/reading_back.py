"""The report is read back in parts; each stands when its caller has heard it and said yes."""

from collections.abc import Mapping
from typing import Any

from backend.domain.claim import FIELDS, Circumstances, SpokenPart, changed_words, known_values, read_back
from backend.domain.question import Question
from backend.domain.session import AgentSaid
from backend.domain.spoken.tokens import words
from backend.domain.tool import ToolOutcome
from backend.tool_store.confirmation import Part, ask_for_yes, fingerprint
from backend.tool_store.context import ToolContext
from backend.tool_store.report.facts import Facts

__all__ = ["CORRECTION", "READ_BACK", "complete", "unconfirmed"]

READ_BACK = "claim"
"""What is confirmed."""
CORRECTION = Question(
    "correction", "text", "I can change the date, the place, or what happened. What should I change?",
    "Which part is not right? For example, say: the date was the fourth of March.",
    simple="Please say just the part that should be changed, and what it should be.",
    why="I would like to have it exactly as you say it.",
)  # fmt: skip
"""Asked when the caller does not agree and has not said what is wrong."""


def complete(fields: Mapping[str, Any], about: Circumstances) -> dict[str, Any]:
    """The fields as they are filed: with what follows from the others."""
    return {**fields, **known_values(fields, about)}


def unconfirmed(ctx: ToolContext, fields: Mapping[str, Any], about: Circumstances) -> ToolOutcome | None:
    """What the caller must still hear or answer; ``None`` when every part stands confirmed with its present values."""
    whole = complete(fields, about)
    parts = [_part(ctx, part, whole) for part in read_back(whole, FIELDS)]
    outcome = ask_for_yes(ctx, READ_BACK, [part for part, _ in parts], correction=CORRECTION, tool="record_fnol")
    if outcome is not None and outcome.say:
        for part, values in parts:
            if part.say in outcome.say:
                noted = dict(Facts(ctx.session).get(Facts.READ, {}))
                whole_say = _noted_whole(ctx, part, noted.get(part.key))
                Facts(ctx.session).put(Facts.READ, noted | {part.key: {"values": values, "whole": whole_say}})
    return outcome


def _part(ctx: ToolContext, part: SpokenPart, whole: Mapping[str, Any]) -> tuple[Part, dict[str, str]]:
    """A part of the read-back, and a fingerprint for each of its values."""
    values = {name: str(whole[name]) for name in part.names}
    before = Facts(ctx.session).get(Facts.READ, {}).get(part.key)
    say = part.say
    if before and _was_heard(ctx, before["whole"]):
        changed = [name for name in part.names if before["values"].get(name) != values[name]]
        if changed and set(before["values"]) == set(values):
            say = changed_words(changed, whole, FIELDS) or say
    return Part(part.key, fingerprint(values), say), values


def _noted_whole(ctx: ToolContext, part: Part, before: Mapping[str, Any] | None) -> str:
    """The words in which the whole part was last read: a short form refers to them."""
    if before and part.say != before["whole"] and part.say.startswith("Then "):
        return str(before["whole"])
    return part.say


def _was_heard(ctx: ToolContext, say: str) -> bool:
    spoken = " ".join(
        word
        for item in ctx.session.history
        if isinstance(item, AgentSaid) and not item.meant
        for word in words(item.text)
    )
    return f" {' '.join(words(say))} " in f" {spoken} "
