"""Years that only their place tells: "crosstrek nineteen", "a fourteen accord", "the year is two zero two two"."""

from collections.abc import Sequence

from backend.language.en.figures import ORDINALS, Year
from backend.language.en.number_words import DIGITS, TEENS, TENS

__all__ = ["bare_years"]

_NAMED = "|"
"""Stands for the words of a name that was read."""
_BEFORE = frozenset("a an the my our it's its is was and um uh it".split())
_WHOLE = 4
"""Figures of a year."""
_ZERO = frozenset({"oh", "o"})


def bare_years(words: Sequence[str], this_year: int) -> list[Year]:
    """Two figures right behind a name, at the end of the answer, or right before one, at its beginning; and four that
    are said one by one behind the word for a year.

    Args:
        words: the answer, each word of a name that was read as ``|``.
        this_year: no year is more than one after it.
    """
    found = _one_by_one(words)
    for at in range(len(words)):
        value, end = _two_figures(words, at)
        behind = end == len(words) and at > 0 and words[at - 1] == _NAMED
        before = words[end : end + 1] == [_NAMED] and _BEFORE.issuperset(words[:at])
        if end > at and (behind or before) and value <= this_year % 100 + 1:
            found.append(Year(at, end, 2000 + value, short=True))
    return found if len(found) == 1 else []


def _two_figures(words: Sequence[str], at: int) -> tuple[int, int]:
    """A number from 10 to 29 and the place behind it; that is ``at`` where there is none."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word.isdecimal() and len(word) == 2 and word[0] in "12":
        return int(word), at + 1
    if word == "twenty":
        ones = 0 if following in ORDINALS else DIGITS.get(following, 0)
        return 20 + ones, at + (2 if ones else 1)
    return (TEENS[word], at + 1) if word in TEENS and word not in TENS else (0, at)


def _one_by_one(words: Sequence[str]) -> list[Year]:
    for at in range(len(words) - _WHOLE):
        if words[at] not in {"year", "year's", "is"} or "year" not in " ".join(words[: at + 1]):
            continue
        figures = [0 if word in _ZERO else DIGITS.get(word, 10) for word in words[at + 1 : at + 1 + _WHOLE]]
        year = int("".join(map(str, figures))) if max(figures) < 10 else 0
        if 1950 <= year < 2050:
            return [Year(at + 1, at + 1 + _WHOLE, year)]
    return []
