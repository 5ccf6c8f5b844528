"""Days by their numbers in Spanish: "el diecisiete", "el tres de julio", "3/11", "el cuatro del siete"."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from backend.language.asked import Asked
from backend.language.es.doubt import Found

__all__ = ["DAY_NAMES", "MONTHS", "days_by_number"]

DAY_NAMES = {name: at for at, name in enumerate("lunes martes miercoles jueves viernes sabado domingo".split())}
MONTHS = {
    name: number
    for number, name in enumerate(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(), 1
    )
} | {"setiembre": 9}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DAY = r"(?P<day>\d{1,2}|primero|1ro)"
_YEAR = (
    r"(?: (?:de |del |del ano |de este |del presente )?"
    r"(?P<year>\d{4}|20 \d\d|\d\d(?= ?$)|ano pasado|este ano|ano|pasado))?"
)
_WRITTEN = re.compile(rf"\b{_DAY} (?:(?:de|del mes de|del|d) )?{_MONTH}{_YEAR}\b")
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?:el )?{_DAY}{_YEAR}(?![\w/])")
_OF_MONTH = re.compile(
    rf"\b{_DAY} (?:de|del) (?:(?P<this>este mes|presente(?: mes)?|mes (?:actual|en curso|corriente)|corriente)"
    r"|(?P<last>mes pasado|mes anterior))\b"
)
_LAST_MONTH = re.compile(rf"\b(?:el )?mes (?P<last>pasado|anterior)(?: fue)? (?:el )?(?:dia )?{_DAY}\b")
_NUMBERS = re.compile(
    r"\b(?P<day>\d{1,2}) (?:del|de|diagonal) (?P<month>\d{1,2})"
    r"(?: (?:del|de|diagonal) (?P<year>\d{2,4}))?(?! (?:de [a-z]))\b"
)
_BARE = re.compile(
    rf"(?:\b(?:el|del|dia|al|{'|'.join(DAY_NAMES)}) (?:dia )?){_DAY}"
    r"(?! (?:de (?:la|dias)|horas|carros|por))(?![\w/:.-])"
)
_ALONE = re.compile(r"^(?:(?:fue|el|dia|pues|creo|que|si|eh|un|era) )*(?P<day>\d{1,2}|primero)$")
_ISO = re.compile(r"\b(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})\b")
_FIGURES = re.compile(r"\b(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})(?:[-/.](?P<year>\d{4}|\d{2}))?\b")
_OLD = 300
"""Days; a day without a year that lies further back is asked for."""


def days_by_number(plain: str, asked: Asked, today: date) -> Iterator[Found]:
    """Every day that is named by its number, at the places where they stand; none twice."""
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _FIGURES, _WRITTEN, _OF_MONTH, _LAST_MONTH, _NUMBERS, _MONTH_FIRST, _BARE, _ALONE):
        for match in pattern.finditer(plain):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield _day(match, asked, today)


def _day(match: re.Match[str], asked: Asked, today: date) -> Found:
    groups = match.groupdict()
    year = _year(groups.get("year"), today)
    if match.re is _FIGURES:
        return _either_order(match, year, asked, today)
    word = groups.get("day") or ""
    number = int(word) if word.isdecimal() else 1
    name = groups.get("month")
    if name is None:
        return _of_some_month(match, number, asked, today)
    month = MONTHS.get(name) or int(name)
    day, why = _fitting(number, month, year, asked, today)
    return Found(day, *match.span(), why)


def _either_order(match: re.Match[str], year: int, asked: Asked, today: date) -> Found:
    """3/11 is the third of November in Mexico; Spanish speakers of the United States write either."""
    first, second = int(match["first"]), int(match["second"])
    day_first, why = _fitting(first, second, year, asked, today)
    if asked.region != "US":
        return Found(day_first, *match.span(), why)
    month_first, other_why = _fitting(second, first, year, asked, today)
    possible = [day for day in (month_first, day_first) if day and not (asked.past and day > today)]
    if len(set(possible)) > 1:
        return Found(possible[0], *match.span(), "day and month may be either", (possible[1],))
    if not possible:
        return Found(None, *match.span(), why or other_why or "no such day")
    return Found(possible[0], *match.span(), other_why if possible[0] == month_first else why)


def _fitting(day: int, month: int, year: int, asked: Asked, today: date) -> tuple[date | None, str]:
    """The day of the year that was said, or the latest (or next) that fits; and why that is in doubt."""
    years = [year] if year else [today.year - back for back in (-1, 0, 1, 2, 3, 4)]
    days: list[date] = []
    for one in years:
        with suppress(ValueError):
            days.append(date(one, month, day))
    if not days:
        return None, "no such day"
    if year:
        return days[0], ""
    if asked.future:
        return min((one for one in days if one >= today), default=days[0]), ""
    if not asked.past:
        return min(days, key=lambda one: abs((one - today).days)), ""
    latest = max(one for one in days if one <= today)
    return latest, "that long ago" if (today - latest).days > _OLD else ""


def _of_some_month(match: re.Match[str], number: int, asked: Asked, today: date) -> Found:
    """ "El cuatro": of this month or, where that is to come, of the one before."""
    groups = match.groupdict()
    if groups.get("last"):
        end = today.replace(day=1) - timedelta(days=1)
        months = [(end.year, end.month)]
    elif groups.get("this"):
        months = [(today.year, today.month)]
    else:
        months = [_month_from(today, step if asked.future else -step) for step in range(3)]
    for year, month in months:
        with suppress(ValueError):
            day = date(year, month, number)
            if len(months) == 1 or (day >= today if asked.future else day <= today):
                return Found(day, *match.span())
    return Found(None, *match.span(), "no such day")


def _month_from(today: date, step: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + step, 12)
    return today.year + years, month + 1


def _year(word: str | None, today: date) -> int:
    """The year that was said; 0 where none was."""
    if word is None:
        return 0
    if word in ("pasado", "ano pasado"):
        return today.year - 1
    if not word[0].isdigit():
        return today.year
    digits = word.replace(" ", "")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
