"""Days by their date: "november third", "the 3rd of november 2026", "11/3", "the third"."""

from collections.abc import Sequence
from dataclasses import replace

from backend.language.days import Days, day_of
from backend.language.grammar import Found, Meaning
from backend.language.mention import Mention

__all__ = ["BARE_RULES", "DATED_RULES"]


def _ordered(days: Days, first: int, second: int, year: int | None) -> Mention:
    """11/12: month and day in America, day and month elsewhere; the other way round where only that is a day."""
    month, day = (first, second) if days.region == "US" else (second, first)
    if month > 12 >= day:
        month, day = day, month
    return days.of_year(month, day, year)


def _written(days: Days, found: Found) -> Mention | None:
    year, month, day, first, mark, second, last = found["figures"].groups()
    if year:
        return days.exactly(day_of(int(year), int(month), int(day)))
    if mark == "." and not last:
        return None  # 8.15 is a time
    return _ordered(days, int(first), int(second), _century(days, last))


def _century(days: Days, year: str | None) -> int | None:
    if not year or len(year) == 4:
        return int(year) if year else None
    return 2000 + int(year) if int(year) <= days.today.year % 100 + 10 else 1900 + int(year)


def _date(days: Days, found: Found) -> Mention:
    year = found.get("year")
    return days.of_year(found["month"], found["day"], days.today.year + year if year in (0, -1, 1) else year)


def _month(days: Days, found: Found) -> Mention:
    year = found.get("year")
    return days.month(found["month"], days.today.year + year if year in (0, -1) else year)


def _by_numbers(days: Days, found: Found) -> Mention:
    """ "The third of the ninth": a day and the number of its month; asked about where nobody says so."""
    named = days.of_year(found["nth"], found["day"], found.get("year"))
    return replace(named, why="only numbers were said", doubtful=True) if days.region == "US" else named


def _lone(days: Days, found: Found) -> Mention:
    return days.day_of_month(found["lone"], found.get("months"))


DATED_RULES: Sequence[tuple[str, Meaning]] = (
    (
        """the? {month} .? the? {day} ,? of? {year}?
        {month} .? the? {day} ,? {year:which_year}
        the? {day} day? of? {month} .|,? of? {year}?
        the? {day} of? {month} ,? {year:which_year}
        the? {month} .? the? {day} ,? of? {year:short_year}
        the? {day} day? of? {month} ,? of? {year:short_year}""",
        _date,
    ),
    (
        """in|early|late|mid|since|during? {month:plain_month} .? ,? of? {year}?
        {month:plain_month} {year:which_year}""",
        _month,
    ),
    ("{figures}", _written),
    (
        """{first:small} {second:small} {year}
        oh? {first:small} oh? {second:small} {year:short_year}
        {first:small} slash|/ {second:small} slash|/ {year}
        {first:small} slash|/ {second:small}""",
        lambda days, found: _ordered(days, found["first"], found["second"], found.get("year")),
    ),
    (
        """{lone}
        the? {lone} day? {months}""",
        _lone,
    ),
    ("the? {day} of the {nth} ,? of? {year}?", _by_numbers),
    ("the? {day} of the month", lambda days, found: days.day_of_month(found["day"])),
)
"""Patterns of the calendar, and what they mean in ``Days``."""

BARE_RULES: Sequence[tuple[str, Meaning]] = (
    (
        "{first:small} {second:small} {short:small}?",
        lambda days, found: replace(
            _ordered(days, found["first"], found["second"], found["short"] + 2000 if "short" in found else None),
            why="only numbers were said",
            doubtful=True,
        ),
    ),
)
"""Of an answer that names a day by nothing but numbers: "eleven fourteen"."""
