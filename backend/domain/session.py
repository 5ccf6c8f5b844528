"""The state of one live call that must outlive its worker: what Redis holds."""

from typing import Any

import msgspec

from backend.domain.call_use import CallUse
from backend.domain.migrations.before_cases import CASE_NUMBER, FORM
from backend.domain.subject import Subject
from backend.domain.whisper import Whisper

__all__ = [
    "REPAIRS",
    "AgentSaid",
    "CallSession",
    "CallerSaid",
    "HandedOver",
    "HistoryItem",
    "ToolAnswered",
    "ToolCallsMade",
    "ToolRequest",
    "repairs_of",
]

REPAIRS = "_repairs"
"""Fact: how often in this call a question had to be asked again."""


class CallerSaid(msgspec.Struct, frozen=True, tag="caller"):
    """Words of the caller, as recognized. Pressed keys are words too."""

    text: str
    turn: int = 0
    withheld: bool = False
    """The content filter refused this turn: the record keeps it, the model is not shown it again."""

    def __repr__(self) -> str:
        return f"CallerSaid(turn={self.turn})"


class AgentSaid(msgspec.Struct, frozen=True, tag="agent"):
    """Words of an agent that the caller has heard; an interruption cuts them at the word."""

    agent: str
    text: str
    turn: int = 0
    interrupted: bool = False
    meant: bool = False
    """Not known to have been heard: it was on its way when the call was last kept."""

    def __repr__(self) -> str:
        return f"AgentSaid(agent={self.agent!r}, turn={self.turn}, interrupted={self.interrupted})"


class ToolRequest(msgspec.Struct, frozen=True):
    """One tool call as the model wrote it."""

    id: str
    name: str
    arguments: str

    def __repr__(self) -> str:
        return f"ToolRequest(id={self.id!r}, name={self.name!r})"


class ToolCallsMade(msgspec.Struct, frozen=True, tag="tool_calls"):
    """Tool calls of one model answer. Each is followed by its ``ToolAnswered``."""

    calls: tuple[ToolRequest, ...]
    turn: int = 0


class ToolAnswered(msgspec.Struct, frozen=True, tag="tool_result"):
    """What a tool answered: the envelope as JSON text."""

    call_id: str
    name: str
    content: str
    turn: int = 0

    def __repr__(self) -> str:
        return f"ToolAnswered(call_id={self.call_id!r}, name={self.name!r})"


class HandedOver(msgspec.Struct, frozen=True, tag="handoff"):
    """The caller went from one agent to another."""

    source: str
    target: str
    summary: str = ""
    turn: int = 0

    def __repr__(self) -> str:
        return f"HandedOver(source={self.source!r}, target={self.target!r})"


HistoryItem = CallerSaid | AgentSaid | ToolCallsMade | ToolAnswered | HandedOver


class CallSession(msgspec.Struct, kw_only=True):
    """One call's memory. Owned by one worker at a time; ``version`` guards the stored copy."""

    call_id: str
    line: str
    active_agent: str
    store_version: str = ""
    """Version of the agent store that this call began with."""
    connection_id: str = ""
    """The ACS call connection, for hang-up and transfer after a recovery."""
    history: list[HistoryItem] = msgspec.field(default_factory=list[HistoryItem])
    facts: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    """What tools and hand-offs have learned; JSON values. Prompts see them as {{ facts }}."""
    verified: dict[str, Any] | None = None
    """The ``subject`` as it is kept; the version before this one reads it, too."""
    verification_attempts: int = 0
    visited: list[str] = msgspec.field(default_factory=list[str])
    """Agents that have greeted this caller."""
    expects: str | None = None
    """Field that the last question asked for; endpointing reads it."""
    case_number: str | None = msgspec.field(default=None, name=CASE_NUMBER)
    """Of the last case that was filed in this call, or added to."""
    cases: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """Their numbers by form."""
    caller_number: str = ""
    """Number of the person's phone, for a text message that they agree to; empty when it is withheld."""
    language: str = ""
    """Language of the line that the caller was heard to speak, as ``es-MX``; empty: the agent's own."""
    voice: str = ""
    """Heard instead of the agents' own voices, where it speaks their language; empty: theirs."""
    variables: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """Constants for prompts that came with this call, over those of its agents."""
    use: CallUse = msgspec.field(default_factory=CallUse)
    """What it has taken so far of what costs money."""
    whispers: list[Whisper] = msgspec.field(default_factory=list[Whisper])
    """What supervisors have told the agent, and it has not heeded yet."""
    turn: int = 0
    version: int = 0
    """Raised by the session store at every save."""

    @property
    def subject(self) -> Subject | None:
        """Who the caller has been shown to be; ``None`` until then."""
        return None if self.verified is None else Subject.of_kept(self.verified)

    @subject.setter
    def subject(self, subject: Subject | None) -> None:
        self.verified = None if subject is None else subject.kept()

    def note_case(self, form: str, number: str) -> None:
        """A case of this form has been filed in this call, or added to."""
        self.cases[form] = self.case_number = number

    def number_of(self, form: str) -> str:
        """Number of this form's case; empty while there is none."""
        before = self.case_number if form == FORM and not self.cases else None
        return self.cases.get(form) or before or ""

    def __repr__(self) -> str:
        return f"CallSession(call_id={self.call_id!r}, agent={self.active_agent!r}, turn={self.turn})"


def repairs_of(session: CallSession) -> int:
    """How often a question had to be asked again, because its answer was not understood."""
    return int(session.facts.get(REPAIRS, 0))
