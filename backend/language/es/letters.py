"""Letters as they are named in Spanish, in the NATO alphabet, or by a word: "ele de Lima", "be grande", "eñe"."""

import re
from collections.abc import Sequence

__all__ = ["LETTERS", "spelled"]

LETTERS = {
    "a": "a", "be": "b", "ce": "c", "de": "d", "e": "e", "efe": "f", "ge": "g", "hache": "h", "i": "i", "jota": "j",
    "ka": "k", "ca": "k", "ele": "l", "eme": "m", "ene": "n", "o": "o", "pe": "p", "cu": "q", "ku": "q",
    "erre": "r", "ere": "r", "ese": "s", "te": "t", "u": "u", "ve": "v", "uve": "v", "equis": "x", "ye": "y",
    "zeta": "z", "ceta": "z", "seta": "z",
}  # fmt: skip
"""In the plain spelling, but for "eñe" (``_MORE``)."""
_MORE: dict[tuple[str, ...], str] = {
    ("eñe",): "ñ", ("i", "griega"): "y", ("y", "griega"): "y", ("i", "latina"): "i", ("doble", "ve"): "w",
    ("doble", "uve"): "w",
    ("uve", "doble"): "w", ("doble", "u"): "w", ("doble", "v"): "w", ("be", "grande"): "b", ("be", "larga"): "b",
    ("be", "alta"): "b", ("ve", "chica"): "v", ("ve", "corta"): "v", ("ve", "baja"): "v", ("b", "grande"): "b",
    ("v", "chica"): "v", ("b", "larga"): "b", ("v", "corta"): "v", ("doble", "ele"): "ll", ("doble", "erre"): "rr",
    ("doble", "ene"): "nn", ("doble", "ese"): "ss", ("doble", "te"): "tt", ("elle",): "ll", ("che",): "ch",
    ("doble", "l"): "ll",
    ("doble", "r"): "rr", ("doble", "n"): "nn", ("doble", "s"): "ss", ("doble", "t"): "tt",
    ("doble", "efe"): "ff", ("doble", "pe"): "pp",
}  # fmt: skip
_NATO = {
    word: word[0]
    for word in (
        "alfa alpha bravo charlie delta eco echo foxtrot golf hotel india juliet juliett kilo lima mike noviembre "
        "november oscar papa quebec romeo sierra tango uniforme uniform victor whisky whiskey xray yankee zulu"
    ).split()
}
_AS_IN = frozenset({"de", "como", "con"})
_KIND = re.compile(r"^[a-zñ]$")


def spelled(tokens: Sequence[str], start: int, *, nato: bool = False) -> tuple[str, int]:
    """The letter, or the double one, that is named at ``start``, and the place behind its name; none: ``start``.

    Args:
        tokens: plain words; an "eñe" keeps its tilde where the caller of this kept it.
        start: where to look.
        nato: also take a word of the alphabet of radio ("lima") for its letter.
    """
    pair = tuple(tokens[start : start + 2])
    letter, end = (_MORE[pair], start + 2) if pair in _MORE else (_single(tokens[start], nato=nato), start + 1)
    if not letter:
        return "", start
    return letter, _behind_example(tokens, end, letter)


def _single(token: str, *, nato: bool) -> str:
    if (token,) in _MORE:
        return _MORE[(token,)]
    return LETTERS.get(token) or (token if _KIND.match(token) else "") or (_NATO.get(token, "") if nato else "")


def _behind_example(tokens: Sequence[str], end: int, letter: str) -> int:
    """Behind "de Lima" in "ele de Lima", where the word begins with that letter."""
    if end + 1 < len(tokens) and tokens[end] in _AS_IN:
        word = tokens[end + 1]
        if len(word) > 2 and word.startswith(letter[0]) and word not in LETTERS:
            return end + 2
    return end
