"""Weekdays: "last friday", "monday of last week", "a week ago tuesday"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from backend.language.days import LONG_BACK, Days, day_of
from backend.language.grammar import Found, Meaning
from backend.language.mention import Mention

__all__ = ["WEEKDAY_RULES"]


def _last_weekday(days: Days, found: Found) -> Mention:
    """ "Last friday": in doubt where this week had one already, unless that is nearly a week ago."""
    back = (days.today.weekday() - found["weekday"]) % 7 or 7
    latest = days.today - timedelta(days=back)
    in_this_week = back <= max(days.today.weekday(), 1) and back < LONG_BACK
    return days.exactly(latest, *([latest - timedelta(days=7)] if in_this_week else []))


def _latest_weekday(days: Days, found: Found) -> Mention:
    return days.back((days.today.weekday() - found["weekday"]) % 7 or 7)


def _this_weekday(days: Days, found: Found) -> Mention:
    ahead = (found["weekday"] - days.today.weekday()) % 7
    here = days.today + timedelta(days=found["weekday"] - days.today.weekday())
    if days.past and here > days.today:
        return replace(days.weekday(found["weekday"]), why="this week's is still to come", doubtful=True)
    return days.exactly(days.today + timedelta(days=ahead)) if days.future else days.exactly(here)


def _before_last(days: Days, found: Found) -> Mention:
    last = _last_weekday(days, found)
    return replace(last, values=tuple(day - timedelta(days=7) for day in last.values))


def _next_weekday(days: Days, found: Found) -> Mention:
    ahead = (found["weekday"] - days.today.weekday()) % 7 or 7
    following = days.today + timedelta(days=ahead)
    in_this_week = days.today.weekday() < found["weekday"]
    return days.exactly(following, *([following + timedelta(days=7)] if in_this_week else []))


def _weeks_from(days: Days, found: Found) -> Mention:
    """ "The Tuesday after next", "a week from Tuesday": of what is to come, counted from the next one."""
    ahead = (found["weekday"] - days.today.weekday()) % 7 or 7
    many = found.get("count", 1) * found.get("unit", 7)
    return days.exactly(days.today + timedelta(days=ahead + many))


def _weeks_and_weekday(days: Days, found: Found) -> Mention:
    """ "Tuesday two weeks ago": the latest Tuesday less two weeks, in doubt where the calendar's week has another."""
    weeks = found["count"] * found["unit"] // 7
    if found["unit"] < 7:
        counted = days.back(found["count"] * found["unit"])
        agrees = all(day.weekday() == found["weekday"] for day in counted.values)
        return counted if agrees else replace(counted, why="the parts do not agree", doubtful=True)
    latest = days.today - timedelta(days=(days.today.weekday() - found["weekday"]) % 7)
    counted = latest - timedelta(weeks=weeks)
    monday = days.today - timedelta(days=days.today.weekday() + 7 * weeks)
    other = monday + timedelta(days=found["weekday"])
    return days.exactly(*dict.fromkeys((counted, counted if found.get("idiom") else other)))


def _weeks_before(days: Days, found: Found) -> Mention:
    """ "A week last sunday" in Britain: in doubt, as for many it is only last Sunday, or a day to come."""
    return replace(_weeks_and_weekday(days, found | {"idiom": 1}), why="a week before it, or not", doubtful=True)


def _weekdays_ago(days: Days, found: Found) -> Mention:
    """ "Two sundays ago": of those that are gone, today's not counted."""
    latest = days.today - timedelta(days=(days.today.weekday() - found["weekdays"]) % 7 or 7)
    return days.exactly(latest - timedelta(weeks=found["count"] - 1)) if found["count"] else Mention(0, 0)


def _of_a_month(days: Days, found: Found) -> Mention | None:
    """ "The first monday of this month"; a fifth that the month has not is no day."""
    first = days.today.replace(day=1)
    for _ in range(found["months"]):
        first = (first - timedelta(days=1)).replace(day=1)
    day = first + timedelta(days=(found["weekday"] - first.weekday()) % 7 + 7 * (found["nth"] - 1))
    return days.exactly(day) if day.month == first.month else None


