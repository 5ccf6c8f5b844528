"""What is told beside a place and is no part of it: "main street and fifth avenue, a 2019 honda civic"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from backend.language.asked import Asked
from backend.language.words import words_of

__all__ = ["without_told_beside"]

_PIECE = re.compile(r"[^,;.]+[,;.]*\s*")
_ONE_OF = frozenset("a an my our his her their un una mi su nuestro nuestra".split())
"""Who says "a santa fe" or "my aspen" speaks of a thing; without that it may be the place: things are called after
cities and streets, in one word or two."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def without_told_beside(text: str, asked: Asked) -> str:
    """The words without those pieces, from one mark to the next, that hold nothing but what may be told beside.

    Args:
        text: what the caller said.
        asked: its ``told_with`` says what may be told beside. A piece counts only where it begins as one speaks of a
            thing ("a", "my"), or has a year in it.
    """
    if not asked.told_with:
        return text
    return "".join(piece for piece in _pieces(text) if not _is_told_beside(piece, _words(asked.told_with)))


def _pieces(text: str) -> Iterator[str]:
    return (found[0] for found in _PIECE.finditer(text))


def _is_told_beside(piece: str, beside: frozenset[str]) -> bool:
    words = words_of(piece.rstrip(" ,;."))
    named = [word for word in words if word not in _ONE_OF and not word.isdecimal()]
    a_thing = bool(words) and (words[0] in _ONE_OF or any(map(_YEAR.fullmatch, words)))
    return a_thing and bool(named) and beside.issuperset(named)


@lru_cache(maxsize=64)
def _words(told_with: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for one in told_with for word in words_of(one)) - _JOIN


_JOIN = frozenset({"and", "y", "street", "road", "avenue", "calle", "avenida"})
"""Joins two roads, or makes a road: also where a car's name has it, as "town and country" does."""
