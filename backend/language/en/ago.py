"""Days counted from now: "yesterday", "two days ago", "an hour ago", "tomorrow"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from backend.language.days import Days
from backend.language.grammar import Found, Meaning
from backend.language.mention import Mention

__all__ = ["AGO_RULES"]


def _last_night(days: Days, _found: Found) -> Mention:
    yesterday = days.today - timedelta(days=1)
    return days.exactly(yesterday, *([days.today] if days.now.hour < 5 else []))


def _ago(days: Days, found: Found) -> Mention:
    back = days.back(found["count"] * found["unit"] + found.get("shift", 0))
    return replace(back, why="no certain day", doubtful=True) if "rough" in found else back


def _ago_vaguely(days: Days, found: Found) -> Mention:
    exact = found["few"] == 2
    back = days.back(found["few"] * found["unit"])
    return replace(back, values=back.values if exact else (), why="no certain day", doubtful=True)


def _long_ago(days: Days, found: Found) -> Mention:
    months = found["count"] * found["long"]
    if months > 12 * 150:
        return Mention(0, 0, why="no certain day")
    back = days.day_of_month(days.today.day, months)
    return back if "today" in found else replace(back, why="no certain day", doubtful=True)


def _hours_ago(days: Days, found: Found) -> Mention:
    least = found["count"] * found["hours"]
    if least > timedelta(days=400):
        return Mention(0, 0, why="no certain day")
    least += found.get("half", 0) * found["hours"]
    rough = max(least / 4, timedelta(minutes=5)) if "rough" in found else timedelta()
    return days.span(max(least - rough, timedelta()), least + rough)


def _some_hours_ago(days: Days, found: Found) -> Mention:
    few = found["few"]
    return days.span(found["hours"] * min(few, 2), found["hours"] * (few + 1 if few == 2 else 2 * few))


def _hours_or_hours_ago(days: Days, found: Found) -> Mention:
    return days.span(
        min(found["count"], found["most"]) * found["hours"], max(found["count"], found["most"]) * found["hours"]
    )


def _just_now(days: Days, _found: Found) -> Mention:
    return days.span(timedelta(), timedelta(minutes=10))


def _to_come(days: Days, found: Found) -> Mention:
    return days.back(-found.get("count", 1) * found.get("unit", 1))


def _vague(_days: Days, _found: Found) -> Mention:
    return Mention(0, 0, why="no certain day")


def _before_yesterday(days: Days, _found: Found) -> Mention:
    """Perhaps the day before it, as other languages say that; perhaps any day earlier."""
    return replace(days.back(2), doubtful=True, why="the day before yesterday, or any before")


def _before_days(days: Days, found: Found) -> Mention:
    """Ago, as those say whose own language puts it so; perhaps any day earlier."""
    return replace(days.back(found["count"] * found["unit"]), doubtful=True, why="so many days ago, or any before")


def _so_long_today(days: Days, found: Found) -> Mention:
    """ "One week today": since then, or, in Britain, until then."""
    many = found["count"] * found["unit"]
    return days.back(-many) if days.future else replace(days.back(many), doubtful=True, why="so long ago, or today")


AGO_RULES: Sequence[tuple[str, Meaning]] = (
    (
        """today|tonight
        this morning|afternoon|evening|noon|minute
        earlier today""",
        lambda days, _: days.back(0),
    ),
    ("yesterday", lambda days, _: days.back(1)),
    ("before yesterday", _before_yesterday),
    ("the? week|month|year before yesterday", _vague),
    (
        """the? day|night|evening|afternoon|morning before yesterday
        the? night|evening before last
        not last night|evening ,|...|but? it? was? the night|evening before
        not yesterday ,|...|but? it? was? the day before""",
        lambda days, _: days.back(2),
    ),
    ("last night|evening", _last_night),
    ("{few} {unit} {ago}", _ago_vaguely),
    ("{rough}? {today}? {count} {unit} {ago} {today}? {shift}?", _ago),
    ("before|make|makes|making {count} {unit} {today}?", _before_days),
    ("{count} {unit} today", _so_long_today),
    ("fortnight ago {today}?", lambda days, _: days.back(14)),
    ("{count} {unit} before yesterday", lambda days, found: days.back(found["count"] * found["unit"] + 1)),
    ("{count} {long} {ago} {today}?", _long_ago),
    (
        """{rough}? {rough}? {count} {half}? {hours} {half}? {ago}
        {rough}? {count:halves} an|a? {hours} {ago}""",
        _hours_ago,
    ),
    (
        """in|within the? last|past {few} {hours}
        {rough}? {few} {hours} {ago}""",
        _some_hours_ago,
    ),
    (
        """{rough}? {count} or|to {most:count} {hours} {ago}
        {rough}? {count} {hours} or|to {most:count} {ago}""",
        _hours_or_hours_ago,
    ),
    (
        """{count} {hours} or so {ago}
        {count} or so {hours} {ago}""",
        lambda days, found: _hours_ago(days, found | {"rough": 1}),
    ),
    ("less than {count} {hours} {ago}", lambda days, found: days.span(timedelta(), found["count"] * found["hours"])),
    (
        "in|within the? last|past {count}? {hours}",
        lambda days, found: days.span(timedelta(), found.get("count", 1) * found["hours"]),
    ),
    (
        """just|right now
        just? a? {hours} {ago}
        a short|little while ago""",
        _just_now,
    ),
    ("last|previous month", lambda days, _: days.month_back(1)),
    ("this month", lambda days, _: days.month_back(0)),
    (
        """the other day|night|week
        a while ago|back
        recently
        lately
        some|one day|time ago?
        not long ago
        long ago
        ages ago
        next week|month|year
        last|this year
        in|last|this the? spring|summer|autumn|fall|winter
        the? day|night|evening|morning before|after|earlier
        the? week|weekend of|before|after {holiday}
        {count} or so? two|three? {unit} or so? {ago}
        {count} {unit} or two|three|so {ago}
        {count} weekends {ago}""",
        _vague,
    ),
    (
        """tomorrow
        in {count} {unit}
        {count} {unit} from now|today""",
        _to_come,
    ),
    ("the? day after tomorrow", lambda days, _: days.back(-2)),
)
"""Patterns of the calendar, and what they mean in ``Days``."""