def _of_a_named_month(days: Days, found: Found) -> Mention | None:
    """ "The second tuesday of november", "last friday in october"."""
    first = _first_of(days, found)
    if first is None:
        return None
    last, weeks = _last_of(first), found.get("nth")
    if weeks is None:
        return days.exactly(last - timedelta(days=(last.weekday() - found["weekday"]) % 7))
    day = first + timedelta(days=(found["weekday"] - first.weekday()) % 7 + 7 * (weeks - 1))
    return days.exactly(day) if day <= last else None


def _end_of_a_month(days: Days, found: Found) -> Mention | None:
    """ "The last day of march"."""
    first = _first_of(days, found)
    return None if first is None else days.exactly(_last_of(first))


def _first_of(days: Days, found: Found) -> date | None:
    """The first day of a month that is named, or counted back."""
    if "months" in found:
        return day_of(*days.before(found["months"]), 1)
    year = found.get("year")
    if year is None and found["month"] == days.today.month:
        return days.today.replace(day=1)
    named = days.of_year(found["month"], 1, days.today.year + year if year in (0, -1, 1) else year).values
    return named[0] if len(named) == 1 else None


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _weekend(days: Days, found: Found) -> Mention:
    """Two days; which weekend it is may be in doubt, too, while one is on."""
    saturday = days.today - timedelta(days=(days.today.weekday() - 5) % 7)
    is_on = days.today.weekday() >= 5
    weeks = found["weekend"]
    back = max(weeks - 1, 0) if weeks and not is_on else weeks or 0
    weekend = [saturday + timedelta(days=day - 7 * back) for day in (0, 1)]
    weekend += [day - timedelta(days=7) for day in weekend if is_on and weeks is None]
    found_days = days.exactly(*weekend).values
    if len(found_days) == 1:
        return Mention(0, 0, (), found_days, "one of two days")
    return Mention(0, 0, found_days, why="one of two days")


WEEKDAY_RULES: Sequence[tuple[str, Meaning]] = (
    ("{weekday}", lambda days, found: days.weekday(found["weekday"])),
    ("last {weekday}", _last_weekday),
    ("{count} {weekdays} ago|back", _weekdays_ago),
    ("the? {nth} {weekday} {months}", _of_a_month),
    (
        """the? {nth} {weekday} of|in {month} ,? of? {year}?
        the? last {weekday} of|in {month} ,? of? {year}?
        the? last {weekday} {months}""",
        _of_a_named_month,
    ),
    (
        """the? last day of? {month} ,? of? {year}?
        the? last day of? {month} {year:which_year}
        the? last day {months}""",
        _end_of_a_month,
    ),
    (
        """this? past|previous {weekday}
        this last {weekday}
        {weekday} just? gone|past
        the? most? recent {weekday}""",
        _latest_weekday,
    ),
    (
        """{weekday} night|evening|morning|afternoon? of|from? last|previous week
        last week ,? on? {weekday}""",
        lambda days, found: days.week(1, found["weekday"]),
    ),
    (
        """the? past week ,? on? the? {weekday}
        {weekday} ,? of|in? the? past week""",
        lambda days, found: days.exactly(
            *dict.fromkeys(
                day for each in (days.weekday(found["weekday"]), days.week(1, found["weekday"])) for day in each.values
            )
        ),
    ),
    ("{weekday} the? week before last", lambda days, found: days.week(2, found["weekday"])),
    (
        """{weekday} of? this week
        this week ,? on? {weekday}
        this {weekday}""",
        _this_weekday,
    ),
    ("the? {weekday} before last", _before_last),
    (
        """{count} {unit} {idiom} {weekday}
        {weekday} ,? {count} {unit} ago""",
        _weeks_and_weekday,
    ),
    ("{count} {unit} last|on|past|come {weekday}", _weeks_before),
    (
        """next|coming {weekday}
        this coming {weekday}""",
        _next_weekday,
    ),
    (
        """the? {weekday} after next
        {count} {unit} from|after on? this|next|coming? {weekday}""",
        _weeks_from,
    ),
    (
        """{weekday} week
        {weekday} of? next week
        next week ,? on? {weekday}""",
        lambda days, found: days.week(-1, found["weekday"]),
    ),
    (
        "over|at|on|during? the? {weekend}",
        _weekend,
    ),
    (
        """last|previous week
        the? week before""",
        lambda days, _: days.week(1),
    ),
    ("this week", lambda days, _: days.week(0)),
)
"""Patterns of the calendar, and what they mean in ``Days``."""
