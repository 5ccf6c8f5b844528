"""What people write as a moment or a caller's number: read here, by requests and by commands, which need no server."""

import re
from datetime import UTC, datetime

__all__ = ["check_year", "place_of", "read_caller", "read_moment"]

_MOMENT = "expected a moment with its time zone, such as 2026-11-26T09:00:00Z or 2026-11-26T09:00:00-06:00"
_YEARS = range(1970, 3000)
"""Some days before or after a moment at the edge of the calendar there is none."""
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_WITHHELD = "withheld"


def read_moment(text: str) -> datetime:
    """A moment in UTC.

    Raises:
        ValueError: it is none, its time zone is not said, or it is of no year of ours.
    """
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub("+", text))  # a plus that was not encoded arrives as a space
        moment = found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{_MOMENT}, got {text[:80]!r}") from error
    if found.tzinfo is None:
        raise ValueError(f"{_MOMENT}, got {text[:80]!r}, which names no time zone")
    return check_year(moment)


def check_year(moment: datetime) -> datetime:
    """A moment that days can be counted from.

    Raises:
        ValueError: it is of no year of ours.
    """
    if moment.year not in _YEARS:
        raise ValueError(f"expected a year from {_YEARS[0]} to {_YEARS[-1]}, got {moment.year}")
    return moment


def read_caller(text: str) -> str:
    """A caller's number as it stands in calls, from how people write it; empty for ``withheld``.

    Raises:
        ValueError: it is none, or its country is not said.
    """
    if text == _WITHHELD or text.startswith("8:"):
        return "" if text == _WITHHELD else text
    plain = "" if "(0)" in text else re.sub(r"[\s().-]", "", re.sub(r"^ (?=\d)", "+", text))  # a lost plus, as above
    plain = re.sub(r"^00", "+", plain)
    if not _NUMBER.fullmatch(plain):
        raise ValueError("expected a number with its country, such as +18005550123 (+ is written %2B), or withheld")
    return plain


def place_of(before: str) -> datetime | None:
    """What ``before`` says, where it is a moment and no id. Our own moments are in UTC, with or without saying so."""
    text = _LOST_PLUS.sub("+", before)
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
