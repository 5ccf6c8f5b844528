"""A time that is only known between two others: "between three and four in the afternoon"."""

import re
from collections.abc import Callable, Iterable

from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["between", "ends_of", "is_span", "read_span"]

_DAY = 24 * 60
_LONGEST = 6 * 60
"""Minutes. Further apart, two hours are no answer to "about what time"."""
_NIGHT = 12 * 60
"""Minutes, where both times were said with their half of the day."""
_SPAN = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")


def is_span(value: object) -> bool:
    """Is it a span as it is kept, ``15:00-16:00``?"""
    return isinstance(value, str) and _SPAN.fullmatch(value) is not None


def ends_of(span: str) -> tuple[str, str]:
    """Its two times: ``("15:00", "16:00")``."""
    first, _, last = span.partition("-")
    return first, last


def between(text: str, patterns: Iterable[re.Pattern[str]], denied: re.Pattern[str]) -> tuple[str, str] | None:
    """The two times of "between three and four", in words; ``None`` where the text names no span.

    Args:
        text: the answer.
        patterns: how the language says "between", with groups ``before``, ``first`` and ``last``. What stands before
            goes to the last time, as "in the afternoon" may.
        denied: words that deny; what is denied is no span.
    """
    said = text.lower().strip(" .!,")
    found = next(filter(None, (pattern.search(said) for pattern in patterns)), None)
    if found is None or denied.search(found["before"]):
        return None
    return found["first"], f"{found['last']} {found['before']}".strip()


def read_span(ends: tuple[str, str], read: Callable[[str], Reading]) -> Reading:
    """The span between two times in words, as ``15:00-16:00``.

    The half of the day is said once, for both: of the times that each may be, only those go together that lie less than
    six hours apart; where both are certain, twelve. Where several pairs do, as with "between three and four", it is a
    question.

    Args:
        ends: the words for the two times, as ``between`` gives them.
        read: reads one time.
    """
    first, last = (_times(read(words)) for words in ends)
    sure_of_both = len(first) == len(last) == 1  # "between ten p.m. and six a.m.": a night may be longer
    longest = _NIGHT if sure_of_both else _LONGEST
    pairs = [f"{one}-{other}" for one in first for other in last if 0 < _minutes(one, other) <= longest]
    if len(pairs) == 1:
        return sure(pairs[0])
    return doubtful("a span of time, in one or the other half of the day", *pairs) if pairs else nothing()


def _times(reading: Reading) -> tuple[str, ...]:
    return (reading.value,) if reading.outcome == "value" else reading.candidates


def _minutes(first: str, last: str) -> int:
    """From the first to the last, over midnight where it must be."""
    begin, end = (int(time[:2]) * 60 + int(time[3:]) for time in (first, last))
    return (end - begin) % _DAY
