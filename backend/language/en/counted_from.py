"""Today's own date in an answer, from which the day that is meant was counted: "today's the ninth so the seventh"."""

from collections.abc import Sequence

from backend.language.days import Days
from backend.language.en.calendar import CALENDAR
from backend.language.en.day_words import WEEKDAYS
from backend.language.en.number_words import ordinal_at

__all__ = ["without_today"]

_IS_THE = frozenset("is the a".split())
_IT_IS = frozenset("it is the".split())


def without_today(words: Sequence[str], days: Days) -> list[str]:
    """The words without "today is the ninth", where it is and another day stands behind it; else all of them."""
    for at, word in enumerate(words):
        if word != "today":
            continue
        behind = at + 1
        while behind < len(words) and words[behind] in _IS_THE:
            behind += 1
        if (end := _today_at(words, behind, days)) is not None:
            span = (at, end)
        elif (start := _today_before(words, at, days)) is not None:
            span = (start, at + 1)
        else:
            continue
        rest = list(words[span[1] :])
        return (
            [*words[: span[0]], *rest]
            if any(not one.allows(days.today) for one in CALENDAR.find(rest, days))
            else [*words]
        )
    return [*words]


def _today_at(words: Sequence[str], at: int, days: Days) -> int | None:
    """Where the name of today ends that begins here; ``None`` where there is none, or that of another day."""
    if at >= len(words):
        return None
    if words[at] == WEEKDAYS[days.today.weekday()]:
        return at + 1
    named = next(
        (one for one in CALENDAR.find(words, days) if one.start <= at < one.end and one.allows(days.today)), None
    )
    if named is not None:
        return named.end
    ordinal = ordinal_at(words, at)
    return ordinal[1] if ordinal is not None and ordinal[0] == days.today.day else None


def _today_before(words: Sequence[str], at: int, days: Days) -> int | None:
    """Where "it is the ninth" begins that stands before "today"."""
    for start in range(max(at - 3, 0), at):
        if _today_at(words, start, days) == at:
            while start and words[start - 1] in _IT_IS:
                start -= 1
            return start
    return None
