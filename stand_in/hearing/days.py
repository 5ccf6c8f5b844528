"""The day that is meant."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from stand_in.hearing.plain import in_figures

__all__ = ["coming_day", "past_day"]

_MONTHS: Sequence[str] = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEK: Sequence[str] = "mon tue wed thu fri sat sun".split()
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*"
_ISO = re.compile(r"\b(\d{4})-(\d\d?)-(\d\d?)\b")
_SLASHED = re.compile(r"\b(\d\d?)/(\d\d?)(?:/(\d\d(?:\d\d)?))?\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH} (?:the )?(\d\d?)(?:th)?\b(?! (?:o'clock|am|pm))(?: (?:of )?(\d{{4}}|20 \d\d))?")
_DAY_MONTH = re.compile(rf"\b(\d\d?)(?:th)? (?:of )?{_MONTH}(?: (\d{{4}}|20 \d\d))?\b")
_WEEKDAY = re.compile(r"\b(last )?(mon|tues|wednes|thurs|fri|satur|sun)days?\b")
_AGO = re.compile(r"\b(\d+|an?|a couple of) (day|week|hour|minute)s? ago\b")
_NTH = re.compile(
    r"(?<!i was )(?<!we were )(?<!he was )(?<!she was )(?<!mine was )(?<!i'm )\bthe (\d\d?)th\b"
    r"(?! (?:street|avenue|road|of))"
)
_BACK = (
    (re.compile(r"\bday before yesterday\b"), 2),
    (re.compile(r"\byesterday\b|\blast night\b"), 1),
    (re.compile(r"\b(?:today|tonight|just now|right now|this (?:morning|afternoon|evening|noon))\b"), 0),
    (re.compile(r"\blast week\b"), 7),
)
_AHEAD = ((re.compile(r"\bday after tomorrow\b"), 2), (re.compile(r"\btomorrow\b"), 1))


def past_day(text: str, today: date) -> date | None:
    """The latest such day that is not to come."""
    found = _dated(text, today, ahead=False) or _counted(text, today, ahead=False)
    return found if found is not None and found <= today else None


def coming_day(text: str, today: date) -> date | None:
    """The next such day from now on, as appointments are made."""
    return _dated(text, today, ahead=True) or _counted(text, today, ahead=True)


def _dated(text: str, today: date, *, ahead: bool) -> date | None:
    said = in_figures(text)
    if found := _ISO.search(said):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.search(said):
        year = int(found[3] or 0)
        return _of_year(year + 2000 if 0 < year < 100 else year, int(found[1]), int(found[2]), today, ahead=ahead)
    if found := _MONTH_DAY.search(said):
        return _of_year(_year(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]), today, ahead=ahead)
    if found := _DAY_MONTH.search(said):
        return _of_year(_year(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), today, ahead=ahead)
    return None


def _counted(text: str, today: date, *, ahead: bool) -> date | None:
    said = in_figures(text)
    if found := _AGO.search(said):
        number = int(found[1]) if found[1].isdigit() else 2 if "couple" in found[1] else 1
        return today - timedelta(days=number * {"day": 1, "week": 7}.get(found[2], 0))
    for pattern, days in _AHEAD if ahead else _BACK:
        if pattern.search(said):
            return today + timedelta(days=days if ahead else -days)
    if found := _WEEKDAY.search(said):
        step = (_WEEK.index(found[2][:3]) - today.weekday()) % 7
        if ahead:
            return today + timedelta(days=step or 7)
        return today - timedelta(days=(-step) % 7 or (7 if found[1] else 0))
    if found := _NTH.search(said):
        return _of_month(int(found[1]), today, ahead=ahead)
    return today if ahead and re.search(r"\btoday\b", said) else None


def _year(said: str | None) -> int:
    return int(said.replace(" ", "")) if said else 0


def _of_year(year: int, month: int, day: int, today: date, *, ahead: bool) -> date | None:
    this = _date(year or today.year, month, day)
    if year or this is None or this == today or (this > today) is ahead:
        return this
    return _date(today.year + (1 if ahead else -1), month, day)


def _of_month(day: int, today: date, *, ahead: bool) -> date | None:
    this = _date(today.year, today.month, day)
    if this is not None and (this == today or (this > today) is ahead):
        return this
    other = today.replace(day=1) + (timedelta(days=32) if ahead else timedelta(days=-1))
    return _date(other.year, other.month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
