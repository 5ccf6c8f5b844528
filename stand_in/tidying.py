"""What a good model makes of an answer: a value of the argument's schema, and the words where it cannot read one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from stand_in.hearing.answers import read_yes_no
from stand_in.hearing.days import coming_day, past_day
from stand_in.hearing.hours import read_time
from stand_in.hearing.numbers import read_digits, read_number
from stand_in.hearing.places import read_place
from stand_in.hearing.plain import words

__all__ = ["tidied"]

_DIGITS = re.compile(r"\b(?:digits|zip|number|code)\b")
_BARE = 2
"""Words of an answer that can be nothing but a yes, a no or a number: "two cars", "nobody"."""
_FEW = 3
"""Words of an answer that names a choice and tells nothing more: "home from work" may be another choice than work."""
_JOINED = re.compile(r"\b(?:other|another|more|mine|my|me|otro|otra|más|mío)\b")
"""A number that something is added to."""
_COMING = re.compile(r"\b(?:shall|should|would|can) (?:we|i|you)\b|\bnext\b|\bwould you like\b")
_OPEN = re.compile(
    r"\b(?:no wait|wait no|no sorry|sorry|i mean|actually|no well|no i|or|between|last \w+day"
    r"|entre|mejor dicho|digo|perdón)\b"
)
"""An answer that takes something back, or may mean two things: a good model passes it on as it was said."""


def tidied(name: str, schema: Mapping[str, Any], text: str, today: date) -> Any:
    """The value, in the first of the schema's types that the words can be read as.

    Args:
        name: of the argument.
        schema: of the argument; several types stand in ``anyOf``.
        text: the caller's whole answer.
        today: from which "yesterday" counts.
    """
    if _OPEN.search(text.lower()):
        return text
    described = f"{name} {schema.get('description', '')}".lower().replace("_", " ")
    for one in (*schema.get("anyOf", ()), schema):
        value = _typed(one, text)
        if value is not None:
            return value
    return _written(name, described, text, today) or text


def _typed(schema: Mapping[str, Any], text: str) -> Any | None:
    """The value of one type, where it is no text."""
    if choices := schema.get("enum"):
        return _choice(choices, text)
    bare = len(words(text)) <= _BARE
    match schema.get("type"):
        case "boolean":
            return read_yes_no(text) if bare else None
        case "integer" | "number":
            return read_number(text) if bare and not _JOINED.search(text.lower()) else None
        case "object" if "street" in schema.get("properties", {}):
            return read_place(text)
        case _:
            return None


def _written(name: str, described: str, text: str, today: date) -> str | None:
    """A day, an hour or figures, which a schema has as a text with a meaning."""
    if name.endswith("date") or "yyyy-mm-dd" in described:
        day = coming_day(text, today) if _COMING.search(described) else past_day(text, today)
        return day.isoformat() if day else None
    if name.endswith("time") or "hh:mm" in described:
        return read_time(text) if re.search(r"\b[ap]\.?\s?m\b|morning|afternoon|evening|night|noon", text) else None
    figures = read_digits(text) if _DIGITS.search(described) else ""
    return figures if 2 * len(figures) >= len(words(text)) else None


def _choice(choices: list[Any], text: str) -> Any | None:
    """One of the choices that is said as it is written, where little else is."""
    said = " ".join(words(text))
    if len(said.split()) > _FEW:
        return None
    named = [one for one in choices if re.search(rf"\b{re.escape(str(one).lower().replace('_', ' '))}\b", said)]
    return named[0] if len(named) == 1 else None
