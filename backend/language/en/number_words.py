"""English number words: cardinals, ordinals, and years as they are said."""

from collections.abc import Sequence

from backend.language.cardinals import NumberWords, cardinal_at

__all__ = ["CARDINALS", "DIGITS", "TEENS", "TENS", "in_figures", "number_at", "ordinal_at", "year_at"]

DIGITS = {
    name: value for value, name in enumerate("zero one two three four five six seven eight nine".split())
}  # fmt: skip
TEENS = {
    name: value
    for value, name in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 10
    )
}
TENS = {
    name: value * 10 for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
} | {"fourty": 40}  # fmt: skip
CARDINALS = NumberWords(
    values=DIGITS | TEENS | TENS,
    hundreds=frozenset({"hundred"}),
    scales={"thousand": 1000, "grand": 1000, "million": 1_000_000},
    joiners=frozenset({"and"}),
    articles=frozenset({"a", "an"}),
)
_STARTS = frozenset({*CARDINALS.values, *CARDINALS.hundreds, *CARDINALS.scales, *CARDINALS.articles})
_IN_FIGURES = _STARTS | {"oh"}
_ORDINALS = {
    name: value
    for value, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
_ENDINGS = ("st", "nd", "rd", "th")
_ZEROS = frozenset({"oh", "o"})
_LIKE_TWO = frozenset({"to", "too"})
"""What recognizers write before "thousand"."""


def number_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A cardinal from this place on: "twenty two", "a hundred", "1,500"."""
    if words[at].isalpha() and words[at] not in _STARTS:
        return None
    plain = words[at].replace(",", "")
    if plain.isdecimal() and plain != words[at] and len(plain) < 10:
        return int(plain), at + 1
    return cardinal_at(words, at, CARDINALS)


def ordinal_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """An ordinal up to thirty first: "the fourth" without the, "twenty second", "3rd"."""
    word = words[at]
    if word[-2:] in _ENDINGS and word[:-2].isdecimal() and len(word) < 5:
        return int(word[:-2]), at + 1
    tens = TENS.get(word, 0)
    ones = _ORDINALS.get(words[at + 1], 0) if at + 1 < len(words) else 0
    if tens in (20, 30) and 0 < ones < 10:
        return tens + ones, at + 2
    return (_ORDINALS[word], at + 1) if word in _ORDINALS else None


def year_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A year from 1900 to 2099: "2026", "twenty twenty six", "nineteen eighty five", "two thousand twenty"."""
    word = words[at]
    if word.isdecimal():
        return (int(word), at + 1) if len(word) == 4 and 1900 <= int(word) <= 2099 else None
    if word in _LIKE_TWO and words[at + 1 : at + 2] == ["thousand"]:
        found = year_at(["two", *words[at + 1 :]], 0)
        return None if found is None else (found[0], found[1] + at)
    century = {"nineteen": 1900, "twenty": 2000}.get(word, 0)
    if century and at + 2 < len(words) and words[at + 1] in _ZEROS and words[at + 2] in DIGITS:
        return century + DIGITS[words[at + 2]], at + 3
    rest = cardinal_at(words, at + 1, CARDINALS) if century and at + 1 < len(words) else None
    if rest is not None and 10 <= rest[0] <= 99 and not words[at + 1].isdecimal():
        return century + rest[0], rest[1]
    whole = cardinal_at(words, at, CARDINALS) if words[at + 1 : at + 2] == ["thousand"] else None
    return whole if whole is not None and 2000 <= whole[0] <= 2099 else None


def in_figures(words: Sequence[str]) -> list[str]:
    """Words with their numbers in figures: ``["at", "five", "thirty"]`` is ``["at", "5", "30"]``."""
    written: list[str] = []
    at = 0
    while at < len(words):
        if words[at].isalpha() and words[at] not in _IN_FIGURES:
            written.append(words[at])
            at += 1
            continue
        found = number_at(words, at) if words[at] not in CARDINALS.articles else None
        value, end = found or (0, at + 1)
        if words[at] == "oh":
            written.append("0")
        elif found is None or (words[at].isdecimal() and end == at + 1):  # "0615" keeps its zero
            written.append(words[at])
        else:
            written.append(str(value))
        at = end
    return written
