"""Reads an argument out of speech, by its JSON Schema."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rapidfuzz import process

from stand_in.hearing.answers import read_yes_no
from stand_in.hearing.days import coming_day, past_day
from stand_in.hearing.hours import read_time
from stand_in.hearing.names import read_name
from stand_in.hearing.numbers import read_digits, read_number
from stand_in.hearing.places import names_a_place
from stand_in.hearing.plain import words
from stand_in.situation import Tool

__all__ = ["facts_in", "parameter_of_shape", "read_value", "today_in"]

_STORY_WORDS = 8
_A_DATE = re.compile(r"\b([A-Z][a-z]+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)\b")
_DIGITS = re.compile(r"^\^?\\d\{(\d+)\}\$?$|^\^?\[0-9\]\{(\d+)\}\$?$")


def today_in(prompt: str) -> date:
    """The first date that the prompt holds, however it says it; the machine's own when it holds none."""
    match = _A_DATE.search(prompt)
    if match:
        for layout in ("%B %d, %Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(match.group(1), layout).date()
            except ValueError:
                continue
    return datetime.now().astimezone().date()


def read_value(name: str, schema: Mapping[str, Any], text: str, today: date) -> Any | None:
    """The value for one argument, or ``None`` when the words hold none."""
    if choices := schema.get("enum"):
        return _choice(choices, text)
    kind = schema.get("type") or next((c.get("type") for c in schema.get("anyOf", ())), "string")
    if kind == "boolean":
        return read_yes_no(text)
    if kind in {"integer", "number"}:
        return read_number(text)
    if kind == "string":
        return _string(name, schema, text, today)
    return text or None


def parameter_of_shape(text: str, tool: Tool, today: date) -> str | None:
    """The argument that the words can only be meant for: an address, a day, a time, a long story."""
    for name, schema in tool.properties.items():
        described = f"{name} {schema.get('description', '')}".lower()
        if "street" in described and names_a_place(text):
            return name
        if name.endswith("date") and past_day(text, today) is not None:
            return name
        if name.endswith("time") and read_time(text) is not None:
            return name
    story = next((name for name in tool.properties if name.endswith("description")), None)
    return story if len(words(text)) >= _STORY_WORDS else None


def facts_in(text: str, tool: Tool, asked: str, today: date) -> dict[str, Any]:
    """What a story holds besides the argument that was asked for: the day, the hour, and where."""
    found: dict[str, Any] = {}
    if len(words(text)) < _STORY_WORDS:
        return found
    for name, schema in tool.properties.items():
        described = f"{name} {schema.get('description', '')}".lower()
        if name == asked:
            continue
        if name.endswith("date") and (day := past_day(text, today)):
            found[name] = day.isoformat()
        elif name.endswith("time") and (hour := read_time(text)):
            found[name] = hour
        elif "street" in described and "city" in described and names_a_place(text):
            found[name] = text
    return found


def _string(name: str, schema: Mapping[str, Any], text: str, today: date) -> str | None:
    digits = _DIGITS.match(str(schema.get("pattern", "")))
    if digits:
        found = read_digits(text)
        return found if len(found) == int(digits.group(1) or digits.group(2)) else None
    shape, described = str(schema.get("format", "")), f"{name} {schema.get('description', '')}".lower()
    if shape == "date" or ("yyyy-mm-dd" in described):
        day = coming_day(text, today) or past_day(text, today)
        return day.isoformat() if day else None
    if shape == "time" or "hh:mm" in described:
        return read_time(text)
    if "phone" in name:
        found = read_digits(text)
        return found if len(found) >= 7 else None
    if name.endswith("name"):
        return read_name(text)
    return text.strip() or None


def _choice(choices: list[Any], text: str) -> Any | None:
    said = " ".join(words(text))
    for choice in choices:
        if re.search(rf"\b{re.escape(str(choice).lower().replace('_', ' '))}\b", said):
            return choice
    found = process.extractOne(said, [str(c).replace("_", " ") for c in choices], score_cutoff=75)
    return choices[found[2]] if found else None
