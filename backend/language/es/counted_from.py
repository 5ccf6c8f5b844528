"""Today's own date in a Spanish answer, from which the day was counted: "hoy es nueve, o sea el siete"."""

import re
from datetime import date

from backend.language.es.calendar import DAY_NAMES

__all__ = ["without_today"]

_TODAY = re.compile(
    r"\b(?:hoy (?:es|estamos a|somos)|estamos a|hoy) (?:el |dia |hoy )*"
    rf"(?:(?P<name>{'|'.join(DAY_NAMES)})(?: (?=\d))?)?"
    r"(?P<day>\d{1,2})?\b(?= (?:entonces|asi que|o sea|por lo tanto|verdad|pues|y fue|fue|seria|quiere decir))"
)


_SO_LONG = r"hace (?:\w+ ){1,3}?(?:dias?|semanas?|mes|meses|anos?)"
_FROM_TODAY = re.compile(rf"\bhoy (?={_SO_LONG}\b)|\b(?<=hace ){_SO_LONG[5:]} (?P<today>hoy)\b")
""" "Hoy hace una semana" is no day of its own."""


def without_today(plain: str, today: date) -> str:
    """The plain words without "hoy es nueve", where it is and a consequence stands behind it, and without the day that
    is counted from in "hoy hace una semana"."""
    plain = _counted_from(plain)
    found = _TODAY.search(plain)
    if found is None or not (found["name"] or found["day"]):
        return plain
    right = (not found["name"] or DAY_NAMES[found["name"]] == today.weekday()) and (
        not found["day"] or int(found["day"]) == today.day
    )
    return plain[: found.start()] + " " * len(found[0]) + plain[found.end() :] if right else plain


def _counted_from(plain: str) -> str:
    found = _FROM_TODAY.search(plain)
    if found is None:
        return plain
    start, end = found.span("today") if found["today"] else found.span()
    return plain[:start] + " " * (end - start) + plain[end:]
