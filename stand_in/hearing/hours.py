"""The time of day that is meant."""

import re

from stand_in.hearing.plain import in_figures

__all__ = ["read_time"]

_PAST = re.compile(r"\b(half|quarter|\d\d?)(?: minutes)? (past|after|to|before) (\d\d?)\b")
_CLOCK = re.compile(r"\b(\d\d?):(\d\d)(?!\d)|\b(\d\d?) ([0-5]\d|oh \d)\b(?!th)")
_HOUR = re.compile(
    r"\b(?:at|around|about|by|near|after|before) (?:maybe |like )?(\d\d?)\b"
    r"(?! (?:\w+ )?(?:street|avenue|road|drive|miles?|cars?))"
    r"|\b(\d\d?)(?= ?(?:o'clock|oclock|[ap]\.?m\b|[ap] m\b|in the (?:morning|afternoon|evening)|at night))"
)
_LATE = re.compile(r"\b(?:p\.?m\b|\d+p\.?m\b|p m\b|afternoon|evening|tonight|night)|\dpm\b")
_EARLY = re.compile(r"\b(?:a\.?m|a m|morning)\b|\dam\b")


def read_time(text: str) -> str | None:
    """``HH:MM`` on the clock of 24 hours; ``None`` without an hour. The half of the day is as far as it was said."""
    said = re.sub(r"(?<=\d)\.(?=\d\d ?[ap]\.?m)", ":", in_figures(text))
    if "midnight" in said:
        return "00:00"
    found = _past(said) or _clock(said) or _hour(said)
    if found is None:
        return "12:00" if re.search(r"\b(?:noon|midday|noontime)\b", said) else None
    hour, minute = found
    late, early = bool(_LATE.search(said)), bool(_EARLY.search(said))
    if late and not early and hour < 12 and not ("night" in said and hour < 5):
        hour += 12
    elif early and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _past(said: str) -> tuple[int, int] | None:
    found = _PAST.search(said)
    if found is None or not 1 <= int(found[3]) <= 12:
        return None
    minutes = {"half": 30, "quarter": 15}.get(found[1]) or int(found[1])
    hour = int(found[3])
    return (hour, minutes) if found[2] in ("past", "after") else ((hour - 2) % 12 + 1, 60 - minutes)


def _clock(said: str) -> tuple[int, int] | None:
    for found in _CLOCK.finditer(said):
        hour = int(found[1] or found[3])
        if hour < 24 and (found[1] or 1 <= hour <= 12):
            return hour, int((found[2] or found[4]).removeprefix("oh "))
    return None


def _hour(said: str) -> tuple[int, int] | None:
    found = _HOUR.search(said)
    hour = int(found[1] or found[2]) if found else 0
    return (hour, 0) if 1 <= hour <= 23 else None
