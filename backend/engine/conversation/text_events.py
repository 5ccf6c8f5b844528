"""What somebody who converses in text may see while an answer is being made. Nothing here is private:
tools are named without their arguments and results, hand-offs without their summaries."""

from dataclasses import dataclass, field

from backend.domain.call import CallOutcome

__all__ = ["AgentChanged", "Over", "Said", "TextEvent", "Token", "ToolRan", "Typing"]


@dataclass(frozen=True, slots=True)
class Typing:
    """An agent has begun to think of an answer."""

    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """Some more of the agent's words, as the model writes them."""

    agent: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One stretch of an agent's words is complete: ``text`` is all of it, tokens included."""

    agent: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToolRan:
    """A tool has answered."""

    name: str
    ok: bool


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """Another agent has taken over."""

    agent: str


@dataclass(frozen=True, slots=True)
class Over:
    """The conversation is over."""

    outcome: CallOutcome


TextEvent = Typing | Token | Said | ToolRan | AgentChanged | Over
