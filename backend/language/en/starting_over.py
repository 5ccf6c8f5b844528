"""Callers who want to begin anew, in English: "can we start over, I messed that up"."""

import re

from backend.language.tokens import words

__all__ = ["starts_over"]

_BEFORE = (
    r"(?:(?:no|wait|sorry|i'm sorry|oh|um|uh|okay|ok|well|actually|hold on|please|look|you know what|hey|so|and|but) )*"
)
_WISH = (
    r"(?:can (?:we|i|you)|could (?:we|i|you)|may i|let's|let me|i (?:want|need|would like|have) to|i'd like to"
    r"|we (?:have|need) to"
    r"|we should|i'll)"
)
_ANEW = (
    r"(?:start|begin|do (?:it|this|that|everything|all of (?:it|this))|go) (?:it |this |that |all |right )*"
    r"(?:over|again|anew|from scratch|(?:(?:over |again |back )?(?:from|at|to) the (?:very )?(?:beginning|start"
    r"|top)))(?: again)?"
)
_SLIP = (
    r"(?:(?:i|i've|i think i|we)(?: just| really| totally| have)* (?:messed|screwed|mixed|got|said|told|made"
    r"|did|gave|am|was)\b.*"
    r"|i'm (?:all |so |totally )?(?:confused|lost|mixed up)\b.*|(?:that|it|this) (?:was|is|came out|went)(?:"
    r" all)? wrong.*)"
)
_WHOLE = re.compile(
    rf"^{_BEFORE}(?:{_SLIP} {_BEFORE})?(?:{_WISH} )?(?:please |just )*{_ANEW}(?: (?:please|then|now|sorry"
    rf"|okay))*(?: (?:because )?{_SLIP})?$"
)


def starts_over(text: str) -> bool:
    """Does the whole of ``text`` say that they would like to begin anew?"""
    return _WHOLE.match(" ".join(words(text))) is not None
