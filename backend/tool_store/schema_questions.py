"""Questions made from a JSON Schema: what a declared tool asks a caller for, and asks again when it was no answer."""

import re
from collections.abc import Mapping
from typing import Any

from backend.domain.question import Kind, Question
from backend.domain.spoken.digits import read_digits
from backend.domain.spoken.times import read_time
from backend.domain.spoken.tokens import words

__all__ = ["is_secret", "question_of", "tidied"]

_SENTENCE = re.compile(r"[^.?!]*\?")
_DIGITS = re.compile(r"^\^?(?:\\d|\[0-9\])\{(\d+)\}\$?$")
_NUMERIC = re.compile(r"^\^?(?:\\d|\[[0-9+ ()\\d-]*\])(?:\{[\d,]+\}|\+)\$?$")
_CLOCK = re.compile(r"^\^?\\d(?:\\d|\{1,2\}|\{2\})?:\\d\\d\$?$")
_AGAIN: Mapping[Kind, str] = {
    "choice": "I'm sorry, I didn't get the {label}. Is it {choices}?",
    "date": "I'm sorry, I didn't get the {label}. Which {label} is it, for example next Tuesday, or March fourth?",
    "time": "I'm sorry, I didn't get the {label}. Which {label} is it, for example nine thirty in the morning?",
    "digits": "I'm sorry, I didn't get the {label}. What is it, digit by digit, for example {example}?",
    "integer": "I'm sorry, I didn't get the {label}. Which number is it, for example two?",
    "yes_no": "I'm sorry, I didn't get that. Is it yes or no: {ask}",
    "text": "I'm sorry, I didn't get the {label}. What is the {label}, in a few words?",
}
_COUNT = "four seven one two five nine three eight"


def question_of(name: str, schema: Mapping[str, Any]) -> Question:
    """The question for one argument: its description's last question, and other forms by the kind of value."""
    label = name.replace("_", " ")
    found = _SENTENCE.findall(str(schema.get("description", "")))
    ask = found[-1].strip() if found else f"What is the {label}?"
    kind, digits = _kind(schema)
    choices = tuple(str(choice) for choice in schema.get("enum", ()))
    example = " ".join(_COUNT.split()[: digits or 4])
    listed = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else "".join(choices)
    again = _AGAIN[kind].format(label=label, choices=listed, example=example, ask=ask)
    return Question(name, kind, ask, again, digits=digits, choices=choices, secret=is_secret(schema))


def is_secret(schema: Mapping[str, Any]) -> bool:
    """Is what this schema asks for used and never kept (``format: password`` or ``writeOnly: true``)?"""
    return schema.get("format") == "password" or schema.get("writeOnly") is True


def tidied(question: Question, value: Any, *, keys: bool) -> Any:
    """A caller's plain words as the schema wants them, where they can mean one thing only; else as they came.

    Days are left alone: whether "Tuesday" is gone or to come is the model's to know.

    Args:
        question: what the value answers.
        value: as the model passed it.
        keys: keys were offered for the choices.
    """
    if not isinstance(value, str):
        return value
    match question.kind:
        case "choice":
            said = words(value)
            named = [choice for choice in question.choices if choice.lower() in said]
            return (question.picked(value) if keys else None) or (named[0] if len(named) == 1 else value)
        case "digits" if question.digits:
            read = read_digits(value)
            return read if len(read) == question.digits else value
        case "time":
            return read_time(value) or value
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
