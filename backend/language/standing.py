"""What keeps a caller from showing who they are, in their own words, by the language of the call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backend.language.asked import Asked
from backend.language.languages import code_of, loaded
from backend.language.named import language_named

__all__ = ["Obstacle", "StandingWords", "obstacle"]

Obstacle = Literal["", "not_the_holder", "does_not_know", "refuses"]

_ANY = Asked("yes_no", datetime(2000, 1, 1))
"""Whatever was asked: "I don't know" is the same."""


@dataclass(frozen=True, slots=True)
class StandingWords:
    """What the business says, in lower case; the rest is the language's.

    Args:
        holder: what somebody who has a record is called: "patient".
        things: what the record is: "policy".
        reasons: what callers call about: "calling for a claim" is no call for somebody else.
        parts: what the parts that are asked for are called: "zip".
    """

    holder: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def obstacle(tag: str, text: str, about: StandingWords) -> Obstacle:
    """What keeps this caller from being verified; empty when nothing does, or the language cannot tell."""
    reader: Callable[[str, StandingWords], Obstacle] | None = loaded(code_of(tag), "standing")
    if reader is not None:
        return reader(text, about)
    return "does_not_know" if language_named(tag).read(text, _ANY).nothing == "unknown" else ""
