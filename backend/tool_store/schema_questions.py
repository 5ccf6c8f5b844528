"""Questions made from a JSON Schema: what a declared tool asks a caller for, and asks again when it was no answer."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.domain.question import Kind, Question
from backend.language.asked import Asked
from backend.language.named import language_named, region_of
from backend.language.words import words_of

__all__ = ["is_secret", "question_of", "tidied"]

_ANY_DAY = datetime(2000, 1, 1, 12)
"""An hour of the day is the same on any."""
_SENTENCE = re.compile(r"[^.?!]*\?")
_DIGITS = re.compile(r"^\^?(?:\\d|\[0-9\])\{(\d+)\}\$?$")
_NUMERIC = re.compile(r"^\^?(?:\\d|\[[0-9+ ()\\d-]*\])(?:\{[\d,]+\}|\+)\$?$")
_CLOCK = re.compile(r"^\^?\\d(?:\\d|\{1,2\}|\{2\})?:\\d\\d\$?$")


def question_of(name: str, schema: Mapping[str, Any]) -> Question:
    """The question for one argument: its description's last question. Other forms follow the kind of value."""
    found = _SENTENCE.findall(str(schema.get("description", "")))
    kind, digits = _kind(schema)
    choices = tuple(str(choice) for choice in schema.get("enum", ()))
    ask = found[-1].strip() if found else ""
    return Question(name, kind, ask, digits=digits, choices=choices, secret=is_secret(schema))


def is_secret(schema: Mapping[str, Any]) -> bool:
    """Is what this schema asks for used and never kept (``format: password`` or ``writeOnly: true``)?"""
    return schema.get("format") == "password" or schema.get("writeOnly") is True


def tidied(question: Question, value: Any, language: str, *, keys: bool) -> Any:
    """A caller's plain words as the schema wants them, where they can mean one thing only; else as they came.

    Days are left alone: whether "Tuesday" is gone or to come is the model's to know.

    Args:
        question: what the value answers.
        value: as the model passed it.
        language: of the call, as "es-MX".
        keys: keys were offered for the choices.
    """
    if not isinstance(value, str):
        return value
    match question.kind:
        case "choice":
            said = words_of(value)
            named = [choice for choice in question.choices if choice.lower() in said]
            return (question.picked(value) if keys else None) or (named[0] if len(named) == 1 else value)
        case "digits" if question.digits:
            read = language_named(language).turns.digits(value)
            return read if len(read) == question.digits else value
        case "time":
            asked = Asked("time", _ANY_DAY, region_of(language))
            reading = language_named(language).read(value, asked)
            return reading.value if reading.outcome == "value" else value
        case _:
            return value


def _kind(schema: Mapping[str, Any]) -> tuple[Kind, int]:
    pattern = str(schema.get("pattern", ""))
    if schema.get("enum"):
        return "choice", 0
    if schema.get("type") == "boolean":
        return "yes_no", 0
    if schema.get("type") in {"integer", "number"}:
        return "integer", 0
    if schema.get("format") in {"date", "date-time"}:
        return "date", 0
    if schema.get("format") == "time" or _CLOCK.match(pattern):
        return "time", 0
    if exact := _DIGITS.match(pattern):
        return "digits", int(exact.group(1))
    return ("digits", 0) if _NUMERIC.match(pattern) else ("text", 0)
