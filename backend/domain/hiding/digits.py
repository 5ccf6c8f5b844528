"""Can there be a number in what was said? Most of it has none, so that is found out first, and fast."""

import re

__all__ = ["DIGITS", "may_hold_digits"]

_SURE = "zero nought naught one two three four five six seven eight nine niner ten eleven twelve double triple treble"
_OTHERS = (
    "cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince doble treinta"
    " cuarenta"
    " cincuenta sesenta setenta ochenta noventa cien ciento zéro deux trois quatre cinq sept huit neuf"
)
"""The same in Spanish and French; "dieciséis", "veintidós" and "doscientos" are known by their parts."""
_WORDS = frozenset([*_SURE.split(), *_OTHERS.split()])
DIGITS = re.compile(rf"\d|teen|ty\b|ty-|\bdieci|\bveint|cient[oa]s\b|\b(?:{'|'.join(sorted(_WORDS))})\b", re.IGNORECASE)
"""Figures and words that say digits."""
_PARTS = ("teen", "ty", "dieci", "veint", "cient")
"""Without any of them there is no word that is known by its part."""
_FIGURE = re.compile(r"[0-9]")
_APART = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
"""What stands between words."""


def may_hold_digits(text: str) -> bool:
    """Does ``DIGITS`` find anything in a text?

    The pattern tries its fifty words at every letter, which takes twenty times as long as to look the text's own words
    up, and every session that is stored is gone through with it. Letters that are not ASCII have more than one small
    form, so a text that holds any is left to the pattern.
    """
    if not text.isascii():
        return DIGITS.search(text) is not None
    small = text.lower()
    if _FIGURE.search(small) or not _WORDS.isdisjoint(small.translate(_APART).split()):
        return True
    return any(part in small for part in _PARTS) and DIGITS.search(small) is not None
