"""A call as it sounds at the phone."""

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Dialogue", "DialogueTurn", "PhoneEvent", "PhoneEventKind"]

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


class Dialogue:
    """The turns of one call, each with what was said and what came back."""

    def __init__(self) -> None:
        self.turns: list[DialogueTurn] = []

    def began(self, caller: str, name: str, *, talking: bool) -> None:
        """The owner begins to say ``caller``; ``talking`` when the other side does so, too."""
        self.turns.append(DialogueTurn(caller, name, interrupted=talking, overlapping=talking))

    def ended(self, at_ms: float) -> None:
        """The owner's last sound was at ``at_ms``."""
        self.turns[-1].caller_ended_ms = at_ms

    def sounded(self, at_ms: float) -> None:
        """A sound of the other side."""
        turn = self.turns[-1]
        if turn.response_ms is None and not turn.overlapping and turn.caller_ended_ms is not None:
            turn.response_ms = at_ms - turn.caller_ended_ms

    def note(self, words: str) -> DialogueTurn:
        """The other side was heard to say ``words``."""
        turn = self.turns[-1]
        turn.said = f"{turn.said} {words}".strip()
        return turn

    def heard(self, fresh: str) -> str:
        """Everything that the other side was heard to say, with ``fresh`` words that are in no turn yet."""
        return " ".join([*(turn.said for turn in self.turns if turn.said), *([fresh] if fresh else [])])

    def answer(self, fresh: str) -> str:
        """What it was heard to say since the owner spoke last."""
        said = self.turns[-1].said if self.turns else ""
        return f"{said} {fresh}".strip()
