"""The forms that a question leaves empty, in the phrases of the call."""

from collections.abc import Sequence
from dataclasses import replace

from backend.domain.phrases import Phrases, fill
from backend.domain.question import Question

__all__ = ["listed", "worded"]

_MOST_KEYS = 9
_FEW_DIGITS = 4


def worded(question: Question, phrases: Phrases) -> Question:
    """The question with all three forms; those that it has already stay as they are."""
    if question.name in _STANDARD and not question.ask:
        ask, again, simple, why = (getattr(phrases, key) if key else "" for key in _STANDARD[question.name])
        question = replace(question, ask=ask, again=again, simple=question.simple or simple, why=question.why or why)
    label = question.name.replace("_", " ")
    ask = question.ask or fill(phrases.ask, {"label": label})
    return replace(
        question,
        ask=ask,
        again=question.again or _again(question, label, ask, phrases),
        simple=question.simple or _simple(question, phrases),
    )


_STANDARD = {
    "confirmation": ("correct", "correct_again", "", "correct_why"),
    "correction": ("change", "change_again", "change_simple", "change_why"),
}
"""Questions of which only the name is given: their forms, and why they are asked."""


def listed(choices: Sequence[str], phrases: Phrases, *, comma: str = "") -> str:
    """``a checkup, a cleaning or a filling``."""
    if len(choices) < 2:
        return "".join(choices)
    return f"{', '.join(choices[:-1])}{comma} {phrases.or_word} {choices[-1]}"


def _again(question: Question, label: str, ask: str, phrases: Phrases) -> str:
    match question.kind:
        case "choice":
            return fill(phrases.again_choice, {"label": label, "choices": listed(question.choices, phrases)})
        case "date":
            return fill(phrases.again_date, {"label": label})
        case "time":
            return fill(phrases.again_time, {"label": label})
        case "digits":
            example = " ".join(phrases.example_digits[: question.digits or _FEW_DIGITS])
            return fill(phrases.again_digits, {"label": label, "example": example})
        case "integer":
            return fill(phrases.again_integer, {"label": label})
        case "yes_no":
            return fill(phrases.again_yes_no, {"question": ask})
        case _:
            return fill(phrases.again_text, {"label": label})


def _simple(question: Question, phrases: Phrases) -> str:
    example = question.example
    match question.kind:
        case "digits" if question.digits:
            return fill(phrases.simple_digits, {"count": str(question.digits)})
        case "digits":
            return phrases.simple_number
        case "integer":
            return fill(phrases.simple_integer, {"example": example or phrases.example_integer})
        case "choice" if question.choices:
            return fill(phrases.simple_choice, {"keys": _keys(question.choices, phrases)})
        case "date":
            return fill(phrases.simple_date, {"example": example or phrases.example_date})
        case "time":
            return fill(phrases.simple_time, {"example": example or phrases.example_time})
        case "yes_no":
            return phrases.simple_yes_no
        case "name":
            return phrases.simple_name
        case "place":
            return phrases.simple_place
        case _:
            return fill(phrases.simple_text_example, {"example": example}) if example else phrases.simple_text


def _keys(choices: Sequence[str], phrases: Phrases) -> str:
    """``1 for a checkup, 2 for a cleaning, or 3 for a filling``."""
    keys = [
        fill(phrases.key_for, {"key": str(number), "choice": choice})
        for number, choice in enumerate(choices[:_MOST_KEYS], 1)
    ]
    return listed(keys, phrases, comma=",")
