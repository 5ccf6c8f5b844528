"""Jinja filters that turn values of programs into words for the ear."""

from collections.abc import Iterable
from datetime import date, time

__all__ = ["FILTERS"]


def spoken_date(value: object) -> str:
    """``2026-11-24`` as "Tuesday, November 24"; anything else as it is."""
    try:
        return date.fromisoformat(str(value)).strftime("%A, %B %-d")
    except ValueError:
        return str(value)


def spoken_time(value: object) -> str:
    """``15:30`` as "3:30 PM"; anything else as it is."""
    try:
        return time.fromisoformat(str(value)).strftime("%-I:%M %p").replace(":00 ", " ")
    except ValueError:
        return str(value)


def spoken_digits(value: object) -> str:
    """``4003`` as "4 0 0 3", so that a voice reads it one by one."""
    return " ".join(str(value))


def spoken_list(values: Iterable[object], word: str = "and") -> str:
    """Several values as "a, b and c"."""
    *first, last = [str(value) for value in values] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


FILTERS = {
    "spoken_date": spoken_date,
    "spoken_digits": spoken_digits,
    "spoken_list": spoken_list,
    "spoken_time": spoken_time,
}
