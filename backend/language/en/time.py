"""Reads an English time of day."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.days import Days
from backend.language.doubt import weigh
from backend.language.en.aside import read_aside
from backend.language.en.calendar import CALENDAR
from backend.language.en.clock import CLOCK, OPEN_HALF, Moment
from backend.language.en.clock_words import HALF_DAY
from backend.language.en.date import masked
from backend.language.en.said import said_times
from backend.language.en.signs import BREAKS, SIGNS, signs_for, unread_numbers
from backend.language.mention import Mention
from backend.language.reading import Reading, doubtful
from backend.language.signs import Sign

__all__ = ["read_time"]

_OFFSET = re.compile(
    r"\b(?:hours?|minutes?|mins|while|bit) (?:later|after (?:that|it|then)|before (?:that|it)|afterwards?)\b"
)
"""A time that is told from another one: "the game ended at nine, half an hour later"."""
_LAST_OF_A_DAY = re.compile(r"\b(?:right|just|shortly|bit|little|while) before midnight\b")
"""What is midnight, nearly, stands on the day before."""
_NIGHT_BEFORE = re.compile(r"\b(?:night|evening|afternoon|morning) (before) (?:last|yesterday)\b")
"""Names a day, though its part of the day belongs to the hour: "the night before last at nine"."""
_PARTS_OF_AN_HOUR = frozenset({"half", "quarter"})
_PARTS_OF_OTHERS = frozenset(
    "a an the my our his her their this that of asleep awake dozen mile miles block blocks inch inches way hour hours "
    "panel panels full empty off price drunk dead dark hidden covered blocked turned parked moon year ton gone".split()
)
"""Behind a half or a quarter: it is one of something else than an hour."""
_NEAR = 3
"""Words between an hour and its half or quarter: "three in the afternoon and half"."""


def read_time(text: str, asked: Asked) -> Reading:
    """The time of day that an answer names. "Around" is good enough; a half of the day that is open, or a span, not."""
    words = said_times(text)
    times = CLOCK.find(words, Moment.of(asked))
    times = _in_the_same_half(times, SIGNS.find(words))
    days = CALENDAR.find(masked(words, times), Days.of(asked))
    covered = [at for mention in (*times, *days) for at in range(mention.start, mention.end)]
    signs = signs_for(SIGNS.find(words), times, days)
    unread = unread_numbers(words, covered)
    reading = weigh(words, times, signs, unread=unread, about_is_fine=True, breaks=BREAKS)
    if reading.outcome == "value" and _leaves_a_half(words, covered, times):
        reading = doubtful("a half or a quarter was left unread", reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value" and _OFFSET.search(" ".join(words)):
        reading = doubtful("some time before or after it", reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value" and _LAST_OF_A_DAY.search(" ".join(words)):
        reading = doubtful("the end of another day", reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value" and read_aside(text) == "question":
        reading = doubtful("it may be a question", reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value":
        reading = replace(reading, rests_on=(*reading.rests_on, *_of_days_alone(words, days)))
    candidates = tuple(map(_written, reading.candidates))
    return replace(reading, value=None if reading.value is None else _written(reading.value), candidates=candidates)


def _in_the_same_half(times: Sequence[Mention], signs: Sequence[Sign]) -> list[Mention]:
    """ "Seven in the evening, no, eight": what a time is put right to is in the same half of the day."""
    kept: list[Mention] = []
    for one in times:
        before = kept[-1] if kept and len(kept[-1].values) == 1 and not kept[-1].why else None
        right = before and any(
            sign.sort == "correction" and before.end <= sign.start and sign.end <= one.start for sign in signs
        )
        if before and right and len(one.values) > 1 and one.why == OPEN_HALF:
            late = before.values[0] >= HALF_DAY
            one = replace(one, values=tuple(value for value in one.values if (value >= HALF_DAY) is late), why="")
        kept.append(one)
    return kept


def _of_days_alone(words: Sequence[str], days: Sequence[Mention]) -> list[str]:
    """The words that name a day and stand nowhere else: "the day before yesterday" says nothing of before the time."""
    named = [word for day in days if day.values and not day.why for word in words[day.start : day.end]]
    named += _NIGHT_BEFORE.findall(" ".join(words))
    return [word for word in named if words.count(word) == named.count(word)]


def _leaves_a_half(words: Sequence[str], covered: Collection[int], times: Sequence[Mention]) -> bool:
    """Is a half or a quarter near an hour that is not in what was read: "quarter less five"?"""
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word not in _PARTS_OF_AN_HOUR or at in covered or behind in _PARTS_OF_OTHERS:
            continue
        if any(one.values and one.start - _NEAR <= at + 1 and at <= one.end + _NEAR for one in times):
            return True
    return False


def _written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
