"""What an answer was taken to mean, and how sure that is."""

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["ONE_OF_SEVERAL", "Nothing", "Outcome", "Reading", "doubtful", "nothing", "sure"]

ONE_OF_SEVERAL = "one of several"
"""Why an answer is in doubt that leaves a choice, "the fifteenth or sixteenth": to insist on it settles nothing, though
only one of them was read."""

Outcome = Literal["value", "ask", "none"]
"""``value``: exactly this was meant. ``ask``: contradictory, hedged, ambiguous or incomplete; never used before it was
asked again or read back for a yes. ``none``: the words say nothing about it."""

Nothing = Literal["", "unknown", "wait", "question", "person", "other"]
"""What the words were instead: they do not know, ask for time, ask back, want a person, or speak of something else."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one answer. The rule of doubt: words against it, or numbers it left unread, make it a question.

    Nothing of it is in its ``repr``: it is what a caller said.
    """

    outcome: Outcome
    value: Any = field(default=None, repr=False)
    """JSON value in the form of its kind (``asked.Kind``). With ``ask``: what would be read back, or ``None``."""
    candidates: tuple[Any, ...] = field(default=(), repr=False)
    """With ``ask``: what may have been meant, the likeliest first ("six thirty": 06:30 and 18:30)."""
    rests_on: tuple[str, ...] = field(default=(), repr=False)
    """The words that say so."""
    against: tuple[str, ...] = field(default=(), repr=False)
    """The words that speak against it: negations, corrections, hedges, second numbers. With a value: those that were
    weighed, and what was taken back."""
    unread: tuple[str, ...] = field(default=(), repr=False)
    """What it left unread."""
    nothing: Nothing = ""
    """With ``none``: what the words were instead."""
    why: str = ""
    """With ``ask``: why, in a few plain words for an operator; never the caller's own words."""


def sure(value: Any, rests_on: tuple[str, ...] = (), *, against: tuple[str, ...] = ()) -> Reading:
    """Exactly ``value`` was meant; ``against`` are the words that were weighed, and speak no longer against it."""
    return Reading("value", value, rests_on=rests_on, against=against)


def doubtful(why: str, *candidates: Any, rests_on: tuple[str, ...] = (), against: tuple[str, ...] = ()) -> Reading:
    """It has to be asked, or read back; ``candidates`` are what may have been meant."""
    value = candidates[0] if candidates else None
    return Reading("ask", value, candidates, rests_on=rests_on, against=against, why=why)


def nothing(kind: Nothing = "other") -> Reading:
    """The words say nothing about it."""
    return Reading("none", nothing=kind)
