"""From what a language reads, or a model passes on, to the value that a form keeps."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.language.spans import is_span
from backend.language.words import words_of

__all__ = ["ANYBODY", "is_normal", "kept", "lacking", "own_word", "unsound"]

ANYBODY = "other"
"""The relationship that names nobody."""
_ADDRESS = ("street", "city", "state", "zipcode")
_LONGEST_NAME, _LONGEST_DETAILS, _MOST_NAMES = 100, 500, 5
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def kept(field: FieldSpec, value: Any, words: str, about: About) -> Any:
    """The value as the form keeps it; ``None`` where this is no value for this field.

    Args:
        field: what was asked.
        value: in the form of its kind (``backend.language.asked``).
        words: the caller's own, or what the model passed on.
        about: who they are.
    """
    if value is None:
        return None
    if field.list:
        return _list(field, value)
    match field.kind:
        case "text":
            return " ".join(str(value).split())[: field.longest] or None
        case "name":
            return str(value)[:_LONGEST_NAME] or None
        case "address":
            parts = {key: str(value.get(key) or "").strip() for key in _ADDRESS}
            return parts | {"state": about.language.account.state_of(parts["city"], parts["state"])}
        case "person":
            return _person(field, value, words, about)
        case "yes_no" if field.details:
            return _detailed(field, value, words)
        case _:
            return value


def lacking(field: FieldSpec, value: Any) -> list[str]:
    """The parts of a kept value that must be said, and were not."""
    if not isinstance(value, Mapping) or field.list:
        return []
    needed = field.needs if field.kind == "address" else [part.name for part in field.parts if part.needed]
    return [name for name in needed if not value.get(name)]


def unsound(field: FieldSpec, value: Any, about: About) -> str:
    """Why a kept value cannot be right; empty where it can."""
    match field.kind:
        case "date" if isinstance(value, str):
            return _unsound_day(field, value, about)
        case "integer" if isinstance(value, int):
            small = field.least is not None and value < field.least
            large = field.greatest is not None and value > field.greatest
            return "The number is out of range." if small or large else ""
        case "text" | "name" if isinstance(value, str) and not field.list:
            count = len(value.split())
            wrong = count < field.least_words or (field.kind == "name" and count > _MOST_NAMES)
            return "It needs more words." if wrong else ""
        case _:
            return ""


def is_normal(field: FieldSpec, value: Any) -> bool:
    """Is it normalized already, so that it needs no reading?"""
    if field.list:
        return isinstance(value, list)
    match field.kind:
        case "yes_no":
            return isinstance(value, bool) or (isinstance(value, Mapping) and isinstance(value.get(field.answer), bool))
        case "integer" | "money":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "address":
            return isinstance(value, Mapping) and all(value.get(name) for name in field.needs)
        case "group":
            return isinstance(value, Mapping) and not lacking(field, value)
        case "person":
            return isinstance(value, Mapping) and "who" in value
        case "time" if is_span(value):
            return any(texts.span for texts in field.texts.values())
        case "time":
            return isinstance(value, str) and (_TIME.fullmatch(value.strip()) is not None or value == field.open_value)
        case "choice":
            return any(value == one.value for one in field.choices) and value is not None
        case _:
            return False


def _unsound_day(field: FieldSpec, value: str, about: About) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "It is no day."
    today = about.now.date()
    if (field.past and day > today) or (field.future and day < today):
        return "The day cannot be right: it is to come." if field.past else "The day cannot be right: it is gone."
    if field.within_days is not None and abs(today - day) > timedelta(days=field.within_days):
        return "The day is too far away."
    return ""


def own_word(field: FieldSpec, words: str, about: About) -> str:
    """The caller's own word for one whose relationship says nothing, as "uncle"; empty where they have none.

    Of the choices with that value, the first has the words that can be said back: "your uncle", never "your somebody".
    """
    first = next((one for one in field.choices if one.value == ANYBODY), None)
    known = set(about.form.said_of(first.words) or ()) if first else set[str]()
    return next((word for word in words_of(words.lower()) if word in known), "")


def _person(field: FieldSpec, value: Any, words: str, about: About) -> str | None:
    """A name, as far as there is one; else what they are to the caller, where no name comes."""
    if isinstance(value, str):
        return value[:_LONGEST_NAME]
    match value.get("who"):
        case "caller":
            return about.own_name or about.form.texts_of(field).caller or None
        case "nobody":
            return field.nobody
        case _:
            if name := str(value.get("name") or ""):
                return name[:_LONGEST_NAME]
            kin, unnamed = value.get("relationship"), about.form.texts_of(field).unnamed
            if not (about.insisted and kin and unnamed):
                return None
            related = about.form.spec.field(field.relationship) if field.relationship else None
            own = own_word(related, words, about) if related and kin == ANYBODY else ""
            return unnamed.format(relationship=own or kin)


def _detailed(field: FieldSpec, value: Any, words: str) -> dict[str, Any]:
    answer, details = field.answer or "answer", field.details or "details"
    if isinstance(value, Mapping):
        return {answer: bool(value.get(answer)), details: str(value.get(details) or "")[:_LONGEST_DETAILS]}
    return {answer: bool(value), details: words[:_LONGEST_DETAILS] if value and words else ""}


def _list(field: FieldSpec, value: Any) -> list[Any]:
    entries = value if isinstance(value, list) else []
    return [_entry(field, one) for one in entries][: field.most]


def _entry(field: FieldSpec, one: Any) -> Any:
    if field.kind != "person":
        return one
    known = one if isinstance(one, Mapping) else {"name": str(one)}
    return {"name": str(known.get("name") or "")[:100], "relationship": str(known.get("relationship") or "")[:50]}
