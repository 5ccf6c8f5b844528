"""Says days and times of day in English."""

from datetime import date, time
from typing import Any

from backend.language.asked import Asked
from backend.language.en.day_words import MONTHS, WEEKDAYS

__all__ = ["ordinal", "say_date", "say_time"]

_NEAR = 300
"""Days within which the year goes without saying."""
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def say_date(value: Any, asked: Asked) -> str:
    """``"Wednesday, November 18th"``, in Britain ``"Wednesday the 18th of November"``; with its year when far away."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    weekday, month = WEEKDAYS[day.weekday()].capitalize(), MONTHS[day.month - 1].capitalize()
    far = abs((day - asked.now.date()).days) > _NEAR
    if asked.brief and asked.region != "GB":
        return f"{weekday}, {month} {day.day}" + (f", {day.year}" if far else "")
    if asked.region == "GB":
        return f"{weekday} the {ordinal(day.day)} of {month}" + (f" {day.year}" if far else "")
    return f"{weekday}, {month} {ordinal(day.day)}" + (f", {day.year}" if far else "")


def say_time(value: Any, asked: Asked) -> str:
    """``"5:30 in the afternoon"``, ``"noon"``: with its part of the day, so that no half of it is in doubt."""
    try:
        moment = time.fromisoformat(str(value))
    except ValueError:
        return str(value)
    if asked.brief:
        return f"{_clock(moment)} {'PM' if moment.hour >= 12 else 'AM'}"
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midnight" if moment.hour == 0 else "noon"
    clock = _clock(moment) if moment.minute else f"{_clock(moment)} o'clock"
    return f"{clock} {_part(moment.hour)}"


def _clock(moment: time) -> str:
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02d}" if moment.minute else str(hour)


def ordinal(number: int) -> str:
    """``"18th"``."""
    return f"{number}{'th' if 10 < number % 100 < 14 else _ENDINGS.get(number % 10, 'th')}"


def _part(hour: int) -> str:
    if hour < 12:
        return "at night" if hour < 1 else "in the morning"
    return "in the afternoon" if hour < 18 else "in the evening" if hour < 21 else "at night"
