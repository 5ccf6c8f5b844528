"""A call as it sounds at the phone."""

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["DialogueTurn", "PhoneEvent", "PhoneEventKind"]

PhoneEventKind = Literal[
    "dialling", "ringing", "connected", "caller_said", "agent_said", "tone", "transferred", "ended", "report"
]


@dataclass(slots=True)
class DialogueTurn:
    """What the caller said and what came back. The first turn is the greeting, without a caller's words."""

    caller: str = field(default="", repr=False)
    name: str = ""
    """Id of the persona's utterance."""
    said: str = field(default="", repr=False)
    """What of the agent's words reached the ear."""
    response_ms: float | None = None
    """From the caller's last sound to the agent's first; ``None`` when none came or they spoke at once."""
    interrupted: bool = False
    """The caller spoke while the agent did."""
    overlapping: bool = field(default=False, repr=False)
    """The agent has not fallen silent since the caller began."""
    caller_ended_ms: float | None = None

    def as_json(self) -> dict[str, Any]:
        """For the control routes."""
        return {
            "caller": self.caller,
            "utterance": self.name,
            "said": self.said,
            "response_ms": self.response_ms,
            "interrupted": self.interrupted,
        }


@dataclass(frozen=True, slots=True)
class PhoneEvent:
    """Something that happened at the phone, ``at_ms`` after it was connected."""

    kind: PhoneEventKind
    at_ms: float
    data: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    def as_json(self) -> dict[str, Any]:
        """For the phone's WebSocket."""
        return {"event": self.kind, "at_ms": round(self.at_ms), **self.data}
