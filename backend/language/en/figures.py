"""Number words within names: "f two fifty" is the F250, "sixty one oh two hill road" number 6102; and years."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ORDINALS", "Year", "figures", "is_number", "squeezed", "years_in"]

_ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen "
        "eighteen nineteen".split()
    )
} | {"oh": 0, "o": 0}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CENTURIES = {"nineteen": 1900, "twenty": 2000}


@dataclass(frozen=True, slots=True)
class Year:
    """A year in the words of an answer: ``words[start:end]``."""

    start: int
    end: int
    year: int
    short: bool = False
    """Without its century: "oh seven"."""


def is_number(word: str) -> bool:
    """Is this a number in figures or words? "o" alone is a letter."""
    return word.isdecimal() or (word in _ONES and word != "o") or word in _TENS or word in {"hundred", "thousand"}


def figures(words: Sequence[str]) -> list[str]:
    """Number words as figures, each as it is said: "sixty one oh two" is ``["61", "0", "2"]``."""
    found: list[str] = []
    place = 0
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
        place += 1
        if word in _TENS and 0 < _ONES.get(following, 10) < 10:
            found.append(str(_TENS[word] + _ONES[following]))
            place += 1
        elif word in _TENS or (word in _ONES and word != "o"):
            found.append(str(_TENS.get(word, _ONES.get(word))))
        elif word == "hundred" and found and found[-1].isdecimal():
            found[-1] += "00"
        elif word == "thousand" and found and found[-1].isdecimal():
            found[-1] += "000"
        else:
            found.append(word)
    return found


def squeezed(words: Sequence[str]) -> str:
    """The words without what a spelling may leave out: "f two fifty", "F-250" and "F250" are all ``f250``."""
    plain = "".join(figures(words))
    return "".join(char for char in plain.lower() if char.isalnum())


def years_in(words: Sequence[str]) -> list[Year]:
    """The years that are said, each once."""
    found: list[Year] = []
    place = 0
    while place < len(words):
        one = _year_at(words, place)
        if one is not None:
            found.append(one)
        place = one.end if one is not None else place + 1
    return found


def _year_at(words: Sequence[str], at: int) -> Year | None:
    word = words[at].removeprefix("'")
    if word.isdecimal():
        if len(word) == 2 and word.startswith("0"):
            return Year(at, at + 1, 2000 + int(word), short=True)
        whole = len(word) == 4 and _FIRST_YEAR <= int(word) < _LAST_YEAR
        return Year(at, at + 1, int(word)) if whole else None
    if list(words[at : at + 2]) == ["two", "thousand"]:
        skip = 3 if list(words[at + 2 : at + 3]) == ["and"] else 2
        small, end = _small(words, at + skip)
        return Year(at, end, 2000 + small) if small is not None else Year(at, at + 2, 2000)
    if word in _CENTURIES:
        oh = list(words[at + 1 : at + 2]) == ["oh"]
        small, end = _small(words, at + 2 if oh else at + 1)
        if small is not None and (oh or small >= 10):
            return Year(at, end, _CENTURIES[word] + small)
        return None
    if word in {"oh", "o"}:
        small, end = _small(words, at + 1)
        return Year(at, end, 2000 + small, short=True) if small is not None and small < 10 else None
    if word == "ninety":
        small, end = _small(words, at)
        return Year(at, end, 1900 + small, short=True) if small is not None else None
    return None


def _small(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """A number below a hundred at this place, and where it ends."""
    word, following = (*words[at : at + 2], "", "")[:2]
    if word in _TENS:
        if 0 < _ONES.get(following, 10) < 10:
            return _TENS[word] + _ONES[following], at + 2
        return _TENS[word], at + 1
    if word in _ONES and word != "o":
        return _ONES[word], at + 1
    return None, at
