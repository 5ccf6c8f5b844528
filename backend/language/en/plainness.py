"""What leads to a value in English, and how much may stand around one that is taken."""

import re

from backend.language.en.neutral import COVERAGE
from backend.language.plainness import Plainness

__all__ = ["PLAINNESS"]

_LEADING = frozenset(
    "my name is i am it this that the these a an was be would be's number here's here there"
    " at on in going to and for so okay".split()
)
"""Words that lead to a value: "my number is", "that would be"."""

_SUMS = frozenset("quoted quote charged cost costs estimate estimated bill receipt invoice".split())
"""Words that tell what a sum is."""

PLAINNESS = Plainness(
    words=COVERAGE.words,
    courtesies=COVERAGE.fillers,
    silent=COVERAGE.fillers | COVERAGE.answers | _LEADING | _SUMS,
    most={"code": 2, "money": 2},
    longest_place=7,
    at=re.compile(r"\bat\b|@"),
    spelling=re.compile(r"\b[a-z],? (?:as in|as|is for|for|stands for|like|is in|in) [a-z]{2,}\b"),
    mail_words=frozenset(
        "my e-mail email mail address is it it's its it'll that that's the be would in all one word lowercase lower"
        " upper case capital capitals letters letter dot period point dash hyphen minus underscore under score plus"
        " number numbers digits um uh"
        " so yeah yes okay ok sure sorry and then no not double triple oh zero one two three"
        " four five six seven eight nine ten".split()
    ),
    one_letter=frozenset("aio"),
    agreeing=frozenset("yes yeah yep yup sure correct right exactly absolutely perfect".split()),
    turning=frozenset("but except if wrong wait unless until actually only though mean no".split()),
)
"""The rule in English."""
