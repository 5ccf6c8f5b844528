"""What is counted beside a group of facts and belongs to none, in words of the store; and the year of a purchase."""

import re
from collections.abc import Sequence
from functools import lru_cache

from backend.language.en.figures import is_number

__all__ = ["is_when_it_was_got", "their_own", "without_counts"]

_THEIRS_THEN_OWN = re.compile(
    r"^(?:(?:well|so|um|uh|no|okay) )*(?:he|she|they|the other (?:\w+))(?: was| were|'s|'re)? "
    r"(?:(?!\b(?:my|mine|our|ours|i|we|not)\b)[\w']+[\s,]+)*?(?:in|with|driving|drove|had|has) an? "
    r"(?:(?!\b(?:my|mine|our|ours|i|we|not)\b)[\w'-]+[\s,.]+){1,4}?(?:(?:and|but) )?"
    r"(?=(?:mine(?:'s| is| was) (?:the|an?)|(?:i drive|i drove|i was driving|i'm driving|i was in) (?:the|an?|my)) "
    r"(?P<own>(?!.*\b(?:he|she|they|his|her|their|now|other|not|too|or)\b).+)$)",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")
_NUMBER = (
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|and|\d+)"
)
_MANY = "thousand"
_ROUGHLY = r"(?:(?:with|got|has) )?(?:(?:like|about|over|around|almost|only|just) )?"
_GOT = frozenset("bought got purchased leased financed had".split())
_NEAR = 6
"""Words between "bought" and the year."""


def without_counts(text: str, told_with: tuple[str, ...]) -> str:
    """The words without what the store tells with them by a number: "four door", "ninety thousand miles"."""
    return _counted(told_with).sub(" ", text)


def their_own(text: str) -> str:
    """The words of the caller's own alone, behind those of somebody else's: "he was in a bmw, I drive a corolla"."""
    found = _THEIRS_THEN_OWN.match(text.strip())
    return found["own"] if found else text


def is_when_it_was_got(tokens: Sequence[str], at: int) -> bool:
    """Is a year that begins at ``at`` the one of a purchase: "I bought it in 2010"?"""
    before = tokens[max(at - _NEAR, 0) : at]
    return list(before[-1:]) == ["in"] and not _GOT.isdisjoint(before)


@lru_cache(16)
def _counted(told_with: tuple[str, ...]) -> re.Pattern[str]:
    phrases = [one for one in told_with if " " in one and any(is_number(word) for word in one.split())]
    if not phrases:
        return _NEVER
    each = (_phrase(one) for one in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


def _phrase(told: str) -> str:
    words = re.escape(told).replace(r"\ ", "[ -]")
    return rf"{_ROUGHLY}(?:{_NUMBER}[ -])+{words}(?: on (?:it|her|him))?" if told.startswith(_MANY) else words
