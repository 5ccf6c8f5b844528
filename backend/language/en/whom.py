"""Whether a yes is told of something else than was asked about: "my husband is", "my back does", "it's gone now"."""

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
_NOW = re.compile(r"^(?:are|do|does|is)\b", re.IGNORECASE)
_OVER = re.compile(
    r"^(?!.*\b(?:still|again|came back|comes back|but now|now it|keeps?|hasn't|didn't|not gone|isn't gone)\b)"
    r".*\b(?:(?:is|it's|'s|has|all|now) gone|gone (?:now|away)|gone$|went away|wore off|subsided|(?:has|it|pain) passed"
    r"|(?:it|that|pain|hurting|aching|throbbing) (?:has |just )?stopped|stopped (?:hurting|aching|throbbing|now)"
    r"|(?:is|it's|'s|much|all|feels|feeling) better(?: now)?$|better now|no longer)\b",
    re.IGNORECASE,
)
"""What was, and is no more: "it hurt but it's gone now"."""
_OTHERS = frozenset("he she he's she's they they're his her their".split())
_AT_ONCE = 2
"""Groups of a sign of the store that make it more than a word."""


def is_of_another(text: str, question: str, hints: Iterable[Hint]) -> bool:
    """Is the yes in an answer told of another one, or of what is over? Never where the question is about anybody.

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
    if _OF_YOU.search(question) and _NOW.match(question) and _OVER.search(" ".join(words(text))):
        return True
    if _OF_YOU.search(question) and any(_is_of_somebody(clause.tokens, all_hints) for clause in clauses):
        return True
    elsewhere = (hint for hint in all_hints if hint.value is None and len(hint.groups) >= _AT_ONCE)
    return any(find(elsewhere, " ".join(words(text))))


def _is_of_somebody(tokens: tuple[str, ...], hints: tuple[Hint, ...]) -> bool:
    """Does a sign stand in a clause that names somebody else: "my daughter's tooth aches"?"""
    named = any(token in _OTHERS or token.removesuffix("'s") in KIN for token in tokens)
    return named and any(find(hints, " ".join(tokens)))
