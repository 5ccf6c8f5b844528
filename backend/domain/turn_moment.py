"""What happened in a turn beside words: how they were recognized, tools, hand-offs, and what people did."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

__all__ = ["TurnMoment", "TurnMomentKind"]

TurnMomentKind = Literal[
    "tool",  # a tool ran
    "handed_over",  # another agent took the caller over
    "whispered",  # a supervisor told the agent something
    "taken_over",  # a colleague began to speak with the caller instead of the agent
    "given_back",  # ... and left
    "partial",  # recognition had come so far with the caller's words
    "final",  # ... and would not change them any more
    "fault",  # something of ours failed, and the caller was told
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnMoment:
    """One thing that happened, as it may be kept: secrets are taken out of it."""

    kind: TurnMomentKind
    at: datetime | None = None
    """When it began, where that is known."""
    took_ms: float | None = None
    name: str = ""
    """The tool, the agent that took over, or the code of what failed."""
    by: str = ""
    """Who did it, as the audit names them; empty: the agent of the turn."""
    ok: bool | None = None
    """Did the tool succeed?"""
    given: str = field(default="", repr=False)
    """A tool's arguments as JSON, what was whispered, what the next agent was told, or what was recognized."""
    result: str = field(default="", repr=False)
    """What a tool answered, as JSON; or how a colleague's visit ended."""
