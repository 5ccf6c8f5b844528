"""Days as callers say them, seen from a given today."""

import re
from datetime import date, timedelta

from backend.domain.spoken.numbers import read_year
from backend.domain.spoken.tokens import words

__all__ = ["read_date"]

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = {
    name: number
    for number, name in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
} | {"thirtieth": 30}
_CARDINALS = {
    name: number
    for number, name in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split(),
        1,
    )
} | {"thirty": 30, "a": 1, "couple": 2}
_NUMERIC = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?\b")


def read_date(text: str, today: date) -> date | None:
    """The day that an utterance means, never in the future: ``"yesterday"``, ``"last tuesday"``,
    ``"november third"``, ``"on the 3rd"``, ``"two days ago"``, ``"11/3"``, ``"2026-11-03"``.
    """
    tokens = words(text)
    for reader in (_numeric, _named, _ago):
        day = reader(text, tokens, today)
        if day is not None:
            return day if day <= today else None
    weekday = next(
        (index for index, name in enumerate(_DAYS) for t in tokens if t.rstrip("s'") == name.rstrip("s")), None
    )
    if weekday is not None:
        back = (today.weekday() - weekday) % 7
        return today - timedelta(days=back or (7 if "last" in tokens else 0))
    return _relative(tokens, today) or _day_of_month(tokens, today)


def _numeric(text: str, tokens: list[str], today: date) -> date | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    if match.group(1):
        return _date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    month, day = int(match.group(4)), int(match.group(5))
    year = int(match.group(6) or 0)
    return _date(year + 2000 if 0 < year < 100 else year, month, day) if year else _last(month, day, today)


def _named(text: str, tokens: list[str], today: date) -> date | None:
    for index, token in enumerate(tokens):
        month = next(
            (n for n, name in enumerate(_MONTHS, 1) if token == name or (len(token) == 3 and name.startswith(token))), 0
        )
        if not month or (token in {"may", "mar", "march"} and not _near_day(tokens, index)):
            continue
        day = _day(tokens[index + 1 :]) or _day_before(tokens[:index])
        if day:
            year = read_year(" ".join(tokens[index + 1 :]))
            return _date(year, month, day) if year else _last(month, day, today)
    return None


def _near_day(tokens: list[str], index: int) -> bool:
    return bool(_day(tokens[index + 1 :]) or _day_before(tokens[:index]))


def _day_before(tokens: list[str]) -> int:
    while tokens and tokens[-1] in {"of", "the"}:
        tokens = tokens[:-1]
    return _day(tokens[-2:]) or _day(tokens[-1:])


def _ago(text: str, tokens: list[str], today: date) -> date | None:
    if "ago" not in tokens:
        return None
    before = tokens[: tokens.index("ago")]
    unit = before[-1].rstrip("s") if before else ""
    amounts = [int(t) if t.isdecimal() else _CARDINALS[t] for t in before if t.isdecimal() or t in _CARDINALS]
    size = {"day": 1, "week": 7, "hour": 0, "minute": 0}.get(unit)
    if size is None or not amounts:
        return None
    return today - timedelta(days=size * amounts[-1])


def _relative(tokens: list[str], today: date) -> date | None:
    said = " ".join(tokens)
    if "day before yesterday" in said:
        return today - timedelta(days=2)
    if "yesterday" in tokens or "last night" in said or "yesterdays" in tokens:
        return today - timedelta(days=1)
    if {"today", "tonight", "now", "just"} & set(tokens) or re.search(
        r"\bthis (morning|afternoon|evening|noon)\b", said
    ):
        return today
    return today - timedelta(days=7) if "last week" in said or "a week ago" in said else None


def _day_of_month(tokens: list[str], today: date) -> date | None:
    if "the" not in tokens:
        return None
    day = _day(tokens[tokens.index("the") + 1 :])
    if not day or not any(t in _ORDINALS or re.fullmatch(r"\d{1,2}(st|nd|rd|th)", t) for t in tokens):
        return None
    if {"street", "avenue", "road"} & set(tokens):
        return None
    return _last_day(day, today)


def _day(tokens: list[str]) -> int:
    """The day of a month that ``tokens`` begin with; 0 for none."""
    tokens = [t for t in tokens[:4] if t not in {"the", "on"}]
    if not tokens:
        return 0
    numeric = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", tokens[0])
    if numeric:
        return int(numeric.group(1))
    if tokens[0] in {"twenty", "thirty"} and len(tokens) > 1 and tokens[1] in _ORDINALS | _CARDINALS:
        units = _ORDINALS.get(tokens[1], _CARDINALS.get(tokens[1], 0))
        if units < 10:
            return _CARDINALS[tokens[0]] + units
    return _ORDINALS.get(tokens[0], 0) or (_CARDINALS.get(tokens[0], 0) if tokens[0] not in {"a", "couple"} else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(month: int, day: int, today: date) -> date | None:
    this_year = _date(today.year, month, day)
    if this_year is None or this_year <= today:
        return this_year
    return _date(today.year - 1, month, day)


def _last_day(day: int, today: date) -> date | None:
    month = today.replace(day=1)
    for _ in range(3):
        found = _date(month.year, month.month, day)
        if found and found <= today:
            return found
        month = (month - timedelta(days=1)).replace(day=1)
    return None
