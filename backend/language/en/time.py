"""Reads an English time of day."""

import re
from dataclasses import replace

from backend.language.asked import Asked
from backend.language.days import Days
from backend.language.doubt import weigh
from backend.language.en.aside import read_aside
from backend.language.en.calendar import CALENDAR
from backend.language.en.clock import CLOCK, Moment
from backend.language.en.date import masked
from backend.language.en.said import said_times
from backend.language.en.signs import BREAKS, SIGNS, signs_for, unread_numbers
from backend.language.reading import Reading, doubtful

__all__ = ["read_time"]

_OFFSET = re.compile(
    r"\b(?:hours?|minutes?|mins|while|bit) (?:later|after (?:that|it|then)|before (?:that|it)|afterwards?)\b"
)
"""A time that is told from another one: "the game ended at nine, half an hour later"."""


def read_time(text: str, asked: Asked) -> Reading:
    """The time of day that an answer names. "Around" is good enough; a half of the day that is open, or a span, not."""
    words = said_times(text)
    times = CLOCK.find(words, Moment.of(asked))
    days = CALENDAR.find(masked(words, times), Days.of(asked))
    covered = [at for mention in (*times, *days) for at in range(mention.start, mention.end)]
    signs = signs_for(SIGNS.find(words), times, days)
    unread = unread_numbers(words, covered)
    reading = weigh(words, times, signs, unread=unread, about_is_fine=True, breaks=BREAKS)
    if reading.outcome == "value" and _OFFSET.search(" ".join(words)):
        reading = doubtful("some time before or after it", reading.value, rests_on=reading.rests_on)
    if reading.outcome == "value" and read_aside(text) == "question":
        reading = doubtful("it may be a question", reading.value, rests_on=reading.rests_on)
    candidates = tuple(map(_written, reading.candidates))
    return replace(reading, value=None if reading.value is None else _written(reading.value), candidates=candidates)


def _written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
