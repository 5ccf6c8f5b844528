"""Whole callers: who they are, how they answer each question in two or three ways, and what must come of it.

One file becomes several conversations: the first with the first way of everything, the second with the second.
"""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.rehearsal.spec import Answer, ConversationSpec, Moment, Must, MustNot, Name, Words

__all__ = ["NeverSpec", "WholeCallerSpec", "conversations_of"]

Ways = list[Words | list[Words]]
"""Ways to say the same. A way that is a list is said turn by turn, as the question comes again."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutcomeSpec(_Strict):
    """What the case has to hold in the end."""

    filed: bool | None = None
    """Must a case be filed, or must none?"""
    or_transferred: bool = False
    """Coming to a person is as good."""
    policy: str | None = None
    """Whom the caller is verified as."""
    claim: dict[str, Any] = Field(default_factory=dict)
    """Fields by their path. ``*`` stands for any words, a list means any of them, ``none`` is an empty list."""
    order: str = ""
    """In words for readers, what must come first; nothing judges it."""


class NeverSpec(_Strict):
    """What must not come of it."""

    claim: dict[str, list[Any]] = Field(default_factory=dict)
    """Values that a field must not have in the end."""
    said: tuple[Words, ...] = ()
    """Words that no agent may say."""
    asked_more_than: dict[str, int] = Field(default_factory=dict)
    """How often a field may be asked for at most."""


class WholeCallerSpec(_Strict):
    """One caller: NAME.yaml in a suite's folder, with ``opening`` instead of ``says``."""

    name: Name
    language: str = "en-US"
    now: Moment
    manner: str = ""
    """How they talk, for a player that makes up words."""
    policy: str = ""
    """Who they are in the book."""
    facts: dict[str, str] = Field(default_factory=dict)
    """What is true."""
    opening: Ways = Field(min_length=1)
    """Ways to say why they call."""
    answers: dict[Name, Ways]
    """Ways to answer the question for a field."""
    habits: Any = None
    """What they do besides, for a player that makes up words."""
    must: OutcomeSpec = OutcomeSpec()
    never: NeverSpec = NeverSpec()


def conversations_of(caller: WholeCallerSpec, languages: Collection[str] = ()) -> Mapping[str, ConversationSpec]:
    """The conversations that play this caller, each way of theirs at least once, by name.

    Args:
        caller: who calls.
        languages: of the line; what is none of them is not heard as a language.
    """
    speaks = caller.language if caller.language in languages else ""
    most = max(len(caller.opening), *(len(ways) for ways in caller.answers.values()))
    return {f"{caller.name}_{turn + 1}": _conversation(caller, turn, speaks) for turn in range(most)}


def _conversation(caller: WholeCallerSpec, turn: int, speaks: str) -> ConversationSpec:
    opening = caller.opening[turn % len(caller.opening)]
    answers: dict[str, Answer] = {}
    for field, ways in caller.answers.items():
        way = ways[turn % len(ways)]
        answers[field] = answers[field.replace("_", " ")] = list(way) if isinstance(way, list) else way
    objection = answers.get("confirmation")
    if isinstance(objection, list):  # whoever is asked what to change says again what they objected
        answers.setdefault("correction", objection[0])
    must, never = caller.must, caller.never
    return ConversationSpec(
        title=f"{caller.name}, way {turn + 1}",
        now=caller.now,
        speaks=speaks,
        says=tuple(opening) if isinstance(opening, list) else (opening,),
        answers=answers,
        otherwise="no",
        must=Must(
            filed=must.filed,
            verified=must.policy,
            or_transferred=must.or_transferred,
            holds={path: tuple(one) if isinstance(one, list) else (one,) for path, one in must.claim.items()},
        ),
        must_not=MustNot(
            said=never.said,
            holds={path: tuple(values) for path, values in never.claim.items()},
            asked_more_than=dict(never.asked_more_than),
        ),
    )
