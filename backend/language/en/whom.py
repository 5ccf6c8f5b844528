"""Whether a yes is told of somebody or something else than a question was about: "my husband is", "my back does"."""

import re
from collections.abc import Iterable

from backend.language.en.clauses import clauses_of
from backend.language.en.elliptic import ADVERB, BEHIND, VERB
from backend.language.en.kin import KIN
from backend.language.store_words import Hint, find
from backend.language.tokens import words

__all__ = ["is_of_another"]

_OF_ANYBODY = re.compile(r"\b(?:any|every|some)(?:body|one)\b|\ball of you\b", re.IGNORECASE)
_OF_YOU = re.compile(r"\byou\b", re.IGNORECASE)
_IS_ANOTHER = re.compile(
    rf"^(?:but |and |only )?(?:he|she|they|(?:the|my|our|his|her) [\w'-]+){ADVERB} {VERB}{BEHIND}$"
    r"|^(?:you're|you are) (?:\w+ )*an?\b"
)
_OTHERS = frozenset("he she he's she's they they're his her their".split())
_AT_ONCE = 2
"""Groups of a sign of the store that make it more than a word."""


def is_of_another(text: str, question: str, hints: Iterable[Hint]) -> bool:
    """Is the yes in an answer told of another one? Never where the question is about anybody.

    Args:
        text: the answer.
        question: what was asked: "Are you in any pain?" is about the caller, and nobody else.
        hints: the signs of the store; those without a value tell of something else, wherever they stand together.
    """
    if _OF_ANYBODY.search(question):
        return False
    all_hints = tuple(hints)
    clauses = clauses_of(text, owners=True)
    if any(_IS_ANOTHER.match(clause.text) for clause in clauses):
        return True
    if _OF_YOU.search(question) and any(_is_of_somebody(clause.tokens, all_hints) for clause in clauses):
        return True
    elsewhere = (hint for hint in all_hints if hint.value is None and len(hint.groups) >= _AT_ONCE)
    return any(find(elsewhere, " ".join(words(text))))


def _is_of_somebody(tokens: tuple[str, ...], hints: tuple[Hint, ...]) -> bool:
    """Does a sign stand in a clause that names somebody else: "my daughter's tooth aches"?"""
    named = any(token in _OTHERS or token.removesuffix("'s") in KIN for token in tokens)
    return named and any(find(hints, " ".join(tokens)))
