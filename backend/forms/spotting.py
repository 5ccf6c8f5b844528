"""Values in words that were no answer to their question: a story that tells the day, a correction that says what is
wrong. Only what is said in so many words counts; a clause that denies something holds no value."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.reading import asked_here, judged, language_reading, parts_of
from backend.forms.reading import read as read_answer
from backend.forms.shapes import kept
from backend.language.reading import Reading, nothing, sure
from backend.language.store_words import find, hints_of
from backend.language.words import words_of

__all__ = ["companions", "spot", "spot_part"]

_NEVER = frozenset({"text", "name", "digits", "code", "phone", "email", "postal_code"})
"""Kinds of which nothing in a story is surely one."""
_NO_LISTS: Mapping[str, str] = {}
"""Of a language: the signs are the store's."""
_SHORT = 3
"""Words of a count that is said in passing: "there were three cars"."""


def spot(field: FieldSpec, text: str, about: About) -> Reading:
    """The value in words that were no answer to this question, where they surely hold one."""
    if field.kind in _NEVER or not text.strip():
        return nothing()
    match field.kind:
        case "address":
            return judged_whole(field, spot_part(field, text, about), about)
        case "yes_no":
            return _yes_no(field, text, about)
        case "person" if field.list:
            return _list(field, text, about)
        case _:
            return _by_clause(field, text, about)


def spot_part(field: FieldSpec, text: str, about: About) -> dict[str, Any]:
    """The parts of an address that unasked words hold, where they hold no whole one: "no, it was oak street"."""
    if field.kind != "address":
        return {}
    account = about.language.account
    place, clauses = account.place_in(text), account.plain_clauses(text)
    street = " ".join(words_of(place.get("street", "").lower()))
    if (
        street
        and street in " ".join(words_of(text.lower()))
        and not any(street in " ".join(words_of(clause.lower())) for clause in clauses)
    ):
        told = map(account.place_in, clauses)  # "it was not Oak Avenue, it was Oak Street"
        place = next((one for one in told if one.get("street")), place)
    return dict(place)


def companions(text: str, about: About) -> list[dict[str, str]]:
    """Who is said to have been beside the one who was asked about."""
    return about.language.account.companions(text)


def judged_whole(field: FieldSpec, parts: dict[str, Any], about: About) -> Reading:
    """An address, where all that must be said of it was said."""
    if not parts or any(not parts.get(name) for name in field.needs):
        return nothing()
    return judged(field, kept(field, parts, "", about), about)


def _clauses(field: FieldSpec, text: str, about: About) -> list[str]:
    """The clauses that speak of this field: those with one of its words, or all where it has none."""
    clauses = about.language.account.plain_clauses(text)
    signs = about.form.said_of(field.story_words)
    return [clause for clause in clauses if signs is None or _has(clause, signs)]


def _has(clause: str, signs: Iterable[str]) -> bool:
    said = f" {' '.join(words_of(clause))} "
    return any(f" {sign} " in said for sign in signs)


def _yes_no(field: FieldSpec, text: str, about: About) -> Reading:
    """A yes or no by the words of the store: a bare yes says nothing of what was not asked.

    Where the field says by which words a story tells it, others say nothing: who "was stuck in traffic" has a car that
    drives.
    """
    signs = about.form.said_of(field.story_words)
    if signs is not None and not _has(text.lower(), signs):
        return nothing()
    said = " ".join(words_of(text))
    if not any(find(hints_of(asked_here(field, about).choices, _NO_LISTS), said)):
        return nothing()
    return read_answer(field, about.language.account.without_answer(text), about, told=True)


def _list(field: FieldSpec, text: str, about: About) -> Reading:
    signs = about.form.said_of(field.story_words) or ()
    clauses = [clause for clause in about.language.account.plain_clauses(text) if _has(clause, signs)]
    if not clauses:
        return nothing()
    if found := companions(text, about):
        return sure(found)
    said = ", ".join(clauses)  # whoever else a story speaks of was not there: "my husband always tells me ..."
    reading = language_reading(field, said, about, told=True)
    return judged(field, kept(field, reading.value, said, about), about)


def _by_clause(field: FieldSpec, text: str, about: About) -> Reading:
    """What the clauses say, where all that say something agree."""
    offered = about.offered(field)
    if offered and (place := about.language.account.owned(text, [parts_of(field, one) for one in offered])) is not None:
        return sure(offered[place])
    readings = [read_answer(field, clause, about, told=True) for clause in _clauses(field, text, about)]
    if field.kind == "integer":  # "one of my cars" counts nothing
        signs = about.form.said_of(field.story_words) or ()
        readings = [one for one in readings if len(one.rests_on) <= _SHORT and _has(" ".join(one.rests_on), signs)]
    told = [reading for reading in readings if reading.outcome != "none" and reading.value is not None]
    values: Sequence[Any] = [reading.value for reading in told if reading.outcome == "value"]
    agreed = len(values) == len(told) and bool(values) and all(value == values[0] for value in values)
    return sure(values[0]) if agreed else nothing()
