"""English answers that say only a part: "not badly", "not me", "the cyclist is fine"."""

import re

from backend.language.en.said import said
from backend.language.partly import Partly
from backend.language.words import MARKS

__all__ = ["PARTLY"]

_OPENS = r"^(?:(?:no|well|um|uh|oh|so|okay) )*"


def _plain(text: str) -> str:
    return " ".join(word for word in said(text) if word not in MARKS)


PARTLY = Partly(
    _plain,
    {
        False: re.compile(
            rf"{_OPENS}not (?:too |that |so |very |all that )?(?:seriously|badly|bad|severely|critically|much)$"
            r"|\b(?:nobody|no one|none|not)\b.*\b(?:died|killed|dead|passed away)\b"
            rf"|{_OPENS}not (?:me|us|him|her|them|my \w+)$"
            rf"|{_OPENS}(?:he|she|the (?!car|cars|others?)\w+|my (?!car|family)\w+)(?: \w+)?"
            r" (?:is|was|seems?|looks?|looked) (?:fine|okay|ok|alright|all right|good|unhurt)$"
            rf"|{_OPENS}(?:he|she|the \w+|my \w+) walked away$"
            r"|\b(?:getting|being|get|having) (?:\w+ )?(?:checked|looked at|examined|seen)\b"
            r"|\b(?:no|nope) (?:wait|sorry|i mean|actually|no) (?:yes|yeah|yep)\b"
            r"|\bbut\b.* (?:yes|yeah|yep)$"
            r"|\bi (?:can|could|have|did) not (?:really |even |actually )*(?:see|seen|look|looked|check|checked|go out"
            r"|been out)\b(?! any| a\b| one| nothing| no\b)"
            r"|\bnot (?:\w+ )?(?P<twice>hurt|injured|sick|bad|broken|bleeding) (?P=twice)\b"
        ),
        True: re.compile(
            r"\b(?:in )?(?:a|another) (?:different|another|previous|earlier|other) (?:accident|crash|one|time)\b"
            r"|\banother accident\b|\b(?:old|previous|prior|existing) (?:injury|pain|problem|condition)\b"
            r"|\bit (?:died|(?:is|was|got) (?:dead|hurt|injured|killed|bleeding|limping))\b"
            r"|\bnot (?:because of|due to) (?:the|this|that)\b"
            rf"|{_OPENS}(?:could be|might be|may be|maybe|possibly|perhaps)\b|\bnot know (?:till|until)\b"
            r"|\b(?:yes|yeah) (?:wait|sorry|i mean|actually) (?:no|nope)$"
            r"|\b(?:fak(?:e|ed|ing|er)|pretend(?:s|ed|ing)?|lied|milking it|putting it on)\b"
        ),
    },
    now=re.compile(r"(?:are|is|am|do|does|has|have)\b"),
    over=re.compile(
        r"\b(?:not|no) (?:\w+ )?(?:any ?more|longer)\b|\bused to\b"
        r"|\b(?:yesterday|last (?:night|week)|the other day|earlier|this morning|before|did|was|had)\b.*"
        r"\b(?:but|though) (?:not\b|(?:\w+ )*(?:fine|gone|ok|okay|better|good|nothing)\b)"
        r"|\bwas (?:last|yesterday|earlier|before)\b"
    ),
)
"""The rule for English."""
