"""Times of day as callers say them."""

import re

from backend.language.en.spoken.tokens import words

__all__ = ["read_time"]

_HOURS = {
    name: hour for hour, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"for": 4, "to": 2, "ate": 8}
_MINUTES = {
    "fifteen": 15, "thirty": 30, "twenty": 20, "forty": 40, "fifty": 50, "ten": 10, "five": 5, "oh": 0,
    "thirteen": 13, "eleven": 11, "twelve": 12, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_UNITS = {name: n for n, name in enumerate("one two three four five six seven eight nine".split(), 1)}
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(1[0-2]|0?[1-9])\s*(?=[ap]\.?\s?m\b)", re.IGNORECASE)
_HALF = re.compile(r"\b(?:half past|quarter past|quarter to|(\w+) past|(\w+) to) (\w+)\b")


def read_time(text: str) -> str | None:
    """``HH:MM`` on the 24-hour clock: ``"five thirty in the afternoon"`` is ``"17:30"``,
    ``"this morning at nine"`` ``"09:00"``, ``"noon"`` ``"12:00"``. ``None`` without an hour.
    """
    tokens = words(text)
    said = " ".join(tokens)
    if "midnight" in tokens:
        return "00:00"
    found = _clock(text) or _relative(said) or _spoken(tokens)
    if found is None:
        return "12:00" if {"noon", "noontime", "midday"} & set(tokens) else None
    hour, minute = found
    return f"{_half_of_day(hour, text.lower()):02d}:{minute:02d}"


def _half_of_day(hour: int, said: str) -> int:
    later = re.search(r"\b(p\.?\s?m\b|afternoon|evening|tonight|night)", said)
    earlier = re.search(r"\b(a\.?\s?m\b|morning)", said)
    if later and not earlier and hour < 12 and not ("night" in said and hour < 5):
        return hour + 12
    if earlier and hour == 12:
        return 0
    return hour


def _clock(text: str) -> tuple[int, int] | None:
    match = _CLOCK.search(text)
    if not match:
        return None
    return (int(match.group(1)), int(match.group(2))) if match.group(1) else (int(match.group(3)), 0)


def _relative(said: str) -> tuple[int, int] | None:
    match = _HALF.search(said)
    if not match or match.group(3) not in _HOURS:
        return None
    hour = _HOURS[match.group(3)]
    if match.group(0).startswith("half"):
        return hour, 30
    if match.group(0).startswith("quarter"):
        return (hour, 15) if "past" in match.group(0) else ((hour - 2) % 12 + 1, 45)
    minutes = _MINUTES.get(match.group(1) or match.group(2) or "")
    if minutes is None:
        return None
    return (hour, minutes) if match.group(1) else ((hour - 2) % 12 + 1, 60 - minutes)


def _spoken(tokens: list[str]) -> tuple[int, int] | None:
    """An hour word that stands where times stand: after "at" or "around", or before minutes or "o'clock"."""
    for index, token in enumerate(tokens):
        if token not in _HOURS or tokens[index - 1 : index] == ["number"]:
            continue
        minute = _minute(tokens[index + 1 : index + 3])
        before = tokens[index - 1] if index else ""
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        sure = before in {"at", "around", "about", "by", "past", "near", "after", "before"}
        sure = sure or minute is not None or after in {"o'clock", "am", "pm", "in", "a.m", "p.m", "oclock", "a", "p"}
        if sure and not (token in {"for", "to"} and minute is None):
            return _HOURS[token], minute or 0
    return None


def _minute(tokens: list[str]) -> int | None:
    if not tokens or tokens[0] not in _MINUTES:
        return None
    minute = _MINUTES[tokens[0]]
    if tokens[0] in {"twenty", "thirty", "forty", "fifty", "oh"} and tokens[1:2] and tokens[1] in _UNITS:
        return minute + _UNITS[tokens[1]]
    return None if tokens[0] in {"oh", "five"} else minute
