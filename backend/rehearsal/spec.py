"""Rehearsals as people write them. Strict: unknown keys are errors."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from backend.domain.call import CallOutcome

__all__ = [
    "Answer", "CallsAgainSpec", "ConversationSpec", "Moment", "Must", "MustNot", "Name", "SaysSpec", "SuiteSpec",
    "ToolAnswerSpec", "ToolSpec", "Words",
]  # fmt: skip

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Moment = Annotated[datetime, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d"})]
"""Day and time as YAML writes them, which is not the ``date-time`` of JSON Schema."""
Answer = Words | None | list[Words | None]
"""What the caller answers; a list is for being asked again and again, its last entry for every time after. Empty
(``null``): they hang up."""


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ToolSpec(_Spec):
    """A tool that must, or must not, have been called."""

    name: Name
    """Its name; ``hand_off_to_AGENT`` for a hand-off."""
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")
    """Arguments that it was called with, among others. ``*`` in a text stands for any words."""
    ok: bool | None = None
    """Did it succeed?"""
    times: int | None = Field(default=None, ge=1, le=100)
    """How often, exactly; at least once when left out."""


class ToolAnswerSpec(_Spec):
    """What a declared tool (agent_store/tools) answers in a rehearsal, so that no server is asked."""

    tool: Name
    """The function's name."""
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")
    """Arguments that this is the answer to; any others may be there too. ``*`` stands for any words."""
    result: Any = None
    """What comes back, as JSON."""
    status: int = Field(default=200, ge=200, le=599)
    """HTTP status; 400 and above is a refusal."""


class SaysSpec(_Spec):
    """One thing that the caller says, and what must come of it in the answer."""

    say: Words
    speaks: str = Field(default="", pattern=r"^([a-z]{2,3}-[A-Z]{2})?$")
    """Language that this is heard to be in, one of the line's. Left out: that of the conversation."""
    hears: tuple[Words, ...] = ()
    """Words that the answer must hold. ``*`` stands for any words."""
    hears_not: tuple[Words, ...] = ()
    tools: tuple[Name | ToolSpec, ...] = ()
    """Tools that must run in this turn."""
    tools_not: tuple[Name | ToolSpec, ...] = ()
    agent: Name | None = None
    """Who the caller speaks with after it."""


class CallsAgainSpec(_Spec):
    """The same caller calls once more, after they were cut off or hung up. What was kept of the first call is there."""

    says: tuple[Words | SaysSpec, ...] = ()
    """What the caller says first in the second call."""
    answers: dict[str, Answer] = Field(default_factory=dict)
    """What they answer after that; the caller's answers, but none that this conversation had for the first call."""


class Must(_Spec):
    """What must have happened at the end."""

    agents: tuple[Name, ...] = ()
    """Every agent the caller spoke with, in order, the first one included."""
    tools: tuple[Name | ToolSpec, ...] = ()
    said: tuple[Words, ...] = ()
    """Words of an agent. ``*`` stands for any words."""
    outcome: CallOutcome | None = None
    """``caller_hung_up`` when the caller had nothing more to say."""
    verified: bool | str | None = None
    """Was the caller verified; or as which policy?"""
    filed: bool | None = None
    """Was a claim filed?"""
    claim: dict[str, Any] = Field(default_factory=dict)
    """Fields of the claim, filed or draft; ``loss_location.city`` reaches into one."""
    holds: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    """Fields of the case that hold any of these; of a list or an object, any entry. ``none``: nothing at all."""
    or_transferred: bool = False
    """Coming to a person is as good as what is said of the case."""


class MustNot(_Spec):
    """What must never happen."""

    agents: tuple[Name, ...] = ()
    tools: tuple[Name | ToolSpec, ...] = ()
    said: tuple[Words, ...] = ()
    holds: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    """Fields of the case that must hold none of these."""
    asked_more_than: dict[str, int] = Field(default_factory=dict)
    """How often the caller may be asked for a field at most."""


class ConversationSpec(_Spec):
    """One written conversation: NAME.yaml in a suite's folder."""

    title: str = Field(min_length=3, max_length=200)
    """What it shows, in a sentence."""
    line: Name | None = None
    """Phone line that is called; the suite's when left out."""
    now: Moment | None = None
    """When, in the line's own time zone; the suite's when left out."""
    speaks: str = Field(default="", pattern=r"^([a-z]{2,3}-[A-Z]{2})?$")
    """Language that the caller is heard to speak, one of the line's: es-US. Left out: the line's first."""
    says: tuple[Words | SaysSpec, ...] = ()
    """What the caller says first, turn by turn, whatever they are asked."""
    caller: Name | None = None
    """One of the suite's callers, whose answers are used where this conversation has none."""
    answers: dict[str, Answer] = Field(default_factory=dict)
    """What they answer after that: by the field that is asked for, or by words of the question."""
    otherwise: Words | None = None
    """What they say to any other question; without it, a question nobody answers is a failure."""
    tool_answers: tuple[ToolAnswerSpec, ...] = ()
    """What declared tools answer here; where none fits, the suite's."""
    calls_again: CallsAgainSpec | None = None
    """A second call of the same caller, once the first is over. ``must`` and ``must_not`` are then about the
    second one."""
    must: Must = Must()
    must_not: MustNot = MustNot()
    at_most: int | None = Field(default=None, ge=1, le=200)
    """Turns of the caller that are enough."""


class SuiteSpec(_Spec):
    """A suite: suite.yaml in a folder of conversations."""

    title: str = Field(min_length=3, max_length=200)
    line: Name
    """Phone line that is called."""
    now: Moment
    """When the callers call, in the line's own time zone, such as ``2026-11-21 12:00:00``."""
    policies: str = ""
    """Book of business, relative to this file. Empty: POLICY_BOOK."""
    callers: dict[Name, dict[str, Answer]] = Field(default_factory=dict)
    """People and their answers, for conversations to use."""
    tool_answers: tuple[ToolAnswerSpec, ...] = ()
    """What declared tools answer. Where none fits, the tool's server counts as down."""
    must_not: MustNot = MustNot()
    """What must never happen in any of them."""
    at_most: int = Field(default=40, ge=1, le=200)
    """Turns of the caller that are enough, where a conversation says nothing else."""
    model: Literal["stand-in", "endpoint"] | None = None
    """Model that the suite is written for; the command's own choice goes first."""
