"""What is told beside a place and is no part of it: "main street and fifth avenue, a 2019 honda civic"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from backend.language.asked import Asked
from backend.language.words import words_of

__all__ = ["without_told_beside"]

_PIECE = re.compile(r"[^,;.]+[,;.]*\s*")
_LEAST = 2
"""One word alone may be a place: cars are called after cities."""


def without_told_beside(text: str, asked: Asked) -> str:
    """The words without those pieces, from one mark to the next, that hold nothing but what may be told beside.

    Args:
        text: what the caller said.
        asked: its ``told_with`` says what may be told beside; numbers and articles may stand among them.
    """
    if not asked.told_with:
        return text
    return "".join(piece for piece in _pieces(text) if not _is_told_beside(piece, _words(asked.told_with)))


def _pieces(text: str) -> Iterator[str]:
    return (found[0] for found in _PIECE.finditer(text))


def _is_told_beside(piece: str, beside: frozenset[str]) -> bool:
    words = [word for word in words_of(piece.rstrip(" ,;.")) if word not in _ARTICLES]
    named = [word for word in words if not word.isdecimal()]
    return len(words) >= _LEAST and bool(named) and beside.issuperset(named)


@lru_cache(maxsize=64)
def _words(told_with: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for one in told_with for word in words_of(one)) - _JOIN


_ARTICLES = frozenset("a an the my our his her their un una el la mi su nuestro nuestra".split())
_JOIN = frozenset({"and", "y", "street", "road", "avenue", "calle", "avenida"})
"""Joins two roads, or makes a road: also where a car's name has it, as "town and country" does."""
