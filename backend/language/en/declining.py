"""English callers who will not tell what they are asked: "I'd rather not say until I talk to a lawyer"."""

import re

from backend.language.tokens import words

__all__ = ["declines"]

_TELL = r"(?:say|tell|answer|give|discuss|share|get into|talk about|go into|comment|disclose)"
_DECLINES = re.compile(
    rf"\b(?:rather|prefer|better|best) not(?: to)?(?: {_TELL}|$)|\b(?:not|never) going to {_TELL}\b"
    r"|\bnot (?:saying|telling|answering|comfortable (?:saying|telling|answering|giving|sharing|with))\b"
    rf"|\b(?:don't|do not) (?:have|want|need|wish|care|like) to {_TELL}\b|\b(?:refuse|decline) to {_TELL}\b"
    r"|\bno comment\b|\bnone of your (?:business|concern)\b|\b(?:won't|will not) (?:say|answer|tell)\b"
    r"|\b(?:until|till|before|without) (?:i (?:\w+ )?(?:to|with) )?(?:my|a|an) (?:lawyer|attorney|solicitor)\b"
    r"|\bplead(?:ing)? the fifth\b"
)


def declines(text: str) -> bool:
    """Will they not tell it, or not now?"""
    return _DECLINES.search(" ".join(words(text))) is not None
