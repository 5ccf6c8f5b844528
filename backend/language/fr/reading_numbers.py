"""Reads numbers and digits in French: "quatre-vingt-dix-sept", "zéro six, deux fois huit"."""

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.fr.numbers import number_at
from backend.language.fr.signs import BREAKS, SIGNS, said
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["read_digits", "read_integer"]

_NO_NUMBER = frozenset("instant moment minute minutes seconde secondes fois".split())
_REPEATED = {"double": 2, "triple": 3}
_BETWEEN = frozenset("euh et puis tiret".split())
_COUNT_OF = frozenset("chiffres numéros derniers dernières".split())


def read_integer(text: str, asked: Asked) -> Reading:
    """The whole number of an answer."""
    words = said(text)
    mentions: list[Mention] = []
    at = 0
    while at < len(words):
        found = number_at(words, at)
        after = words[found[1]] if found and found[1] < len(words) else ""
        if found and after not in _NO_NUMBER and not (words[at] in ("un", "une") and after):
            mentions.append(Mention(at, found[1], (found[0],)))
        at = found[1] if found else at + 1
    return weigh(words, mentions, SIGNS.find(words), breaks=BREAKS)


def read_digits(text: str, asked: Asked) -> Reading:
    """Exactly the digits that were said, as many as were asked for."""
    words = said(text)
    mentions: list[Mention] = []
    at = 0
    while at < len(words):
        digits, end = _run(words, at)
        if digits and not (end < len(words) and words[end] in _COUNT_OF | _NO_NUMBER):
            wrong = bool(asked.digits) and len(digits) != asked.digits
            mentions.append(
                Mention(at, end, (digits,), why="another number of digits" if wrong else "", doubtful=wrong)
            )
        at = max(end, at + 1)
    return weigh(words, mentions, SIGNS.find(words), breaks=BREAKS)


def _run(words: list[str], start: int) -> tuple[str, int]:
    """Digits with nothing but pauses between them, and where they end."""
    digits, at, end = "", start, start
    while at < len(words):
        times = _REPEATED.get(words[at], 1)
        place = at + 1 if times > 1 else at
        figures = words[place] if place < len(words) and words[place].isdecimal() else ""
        found = number_at(words, place) if place < len(words) else None
        if found:
            digits += (figures or str(found[0])) * times
            at = end = found[1]
        elif digits and words[at] in _BETWEEN:
            at += 1
        else:
            break
    return digits, end
