"""English words for times of day."""

import re
from collections.abc import Collection, Mapping, Sequence

from backend.language.en.number_words import DIGITS, number_at
from backend.language.grammar import WordClass, class_of

__all__ = ["CLOCK_CLASSES", "DAY", "HALF_DAY", "HALVES", "LEADS", "PARTS_OF_DAY"]

HALF_DAY = 12 * 60
DAY = 24 * 60
HALVES: dict[str, Collection[int]] = {
    "am": range(HALF_DAY), "pm": range(HALF_DAY, DAY), "morning": range(HALF_DAY),
    "afternoon": range(HALF_DAY, 19 * 60), "evening": range(16 * 60, DAY),
    "night": frozenset([*range(18 * 60, DAY), *range(5 * 60)]),
}  # fmt: skip
_PART_WORDS = {
    "am": "am", "pm": "pm", "in the morning": "morning", "of the morning": "morning", "this morning": "morning",
    "yesterday morning": "morning", "early morning": "morning", "that morning": "morning", "morning": "morning",
    "in the early morning": "morning", "early in the morning": "morning", "late in the morning": "morning",
    "in the afternoon": "afternoon", "afternoon": "afternoon", "early afternoon": "afternoon",
    "late afternoon": "afternoon", "in the late afternoon": "afternoon", "in the early afternoon": "afternoon",
    "in the evening": "evening", "evening": "evening", "early evening": "evening", "tonight": "night",
    "late in the evening": "evening", "early in the evening": "evening", "in the early evening": "evening",
    "at night": "night", "night": "night", "last night": "night", "in the night": "night", "late at night": "night",
    "late night": "night", "during the night": "night", "of the night": "night",
} | {
    f"{lead} {half}": half
    for lead in ("of", "of the", "on the", "in")
    for half in ("morning", "afternoon", "evening")
}  # fmt: skip
_NOON = {"noon": HALF_DAY, "midday": HALF_DAY, "noontime": HALF_DAY, "noonish": HALF_DAY, "midnight": 0}
_QUARTER = class_of({"quarter": 15, "a quarter": 15, "half": 30})

