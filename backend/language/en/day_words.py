"""English words for days: weekdays, months, units, and the shapes of dates in figures."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from backend.language.en.holidays import holiday_names
from backend.language.en.number_words import number_at, ordinal_at, year_at
from backend.language.grammar import WordClass, class_of

__all__ = ["DAY_CLASSES", "MONTHS", "WEEKDAYS"]

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAY_WORDS = {name: place for place, name in enumerate(WEEKDAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
}  # fmt: skip
_MONTH_WORDS = {name: place for place, name in enumerate(MONTHS, 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_ALSO_VERBS = {"may", "march", "mar"}
_UNITS = {
    "day": 1, "days": 1, "night": 1, "nights": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14,
}  # fmt: skip
_HOURS = {
    name: timedelta(**{unit: 1})
    for unit, names in {
        "seconds": "second seconds moment moments", "minutes": "minute minutes min mins", "hours": "hour hours hrs",
    }.items()
    for name in names.split()
}  # fmt: skip
_FEW = {"couple": 2, "a couple": 2, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4, "some": 3}
_BEHIND_A_DAY = frozenset(
    ". , ... ! ? at around about in it i and we of this last early late just shortly before after that which when "
    "sometime between maybe not or no please morning afternoon evening night was sir ma'am but on from by so".split()
)
_BEFORE_A_DAY = frozenset("the on . , ... um uh er it was is of date day".split()) | frozenset(_WEEKDAY_WORDS)
_FIGURES = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([-/.])(\d{1,2})(?:\5(\d{4}|\d{2}))?")


def _count(words: Sequence[str], at: int) -> tuple[int, int] | None:
    return number_at(words, at) or ((1, at + 1) if words[at] in ("a", "an") else None)


def _day_number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = ordinal_at(words, at) or number_at(words, at)
    return found if found is not None and 1 <= found[0] <= 31 else None


def _month_number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = ordinal_at(words, at)
    return found if found is not None and found[0] <= len(MONTHS) else None


_THEY = frozenset("i we he she they you mine ours his hers theirs".split())
_THEY_ARE = frozenset("i'm we're he's she's they're".split())


def _lone_day(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "The fourth" as a day, and not "the fourth car", "fourth street", "first of all"."""
    before = words[at - 1] if at else "."
    found = ordinal_at(words, at)
    if found is None and words[at].isdecimal() and words[max(at - 2, 0) : at] == ["on", "the"]:
        found = _day_number(words, at)
    if found is None or before not in _BEFORE_A_DAY or _is_a_place_in_a_row(words, at):
        return None
    after = words[found[1]] if found[1] < len(words) else "."
    all_of = words[found[1] : found[1] + 2] in (["of", "all"], ["of", "the"], ["and", "the"])
    street = after == "and" and before != "the"
    a_weekday = after in ("a", "an") and any(word in WEEKDAYS for word in words[found[1] + 1 : found[1] + 2])
    list_goes_on = after == "the" and found[1] + 1 < len(words) and ordinal_at(words, found[1] + 1) is not None
    ends = after in _BEHIND_A_DAY or list_goes_on or a_weekday
    return found if ends and not all_of and not street else None


def _is_a_place_in_a_row(words: Sequence[str], at: int) -> bool:
    """ "I was the third", of so many: who says so names no day."""
    lead = [word for word in words[max(at - 3, 0) : at] if word != "the"]
    return lead[-1:] != [] and (
        lead[-1] in _THEY_ARE or (lead[-1] in ("was", "were", "came", "am") and lead[-2:-1] != [] and lead[-2] in _THEY)
    )


def _small(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = number_at(words, at)
    return found if found is not None and 1 <= found[0] <= 31 else None


def _short_year(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "Eighty four": two figures that are no day and so a year of the last century."""
    found = number_at(words, at)
    return (1900 + found[0], found[1]) if found is not None and 31 < found[0] < 100 else None


def _any_year(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = words[at]
    short = len(word) == 2 and word.isdecimal() and at > 0 and words[at - 1] in ("slash", "/", "'")
    return (2000 + int(word), at + 1) if short else year_at(words, at)


def _figures(words: Sequence[str], at: int) -> tuple[re.Match[str], int] | None:
    match = _FIGURES.fullmatch(words[at])
    return (match, at + 1) if match else None


DAY_CLASSES: Mapping[str, WordClass] = {
    "weekday": class_of(_WEEKDAY_WORDS),
    "weekdays": class_of({f"{name}s": place for place, name in enumerate(WEEKDAYS)}),
    "month": class_of(_MONTH_WORDS),
    "plain_month": class_of({name: value for name, value in _MONTH_WORDS.items() if name not in _ALSO_VERBS}),
    "holiday": class_of({name: name for name in holiday_names()}),
    "unit": class_of(_UNITS),
    "hours": class_of(_HOURS),
    "few": class_of(_FEW),
    "long": class_of({"month": 1, "months": 1, "year": 12, "years": 12}),
    "side": class_of({"after": 1, "following": 1, "before": -1}),
    "which_year": class_of({"last year": -1, "of last year": -1, "this year": 0, "of this year": 0, "next year": 1}),
    "months": class_of({"of last month": 1, "last month": 1, "of this month": 0, "this month": 0}),
    "half": class_of({"and a half": 0.5, "and a quarter": 0.25}),
    "halves": class_of({"half": 0.5, "a half": 0.5, "half of": 0.5, "a quarter of": 0.25, "three quarters of": 0.75}),
    "rough": class_of(dict.fromkeys("about around roughly approximately maybe nearly almost like".split(), 1)),
    "ago": class_of({"ago": 1, "back": 1, "earlier": 1, "prior": 1}),
    "today": class_of({"today": 1, "to the day": 1, "exactly": 1}),
    "weekend": class_of(
        {"weekend": None, "the weekend": None, "this weekend": 0, "last weekend": 1, "past weekend": 0}
        | {"this past weekend": 0, "this last weekend": 0, "previous weekend": 1, "weekend before last": 2}
    ),
    "shift": class_of({"yesterday": 1, "today": 0}),
    "idiom": class_of({"ago on a": 1, "ago": 1, "ago on": 1, "ago last": 1, "ago this": 1}),
    "count": _count,
    "day": _day_number,
    "nth": _month_number,
    "lone": _lone_day,
    "small": _small,
    "short_year": _short_year,
    "year": _any_year,
    "figures": _figures,
}
"""The word classes of the calendar's patterns."""
