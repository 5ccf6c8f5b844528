"""What keeps a caller from showing who they are, in their own words, by the language of the call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Literal

from backend.language.asked import Asked
from backend.language.named import language_named

__all__ = ["Obstacle", "StandingWords", "obstacle"]

Obstacle = Literal["", "not_the_holder", "does_not_know", "refuses"]

_ANY = Asked("yes_no", datetime(2000, 1, 1))
"""Whatever was asked: "I don't know" is the same."""
_BUILT_IN = {"en": "backend.language.en.standing:obstacle", "es": "backend.language.es.standing:obstacle"}


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
    code = tag.replace("_", "-").partition("-")[0].lower()
    if code in _BUILT_IN:
        return _loaded(code)(text, about)
    return "does_not_know" if language_named(tag).read(text, _ANY).nothing == "unknown" else ""


@cache
def _loaded(code: str) -> Callable[[str, StandingWords], Obstacle]:
    module, _, name = _BUILT_IN[code].partition(":")
    found: Callable[[str, StandingWords], Obstacle] = getattr(import_module(module), name)
    return found
