"""Number words within names: "f two fifty" is the F250, "sixty one oh two hill road" number 6102; and years."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.language.en.number_words import DIGITS, TEENS, TENS, year_at

__all__ = ["ORDINALS", "Year", "figures", "is_number", "squeezed", "years_in"]

_ZEROS = frozenset({"oh", "o"})
_ONES = DIGITS | TEENS | dict.fromkeys(_ZEROS, 0)
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
    return word.isdecimal() or (word in _ONES and word != "o") or word in TENS or word in {"hundred", "thousand"}


def figures(words: Sequence[str]) -> list[str]:
    """Number words as figures, each as it is said: "sixty one oh two" is ``["61", "0", "2"]``."""
    found: list[str] = []
    place = 0
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
        place += 1
        if word in TENS and 0 < _ONES.get(following, 10) < 10:
            found.append(str(TENS[word] + _ONES[following]))
            place += 1
        elif word in TENS or (word in _ONES and word != "o"):
            found.append(str(TENS.get(word, _ONES.get(word))))
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
    found = year_at(words, at)
    return Year(at, found[1], found[0]) if found is not None else _short_year_at(words, at)


def _short_year_at(words: Sequence[str], at: int) -> Year | None:
    """Without its century: "'07", "oh seven", "ninety eight"."""
    word = words[at].removeprefix("'")
    if word.isdecimal() and len(word) == 2 and word.startswith("0"):
        return Year(at, at + 1, 2000 + int(word), short=True)
    if word in _ZEROS and at + 1 < len(words) and words[at + 1] in DIGITS:
        return Year(at, at + 2, 2000 + DIGITS[words[at + 1]], short=True)
    if word != "ninety":
        return None
    ones = DIGITS.get(words[at + 1], 0) if at + 1 < len(words) else 0
    return Year(at, at + 2 if ones else at + 1, 1990 + ones, short=True)
