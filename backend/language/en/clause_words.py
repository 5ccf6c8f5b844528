"""English words that tell where an answer may be cut into clauses to be spoken."""

from backend.language.clause_words import ClauseWords
from backend.language.en.number_words import DIGITS, TEENS, TENS

__all__ = ["CLAUSE_WORDS"]

CLAUSE_WORDS = ClauseWords(
    abbreviations=frozenset(
        (
            "dr mr mrs ms prof sr jr st ave blvd rd apt no vs etc inc ltd co corp dept e.g i.e a.m p.m u.s jan "
            "feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx ext ca"
        ).split()
    ),
    joiners=frozenset(
        (
            "and but or so because which who that when where while if until before after with from for in on at "
            "to by of left is are was were will has have can"
        ).split()
    ),
    pronouns=frozenset("i you he she it we they that this there who which".split()),
    bound=frozenset("a an the your my our his her their this number".split()),
    numbers=frozenset({*DIGITS, *TEENS, *TENS, "oh", "hundred", "thousand", "point"}),
    openers=frozenset(
        {
            "all right",
            "okay",
            "of course",
            "sure",
            "certainly",
            "got it",
            "i see",
            "thank you",
            "thanks",
            "understood",
            "no problem",
            "i understand",
            "one moment",
            "let me see",
            "let me check",
            "i'm sorry",
            "good",
        }
    ),
)
"""How English is cut."""
