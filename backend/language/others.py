"""Is a question about somebody else? By the language of the call."""

import re
from functools import lru_cache

from backend.language.es.others import is_about_others as in_spanish
from backend.language.tokens import words

__all__ = ["is_about_others"]

_NOBODY = frozenset(
    "what that it there who how where let today my our the a an me us this your any all each one every both".split()
)
_OF_SOMEBODY = re.compile(r"\b(?:of|for) ([a-z]+ [a-z]+)\b")
_OWN_CODE = "en"


def is_about_others(tag: str, question: str, caller: str, things: tuple[str, ...], inanimate: tuple[str, ...]) -> bool:
    """Is this about another person's record? What is the caller's own must not be told as if it were that one's.

    Args:
        tag: the language; English and Spanish are told apart, in others the answer speaks of what is the caller's own.
        question: the words.
        caller: the caller's name.
        things: what people have a record of: "policy".
        inanimate: words that are nobody's name though "of" or "for" stands before them.
    """
    code = tag.partition("-")[0].lower()
    if code == "es" and things:
        return in_spanish(question, caller, things, inanimate)
    if code != _OWN_CODE or not things:
        return False
    said, own = " ".join(words(question)), set(words(caller))
    nobody = _NOBODY | set(things) | set(inanimate) | own
    for match in _possessive(things).finditer(said):
        if match.group(2) or match.group(1) not in nobody:
            return True
    return any(not set(match.group(1).split()) & nobody for match in _OF_SOMEBODY.finditer(said))


@lru_cache(64)
def _possessive(things: tuple[str, ...]) -> re.Pattern[str]:
    had = f"(?:{'|'.join(map(re.escape, things))})"
    return re.compile(rf"\b([a-z]+)'s (?:own )?{had}\b|\b(his|her|their|someone else's|somebody else's) {had}\b")
