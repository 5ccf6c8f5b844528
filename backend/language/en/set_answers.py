"""Answers that agree or refuse only as a whole: "ten four", "hard pass", "Monday's no good"."""

import re
from collections.abc import Sequence
from typing import Literal

from backend.language.en.agreeing import CHANGING, HEDGED, NUMBERS

__all__ = ["set_answer"]

_FILLED = r"^(?:(?:um|uh|oh|ah|well|okay|ok|sorry|yes|yeah|yep|that's a|roger|roger that) )*"
_ON_THE_RADIO = re.compile(rf"{_FILLED}(?:ten four|10 4)(?: (?:good|buddy|sir|ma'am|on that|thanks|thank you))*$")
_OF_ITS_NUMBERS = re.compile(r"\b(?:ten|four|10|4)")
"""Where the question has such a number, "ten four" may put it right."""
_PASSES = re.compile(
    r"^(?:(?:um|uh|oh|no|nope|nah|well|sorry) )*"
    r"(?:hard pass|i(?:'ll| will|'m going to|'m gonna) (?:have to )?pass on (?:that|this|it)(?: one)?)"
    r"(?: (?:this time|for now|today|thanks|thank you))*$"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NO_GOOD = re.compile(
    rf"^(?:(?:um|uh|oh|ah|no|nope|nah|well|sorry) )*(?P<what>that|it|this|{_DAY})(?:'s| is|'ll be| will be) no good"
    r"(?P<rest>(?: (?:for me|for us|at all|sorry|i'm afraid))*"
    r"(?: (?:because |cause |as )?(?:i|i'm|i've|we|we're|my) .*)?)$"
)
_OFFERS_A_TIME = re.compile(r"\b(?:works?|suits?|good|okay|ok|fine|convenient|all right)(?: for| with)? you\b")
_HEDGES = re.compile(rf"\b(?:{HEDGED})\b")
_TURNS = CHANGING - frozenset({"too"})


def set_answer(said: Sequence[str], asked: str) -> Literal["yes", "no"] | None:
    """What a whole answer of that kind says to a question for a yes; ``None`` where it is none of them.

    Args:
        said: the words of the answer.
        asked: the question, which must not deny anything.
    """
    text, question = " ".join(said), asked.lower()
    if _ON_THE_RADIO.match(text):
        return None if _OF_ITS_NUMBERS.search(question) else "yes"
    if _PASSES.match(text):
        return "no"
    found = _NO_GOOD.match(text)
    if found is None or not _OFFERS_A_TIME.search(question):
        return None
    if found["what"].endswith("day") and found["what"] not in question:
        return None
    rest = found["rest"].split()
    turned = any(word in _TURNS or word in NUMBERS or word[0].isdigit() for word in rest)
    return None if turned or _HEDGES.search(found["rest"]) else "no"
