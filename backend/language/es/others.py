"""Is a question in Spanish about somebody else's record: "la póliza de mi hermano", "¿cuánto debe Juan Pérez?"."""

import re
from functools import lru_cache

from backend.language.es.names import name_tokens
from backend.language.es.not_names import NOT_NAMES
from backend.language.es.people import KIN
from backend.language.es.words import folded

__all__ = ["is_about_others"]

_THEIRS = r"(?:mi|su|el|la|un|una|otro|otra)"
_PERSON = r"(?:senor|senora|persona|cliente|titular|asegurad[oa]|ell[oa]s?|el|alguien(?: mas)?|otra persona)"


def is_about_others(question: str, caller: str, things: tuple[str, ...], inanimate: tuple[str, ...]) -> bool:
    """Is this about another person's record?

    Args:
        question: the words.
        caller: the caller's name.
        things: what people have a record of: "póliza".
        inanimate: words that are nobody's name though "de" stands before them.
    """
    plain = " ".join(folded(token) for token in name_tokens(question))
    own = set(folded(caller).split())
    if _of_kin(things).search(plain):
        return True
    nobody = NOT_NAMES | own | {folded(word) for word in (*things, *inanimate)}
    return any(not {match[1], match[2]} & nobody for match in _of_somebody(things).finditer(plain))


@lru_cache(64)
def _of_kin(things: tuple[str, ...]) -> re.Pattern[str]:
    had, kin = _one_of(things), "|".join(sorted(KIN))
    return re.compile(rf"\b{had}(?: \w+)? (?:de|del) (?:{_THEIRS} )?(?:{kin}|{_PERSON})\b(?! mism[oa])")


@lru_cache(64)
def _of_somebody(things: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{_one_of(things)} de ([a-z]+) ([a-z]+)\b")


def _one_of(things: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(re.escape(folded(thing)) for thing in things)})"
