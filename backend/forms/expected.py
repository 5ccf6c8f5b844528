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
_PUT_RIGHT = frozenset({"date", "time", "address", "integer", "yes_no"})
_OF_EACH = 140
"""Phrases of each field, where any of them may be spoken of."""


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
    forms = tuple(forms)
    name, words = str(open_question.get("name", "")), str(open_question.get("ask", ""))
    known = language_named(language)
    for form in forms:
        field = form.field(name)
        if field is not None:
            return known.expected(asked_of(form, field, language, now, question=words))
    if name == "correction":
        return _of_all_fields(forms, language, now)
    kind_of_question = _KINDS.get(str(open_question.get("kind", "")))
    if kind_of_question is None:
        return ()
    return known.expected(Asked(kind_of_question, now, region_of(language), question=words))


def _of_all_fields(forms: Iterable[FormSpec], language: str, now: datetime) -> tuple[str, ...]:
    """Who puts something right may speak of any field that is measured; the likeliest answers of each."""
    known = language_named(language)
    fields = [(form, field) for form in forms for field in form.fields if field.part and field.kind in _PUT_RIGHT]
    likely = [known.expected(asked_of(form, field, language, now))[:_OF_EACH] for form, field in fields]
    return tuple(dict.fromkeys(phrase for phrases in likely for phrase in phrases))
