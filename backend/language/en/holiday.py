"""Days by their name: "christmas eve", "the day after thanksgiving"."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.language.days import Days
from backend.language.en.holidays import holiday
from backend.language.grammar import Found, Meaning
from backend.language.mention import Mention

__all__ = ["HOLIDAY_RULES"]


def _holiday(days: Days, found: Found) -> Mention:
    base = _base(days, found)
    return days.exactly(base) if base else Mention(0, 0, why="the year is in doubt")


def _beside_holiday(days: Days, found: Found) -> Mention:
    count = found.get("count", 1) * found.get("unit", 1) * found["side"]
    around = [_named_day(days, found, year) for year in _years(days)]
    near = [day + timedelta(days=count) for day in around if day]
    fitting = [day for day in near if days.fits(day)]
    return days.exactly(*fitting[:1])


def _weekday_by_holiday(days: Days, found: Found) -> Mention:
    near: list[date] = []
    for year in _years(days):
        base = _named_day(days, found, year)
        if base is not None:
            away = (found["weekday"] - base.weekday()) % 7 or 7
            near.append(base + timedelta(days=away if found["side"] > 0 else (away - 7) or -7))
    return days.exactly(*[day for day in near if days.fits(day)][:1])


def _new_year(days: Days, _found: Found) -> Mention:
    """The day or its eve."""
    first = days.of_year(1, 1)
    eves = tuple(day - timedelta(days=1) for day in first.values)
    return Mention(0, 0, first.values + eves, why="the day or its eve")


def _years(days: Days) -> list[int]:
    year = days.today.year
    return [year, year + 1, year - 1] if days.future else [year + 1, year, year - 1]


def _named_day(days: Days, found: Found, year: int) -> date | None:
    return holiday(found["holiday"], year, days.region)


def _base(days: Days, found: Found) -> date | None:
    year = found.get("year")
    if year is not None:
        return _named_day(days, found, days.today.year + year if year in (0, -1) else year)
    near = [day for each in _years(days) if (day := _named_day(days, found, each)) and days.fits(day)]
    if days.past or days.future:
        return near[0] if near else None
    return min(near, key=lambda day: abs(day - days.today), default=None)


HOLIDAY_RULES: Sequence[tuple[str, Meaning]] = (
    (
        """last|this? {holiday} {year}?
        {holiday} of? {year:which_year}
        {year:which_year} {holiday}""",
        _holiday,
    ),
    (
        """the? day|morning|night {side} {holiday}
        {count} {unit} {side} {holiday}""",
        _beside_holiday,
    ),
    ("the? {weekday} {side} {holiday}", _weekday_by_holiday),
    ("the? new year|years", _new_year),
)
"""Patterns of the calendar, and what they mean in ``Days``."""
