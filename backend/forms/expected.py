"""What the recognizer is told to expect while a question of a form or an identity waits for its answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from backend.domain.form_spec import FormSpec
from backend.forms.asking import asked_of
from backend.language.asked import Asked, Kind
from backend.language.named import language_named, region_of

__all__ = ["expected_answers"]

_KINDS: Mapping[str, Kind] = {
    "digits": "digits",
    "yes_no": "yes_no",
    "date": "date",
    "time": "time",
    "integer": "integer",
}
"""Kinds of questions that are no field of a form, and still say what an answer sounds like."""


def expected_answers(
    forms: Iterable[FormSpec], open_question: Mapping[str, Any], language: str, now: datetime
) -> tuple[str, ...]:
    """Phrases of likely answers, the likeliest first; empty where anything may be said, as in a story.

    They come from the language, from the words of the question, and from what the form itself lists. Nothing that a
    book knows of anybody is among them.

    Args:
        forms: the forms of the store.
        open_question: what is noted of the question (``tool_store.repair``): its name, its words, its kind.
        language: of the call.
        now: the caller's local time.
    """
    name, words = str(open_question.get("name", "")), str(open_question.get("ask", ""))
    known = language_named(language)
    for form in forms:
        field = form.field(name)
        if field is not None:
            return known.expected(asked_of(form, field, language, now, question=words))
    kind_of_question = _KINDS.get(str(open_question.get("kind", "")))
    if kind_of_question is None:
        return ()
    return known.expected(Asked(kind_of_question, now, region_of(language), question=words))
