"""Digits in words of every language: what hides secrets relies on no language of a call, which may be wrong."""

from collections.abc import Sequence
from itertools import pairwise

from backend.language.en.number_runs import digit_pieces as english_pieces
from backend.language.en.number_runs import sounds_like_digit as sounds_english
from backend.language.es.numbers import HUNDREDS, TENS, UNITS, figures_at
from backend.language.es.words import folded
from backend.language.fr.numbers import DIGITS as FRENCH

__all__ = ["digit_pieces", "sounds_like_digit"]

_REPEATS = {"doble": 2, "triple": 3}
_SPANISH = frozenset((*UNITS, *TENS, *HUNDREDS, *_REPEATS, "mil"))
_FRENCH = {folded(word): str(value) for value, word in enumerate(FRENCH)}
_COUNTING = frozenset("ultimos ultimas primeros primeras".split())
"""Before a number that says how many digits."""
_ALSO_ENGLISH = frozenset({"once", "mil", "triple", "six"})
"""Say a number in Spanish or French, and something else in English: they count beside another number only."""
_TWO_SPANISH = _ALSO_ENGLISH - {"six"}
"""Two of these behind each other are no English: "once once", "mil once"."""


def digit_pieces(tokens: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each token, or few tokens, that say digits: the digits, the first token's place, and that behind the last."""
    found = english_pieces(tokens)
    taken = {place for _, first, end in found for place in range(first, end)}
    others = [piece for piece in _of_others(tokens) if not taken & set(range(piece[1], piece[2]))]
    return sorted([*found, *others], key=lambda piece: piece[1])


def sounds_like_digit(token: str) -> bool:
    """Is it a digit, a word for some, or what a recognizer writes for one that it did not catch?"""
    return sounds_english(token) or folded(token) in _SPANISH or folded(token) in _FRENCH


def _of_others(tokens: Sequence[str]) -> list[tuple[str, int, int]]:
    plain = [folded(token) for token in tokens]
    words = {word for word in plain if word in _SPANISH or word in _FRENCH}
    if not words - _ALSO_ENGLISH and not any(pair <= _TWO_SPANISH for pair in map(set, pairwise(plain))):
        return []
    found: list[tuple[str, int, int]] = []
    for written, first, end in figures_at(plain):
        digits = written if plain[first] in _SPANISH and written.isdecimal() else _FRENCH.get(plain[first], "")
        if digits and not (first and plain[first - 1] in _COUNTING):
            times = _REPEATS.get(plain[first - 1], 1) if first else 1
            found.append((digits * times, first - (times > 1), end))
    return found
