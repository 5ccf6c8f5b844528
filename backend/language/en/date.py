"""Reads an English date."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from backend.language.asked import Asked
from backend.language.days import Days
from backend.language.doubt import weigh
from backend.language.en.aside import read_aside
from backend.language.en.calendar import BARE_DATES, CALENDAR
from backend.language.en.clock import CLOCK, Moment
from backend.language.en.counted_from import without_today
from backend.language.en.day_words import WEEKDAYS
from backend.language.en.said import said_times
from backend.language.en.short_year import with_century
from backend.language.en.signs import BREAKS, SIGNS, signs_for, unread_numbers
from backend.language.mention import Mention
from backend.language.reading import Reading, doubtful, nothing
from backend.language.signs import Sign

__all__ = ["masked", "read_date"]

_SPANS = frozenset("before after since until till til by than over under".split())
_SMALL_HOURS = range(5 * 60)
_WEEK_OF = ["week", "of"]
_THAT = frozenset("that this it".split())
_SOME_TIME = frozenset("some sometime".split())
_THIS_TIME = (["this", "time"], ["that", "time"], ["the", "same"])
_ASKS = frozenset("what which when why who how".split())
_CHATTER = frozenset("um uh er it was is on the date . , ... please i think so oh well yes like".split())
_PROPOSES = re.compile(
    r"\b(?:how about|what about|(?:can|could|may) (?:i|we|you) (?:please |maybe |possibly )?"
    r"(?:come(?: in)?|do|get|have|make(?: it)?|book|move it to|say))\b",
    re.IGNORECASE,
)
"""Proposes a day that is to come, and asks nothing of it: "how about the fourth", "can I come on the tenth"."""
_ASKS_OF_A_BEGINNING = re.compile(
    r"\bdid (?:it|this|that|the [\w ]+) (?:go out|start|begin|stop|go down)\b", re.IGNORECASE
)
"""Of what goes on: there "since Wednesday" names the day."""
_THE_DAY_ITSELF = re.compile(
    r"^\W*(?:(?:well|so|um|uh) )*(?:i|we) (?:only |just )?(?:called|phoned|rang|told|reported|filed|spoke|noticed)\b"
    r"(?:(?!\bitself\b).)*\bbut the \w+ itself (?:was|happened|took place)\b(?! (?:not|before|after)\b)",
    re.IGNORECASE,
)
"""The day of a call before that of what it was about: "I called them saturday but the crash itself was thursday"."""
_MASK = "\0"


def read_date(text: str, asked: Asked) -> Reading:
    """The day that an answer names, as the question has it: gone, to come, or any."""
    days = Days.of(asked)
    if asked.future and _PROPOSES.search(text):
        text = _PROPOSES.sub("", text).rstrip(" ?")
    text = _THE_DAY_ITSELF.sub("", text) if days.past else text
    words = without_today(said_times(with_century(text) if asked.born else text), days)
    begun = _ASKS_OF_A_BEGINNING.search(asked.question) is not None
    named = [_not_a_span(words, mention, begun=begun) for mention in CALENDAR.find(words, days)]
    aside = read_aside(text)
    if aside == "question" and words[:1] and words[0] in _ASKS:
        return nothing(aside)
    if not named:
        named = [] if aside else _bare(words, days)
    rest = masked(words, named)
    times = CLOCK.find(rest, Moment.of(asked))
    if not named:
        return nothing() if aside else _numbers_alone(rest, times)
    covered = [at for mention in (*named, *times) for at in range(mention.start, mention.end)]
    signs = [sign for sign in signs_for(SIGNS.find(words), named, times) if not _is_of_the_time(words, sign)]
    reading = weigh(words, named, signs, unread=unread_numbers(words, covered), breaks=BREAKS)
    reading = _by_the_clock(reading, words, times, days)
    if aside == "question" and reading.outcome == "value":
        reading = doubtful("it may be a question", reading.value, rests_on=reading.rests_on)
    return _as_written(reading)


def _is_of_the_time(words: Sequence[str], sign: Sign) -> bool:
    """ "Sometime friday", "about this time yesterday": what is vague is the time of day."""
    return words[sign.start] in _SOME_TIME or words[sign.end : sign.end + 2] in _THIS_TIME


def _bare(words: Sequence[str], days: Days) -> list[Mention]:
    """An answer of nothing but numbers."""
    found = BARE_DATES.find(words, days)
    plain = len(found) == 1 and all(word in _CHATTER for word in masked(words, found) if word != _MASK)
    return found if plain else []


def masked(words: Sequence[str], mentions: Sequence[Mention]) -> list[str]:
    """The words without those of the mentions."""
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    return [_MASK if at in covered else word for at, word in enumerate(words)]


def _not_a_span(words: Sequence[str], mention: Mention, *, begun: bool) -> Mention:
    before = [word for word in words[max(mention.start - 3, 0) : mention.start] if word != "the"]
    ahead = before[-1:] and (before[-1] in _SPANS or before[-2:] == _WEEK_OF)
    if begun and before[-1:] == ["since"] and "not" not in before:
        ahead = False
    behind = words[mention.end : mention.end + 2]
    if ahead or (len(behind) == 2 and behind[0] in ("before", "after") and behind[1] in _THAT):
        return replace(mention, doubtful=True, why="before or after it")
    return mention


def _numbers_alone(words: Sequence[str], times: Sequence[Mention]) -> Reading:
    covered = [at for mention in times for at in range(mention.start, mention.end)]
    unread = unread_numbers(words, covered)
    return doubtful("a number that is no day by itself") if unread else nothing()


def _by_the_clock(reading: Reading, words: Sequence[str], times: Sequence[Mention], days: Days) -> Reading:
    """A time of day may put the day in doubt: past midnight, or still to come today."""
    named = [mention for mention in times if mention.values]
    if reading.outcome != "value" or not times:
        return reading
    day = reading.value
    minute = days.now.hour * 60 + days.now.minute
    if days.past and day == days.today and all(_is_later(mention, minute) for mention in times):
        by_weekday = any(word.strip(",.").lower() in WEEKDAYS for part in reading.rests_on for word in part.split())
        earlier = day - timedelta(days=7 if by_weekday else 1)
        return doubtful("that time is still to come", earlier, rests_on=reading.rests_on)
    at_night = "night" in words or "tonight" in words or "midnight" in words
    small_hours = any(all(value in _SMALL_HOURS for value in mention.values) for mention in named)
    if at_night and small_hours and "ago" not in words:
        around = [each for each in (day, day + timedelta(days=1)) if days.fits(each)]
        return doubtful("before or after midnight", *around, rests_on=reading.rests_on)
    return reading


def _is_later(mention: Mention, minute: int) -> bool:
    allowed = mention.values or tuple(mention.wider)
    return bool(allowed) and all(value > minute for value in allowed)


def _as_written(reading: Reading) -> Reading:
    candidates = tuple(day.isoformat() for day in reading.candidates)
    value = None if reading.value is None else reading.value.isoformat()
    return replace(reading, value=value, candidates=candidates)
