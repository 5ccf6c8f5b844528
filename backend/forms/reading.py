"""One answer to one field: what a model passed on and the caller's own words, as the value that is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.asking import asked_of
from backend.forms.shapes import is_normal, kept, lacking, unsound
from backend.language.asked import Asked
from backend.language.consent import consent_in
from backend.language.reading import ONE_OF_SEVERAL, Reading, doubtful, nothing, sure
from backend.language.spans import read_span
from backend.language.words import words_of

__all__ = ["MEASURED", "asked_here", "judged", "language_reading", "parts_of", "read"]

_ENOUGH = 2
"""Words of an answer that fits none of the choices, and still is one; parts that tell which offered thing is meant."""
_BARE = 3
"""Words of a yes or no with nothing beside it."""
_NO_ANSWER = "That is no answer."
MEASURED = frozenset({"date", "time", "integer", "money"})
"""Kinds whose value says all there is: a wrong one is heard at once when it is read back."""


def read(field: FieldSpec, value: Any, about: About, *, told: bool = False) -> Reading:
    """The value of an answer, be it normalized already or in the caller's words.

    Args:
        field: what was asked for.
        value: the answer.
        about: the form and its call.
        told: the words were no answer to this field, but tell it in passing.
    """
    if is_normal(field, value):
        return judged(field, kept(field, value, "", about), about)
    words = _as_words(value)
    if not words.strip():
        return nothing()
    offered = about.offered(field)
    alone = told and len(offered) == 1 and not _is_named(field, words, offered[0])
    if offered and not alone and (place := _picked(field, words, offered, about)) is not None:
        return sure(offered[place])
    reading = language_reading(field, words, about, told=told)
    if field.name == about.form.spec.story and (about.no_account(words) or _is_only_yes_or_no(words, about)):
        return doubtful("It tells nothing of what happened.")
    if reading.outcome == "none":
        return nothing(reading.nothing)
    if reading.outcome == "ask":
        return _in_doubt(field, reading, words, about)
    if field.otherwise and reading.value == field.otherwise and len(words.split()) < _ENOUGH:
        return doubtful("It is none of the choices.")
    completed = _completed(field, reading.value, offered, words, about)
    return judged(field, kept(field, completed, words, about), about, reading)


def judged(field: FieldSpec, value: Any, about: About, reading: Reading | None = None) -> Reading:
    """A kept value, or the doubt about it: parts that are lacking, a day that cannot be."""
    if value is None:
        return doubtful(_NO_ANSWER)
    if why := unsound(field, value, about):
        return doubtful(why)
    if (missing := lacking(field, value)) and not about.insisted:
        return doubtful(f"It lacks the {' and the '.join(missing)}.", value)
    if missing and field.kind == "group":
        return doubtful(f"It lacks the {' and the '.join(missing)}.", value)
    return sure(value, reading.rests_on if reading else ())


def language_reading(field: FieldSpec, words: str, about: About, *, told: bool = False) -> Reading:
    """What the language reads, in the form of the field's kind."""
    if field.list and field.kind == "person":
        people, own = about.language.account.people(words), about.language.talk.in_own_words(words)
        return people if people.outcome == "value" or not own or own == words else about.language.account.people(own)
    asked = asked_here(field, about, told=told)
    reading = about.language.read(words, asked)
    if field.kind == "time" and reading.outcome == "ask" and about.form.texts_of(field).span:
        return _between(words, asked, about) or reading
    return reading


def _between(words: str, asked: Asked, about: About) -> Reading | None:
    """The span of time that the words name; ``None`` where they name none."""
    ends = about.language.account.span(words)
    if ends is None:
        return None
    span = read_span(ends, lambda end: about.language.read(end, asked))
    return None if span.outcome == "none" else span


def asked_here(field: FieldSpec, about: About, *, told: bool = False, brief: bool = False) -> Asked:
    """The field as this caller is asked for it, may tell it in passing, or is told it in few words."""
    form, now = about.form, about.now.replace(tzinfo=None)
    asking, caller = about.asking, about.own_name
    return asked_of(form.spec, field, form.language, now, question=asking, caller=caller, told=told, brief=brief)


def _in_doubt(field: FieldSpec, reading: Reading, words: str, about: About) -> Reading:
    """A doubt with its candidates as the form keeps them.

    A day or a number that they say for the third time, and that can be only one, is taken: it is read back for a yes.
    Of "the fifteenth or sixteenth", in which one alone was read, it is not: the other may be meant as well.
    """
    shaped = tuple(kept(field, one, words, about) for one in reading.candidates)
    candidates = tuple(one for one in shaped if one is not None)
    one = len(candidates) == 1 and reading.why != ONE_OF_SEVERAL
    if about.insisted and one and field.part and field.kind in MEASURED:
        return judged(field, candidates[0], about, reading)
    return Reading(
        "ask", candidates[0] if candidates else None, candidates, reading.rests_on, reading.against, why=reading.why
    )


def _as_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return " and ".join(map(str, value))
    return str(value)


def parts_of(field: FieldSpec, one: Any) -> tuple[str, ...]:
    """The words of what is offered, part by part."""
    return tuple(str(one.get(part.name, "")) for part in field.parts) if isinstance(one, Mapping) else (str(one),)


def _picked(field: FieldSpec, words: str, offered: Sequence[Any], about: About) -> int | None:
    """The offered value that is plainly meant."""
    beside = about.form.said_of(field.beside) or ()
    return about.language.account.which(words, [parts_of(field, one) for one in offered], beside)


def _is_named(field: FieldSpec, words: str, offered: Any) -> bool:
    """Do words that were no answer to it name the one thing that is known? A yes to something else does not."""
    said = set(words_of(words.lower()))
    return any(not said.isdisjoint(words_of(part.lower())) for part in parts_of(field, offered))


def _is_only_yes_or_no(words: str, about: About) -> bool:
    """ "Absolutely not", "yes exactly": no account of anything."""
    return len(words.split()) <= _BARE and consent_in(about.form.language, words) in ("yes", "no")


def _completed(field: FieldSpec, value: Any, offered: Sequence[Any], words: str, about: About) -> Any:
    """Parts that were said, as the one offered value that has them all; an address that stands within a story."""
    if field.kind == "address" and lacking(field, value):
        told = about.language.account.place_in(words)
        return {**value, **told} if not lacking(field, {**value, **told}) else value
    if field.kind != "group" or not isinstance(value, Mapping) or len(value) < _ENOUGH:
        return value
    fitting = [one for one in offered if all(_same(one.get(key), part) for key, part in value.items())]
    return fitting[0] if len(fitting) == 1 else value


def _same(one: Any, other: Any) -> bool:
    return _plain(one) == _plain(other)


def _plain(part: Any) -> str:
    return "".join(letter for letter in str(part).lower() if letter.isalnum())