_PARTED = class_of(
    {f"and {article}{name}": value for name, value in (("half", 30), ("quarter", 15)) for article in ("", "a ")}
    | {
        f"and {tens}{more}": value + five
        for tens, value in (("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50))
        for more, five in (("", 0), (" five", 5))
    }
)


def _hours(*spans: tuple[int, int]) -> frozenset[int]:
    return frozenset(minute for first, last in spans for minute in range(first * 60, last * 60))


PARTS_OF_DAY: dict[str, Collection[int]] = {
    name: minutes
    for names, minutes in {
        "breakfast": _hours((5, 11)),
        "lunch lunchtime": _hours((11, 15)),
        "dinner dinnertime supper suppertime teatime tea": _hours((15, 22)),
        "bedtime": _hours((19, 24)),
        "dark nighttime": _hours((16, 24), (0, 8)),
        "dawn sunrise daybreak": _hours((4, 9)),
        "dusk sunset sundown": _hours((15, 22)),
        "daytime daylight": _hours((5, 22)),
        "rush": _hours((6, 10), (15, 20)),
        "work school church": _hours((0, 24)),
    }.items()
    for name in names.split()
}
"""Times of day without an hour, and the minutes of the day that they allow."""
_PARTS = class_of(_PART_WORDS)
LEADS = frozenset(
    "at around about approximately roughly exactly nearly almost circa towards toward past before after until till "
    "between from".split()
)
"""What stands before an hour."""
_BEFORE_AN_HOUR = frozenset(
    ". , ... ! um uh er was is or no wait maybe like say not but and think to \0 the probably actually sorry oh it "
    "near by mean meant said really".split()
)
_BEHIND_AN_HOUR = frozenset(
    ". , ... ! ? or no wait not maybe i ish sharp please to when on \0 last this but sorry actually and it in about at "
    "something thereabouts exactly sir ma'am".split()
)
_NO_HOUR = frozenset(
    "or-so minute minutes hour hours day days week month year second people men women am pm oclock hundred thousand "
    "street road avenue main point mile".split()
) - {"am", "pm", "oclock", "or-so"}
_WRITTEN = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?|([01]\d|2[0-3])([0-5]\d)")


def _hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = number_at(words, at)
    return found if found is not None and 1 <= found[0] <= 12 else None


def _clock_hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """An hour of the 24: "fifteen", "twenty one", "zero", "oh seven"."""
    if words[at] in ("oh", "o", "zero") and at + 1 < len(words) and words[at + 1] in DIGITS:
        return DIGITS[words[at + 1]], at + 2
    found = number_at(words, at)
    return found if found is not None and (found[0] == 0 or 13 <= found[0] <= 23) else None


def _late_hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """An hour of the 24 which no span of time is likely to be: "fifteen hours thirty", as other languages say it."""
    found = _clock_hour(words, at)
    return found if found is not None and found[0] >= 13 else None


def _minutes(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Minutes behind an hour: "thirty", "forty five", "oh five"."""
    if words[at] in ("oh", "o", "zero") and at + 1 < len(words):
        ones = int(words[at + 1]) if words[at + 1].isdecimal() else DIGITS.get(words[at + 1], 0)
        return (ones, at + 2) if 0 < ones < 10 else None
    found = number_at(words, at)
    written = words[at].isdecimal() and len(words[at]) != 2
    return found if found is not None and 10 <= found[0] <= 59 and not written else None


def _away(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """So many minutes before or after an hour. "Eight to nine" may be a span; "ten to nine" and "eight minutes" not."""
    found = _QUARTER(words, at) or number_at(words, at)
    if found is None or not 1 <= found[0] <= 59:
        return None
    return found if found[0] % 5 == 0 or words[found[1] : found[1] + 1] in (["minutes"], ["minute"]) else None


def _lone_hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """An hour where nothing but its place says so: "at nine", "nine", "eight or nine"."""
    found = _hour(words, at)
    before = words[at - 1] if at else "."
    if found is None:
        return None
    after = words[found[1]] if found[1] < len(words) else "."
    if after == "to" and (found[1] + 1 == len(words) or _hour(words, found[1] + 1) is None):
        return None
    if before in LEADS:
        return None if after in _NO_HOUR or after.endswith("s") else found
    return found if before in _BEFORE_AN_HOUR and after in _BEHIND_AN_HOUR else None


def _hundreds(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "Twenty one hundred hours", "oh eight hundred"."""
    zero = words[at] in ("oh", "zero")
    found = number_at(words, at + zero) if at + zero < len(words) else None
    if found is None or found[0] % 100 or not 100 <= found[0] <= 2300 or "hundred" not in words[at : found[1]]:
        return None
    hours = words[found[1] : found[1] + 1] in (["hours"], ["hrs"], ["h"])
    alone = at == 0 and found[1] == len(words)
    led = (alone or (at > 0 and words[at - 1] in LEADS)) and found[0] >= 1300
    return (found[0] // 100, found[1] + hours) if hours or zero or led else None


def _half(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """A half or a part of the day; not the "am" of "i am"."""
    return None if words[at] == "am" and at and words[at - 1] == "i" else _PARTS(words, at)


def _count(words: Sequence[str], at: int) -> tuple[int, int] | None:
    return number_at(words, at) or ((1, at + 1) if words[at] in ("a", "an") else None)


def _parted_last(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "And half" where nothing follows that it could be half of."""
    found = _PARTED(words, at)
    return found if found is not None and words[found[1] : found[1] + 1] in ([], ["."], [","], ["?"], ["!"]) else None


def _written_time(words: Sequence[str], at: int) -> tuple[tuple[int, int, bool], int] | None:
    match = _WRITTEN.fullmatch(words[at])
    if match is None:
        return None
    hour, minute = match[1] or match[3], match[2] or match[4]
    bare = match[3] is not None
    alone = len(words) == 1 or (at > 0 and words[at - 1] in LEADS and at + 1 == len(words))
    if bare and not alone and words[at + 1 : at + 2] not in (["hours"], ["hrs"], ["h"], ["am"], ["pm"]):
        return None
    return (int(hour) % 24, int(minute), (len(hour) == 2 and hour[0] == "0") or int(hour) == 24 or bare), at + 1


def _glued_time(words: Sequence[str], at: int) -> tuple[tuple[int, int], int] | None:
    """ "815 am"."""
    word = words[at]
    fits = word.isdecimal() and len(word) in (3, 4) and words[at + 1 : at + 2] in (["am"], ["pm"])
    hour, minute = (int(word[:-2]), int(word[-2:])) if fits else (0, 60)
    return ((hour, minute), at + 1) if minute < 60 and 1 <= hour <= 12 else None


CLOCK_CLASSES: Mapping[str, WordClass] = {
    "hour": _hour,
    "lone": _lone_hour,
    "clock": _clock_hour,
    "hundreds": _hundreds,
    "late": _late_hour,
    "minute": _minutes,
    "away": _away,
    "written": _written_time,
    "glued": _glued_time,
    "count": _count,
    "noon": class_of(_NOON | {f"twelve {name}": value for name, value in _NOON.items()}),
    "half": _half,
    "lead": class_of(dict.fromkeys(LEADS - {"before", "after", "past", "until", "till", "between", "from"}, 1)),
    "part": class_of({name: name for name in PARTS_OF_DAY}),
    "unit": class_of({"minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60}),
    "parted": _PARTED,
    "parted_last": _parted_last,
    "more": class_of({"and a half": 0.5, "and a quarter": 0.25}),
    "halves": class_of({"half": 0.5, "a half": 0.5, "half of": 0.5, "a quarter of": 0.25, "three quarters of": 0.75}),
    "few": class_of({"couple of": 2, "a couple of": 2, "a couple": 2, "a few": 3, "few": 3, "several": 4, "some": 3}),
}
"""The word classes of the clock's patterns."""
