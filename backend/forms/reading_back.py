"""The form is read back in parts; each stands when its caller has heard it and said yes."""

from collections.abc import Mapping
from typing import Any

from backend.domain.session import AgentSaid
from backend.domain.tool import ToolOutcome
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.read_back import SpokenPart, changed_words, read_back
from backend.language.tokens import words
from backend.tool_store.confirmation import Part, ask_for_yes, fingerprint
from backend.tool_store.context import ToolContext

__all__ = ["unconfirmed"]


def unconfirmed(filling: Filling, fields: Mapping[str, Any], about: About) -> ToolOutcome | None:
    """What the caller must still hear or answer; ``None`` when every part stands confirmed with its present values."""
    whole, facts = filling.whole(fields), filling.facts
    parts = [_part(filling, part, whole, about) for part in read_back(whole, about)]
    outcome = ask_for_yes(
        filling.ctx,
        _what(filling),
        [part for part, _ in parts],
        correction=filling.form.correction,
        tool=filling.spec.record_tool,
    )
    if outcome is not None and outcome.say:
        for part, values in parts:
            if part.say in outcome.say:
                noted = dict(facts.get(facts.READ, {}))
                whole_say = _noted_whole(filling, part, noted.get(part.key))
                facts.put(facts.READ, noted | {part.key: {"values": values, "whole": whole_say}})
    return outcome


def _what(filling: Filling) -> str:
    """What is confirmed."""
    return filling.spec.aliases.verdict or filling.spec.name


def _part(filling: Filling, part: SpokenPart, whole: Mapping[str, Any], about: About) -> tuple[Part, dict[str, str]]:
    """A part of the read-back, and a fingerprint for each of its values."""
    values = {name: str(whole[name]) for name in part.names}
    before = filling.facts.get(filling.facts.READ, {}).get(part.key)
    say = part.say
    if before and _was_heard(filling.ctx, before["whole"]):
        changed = [name for name in part.names if before["values"].get(name) != values[name]]
        if changed and set(before["values"]) == set(values):
            say = changed_words(changed, whole, about) or say
    return Part(part.key, fingerprint(values), say), values


def _noted_whole(filling: Filling, part: Part, before: Mapping[str, Any] | None) -> str:
    """The words in which the whole part was last read: a short form refers to them."""
    short = filling.form.texts.changed.partition("{")[0]
    if before and part.say != before["whole"] and short and part.say.startswith(short):
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
