"""Greetings and other texts of a line, in each language that it answers in: which are lacking?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from backend.agents.problem import Place
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec, NextStepsSpec
from backend.domain.spec import Texts, in_language

__all__ = ["Unspoken", "unspoken"]


class Unspoken(NamedTuple):
    """A text that callers of some language do not hear in theirs.

    Args:
        owner: whose it is, as the check knows it: ``agent:desk``, ``line:main``.
        place: where it stands.
        message: what is wrong, and what to do.
        certain: is it an oversight for sure? One text without languages may be meant so.
    """

    owner: str
    place: Place
    message: str
    certain: bool


def unspoken(line: LineSpec, agents: Mapping[str, AgentSpec]) -> Iterator[Unspoken]:
    """Texts of a line and of its agents that lack a language of the line."""
    if len(line.languages) < 2:
        return
    for owner, place, texts, own in _texts(line, agents):
        lacking = [tag for tag in line.languages if not isinstance(texts, str) and in_language(texts, tag) is None]
        dotted = ".".join(str(part) for part in place)
        if lacking:
            message = f"{dotted} lacks {_listed(lacking)}, which the line {line.name} answers in"
            yield Unspoken(owner, place, message, certain=True)
        elif isinstance(texts, str) and texts.strip():
            others = [tag for tag in line.languages if _base(tag) != _base(own)]
            message = (
                f"{dotted} is written in one language, and the line {line.name} answers in {_listed(others)} too; "
                f"write it by language: {{{_base(own)}: ..., {_base(others[0])}: ...}}"
            )
            if others:
                yield Unspoken(owner, place, message, certain=False)


def _texts(line: LineSpec, agents: Mapping[str, AgentSpec]) -> Iterator[tuple[str, Place, Texts, str]]:
    """Owner, place, texts, and the language that a plain text is in."""
    first = line.languages[0]
    for key in NextStepsSpec.model_fields:
        yield f"line:{line.name}", ("next_steps", key), getattr(line.next_steps, key), first
    yield f"line:{line.name}", ("voicemail", "message"), line.voicemail.message, first
    for name in line.agents:
        if (agent := agents.get(name)) is None:
            continue
        owner, own = f"agent:{name}", agent.voice.language
        # Whoever opens the call has heard nobody yet, and speaks the line's first language.
        if name != line.entry or not isinstance(agent.greeting, str):
            yield owner, ("greeting",), agent.greeting, own
        yield owner, ("return_greeting",), agent.return_greeting, own
        for index, handoff in enumerate(agent.handoffs):
            yield owner, ("handoffs", index, "announcement"), handoff.announcement, own


def _listed(tags: Sequence[str]) -> str:
    return " and ".join(tags)


def _base(tag: str) -> str:
    return tag.partition("-")[0]
