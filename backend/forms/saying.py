"""How values are read back: a clause for each field, in the second person, by the texts of the form."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend.domain.condition import holds
from backend.domain.field_spec import ChoiceSpec, FieldSpec
from backend.forms.about import About
from backend.forms.form import joined
from backend.forms.reading import asked_here
from backend.forms.shapes import ANYBODY
from backend.language.spans import ends_of, is_span

__all__ = ["clause", "filled", "said_value"]

_GAP = re.compile(r"\{(\w+)\}")
_MOST_NAMED = 3
"""Entries of a list that are named; of more than these, the number is said."""


def clause(field: FieldSpec, values: Mapping[str, Any], about: About, *, short: bool = False) -> str:
    """What the read-back says of a field; empty where it goes without saying, or is open."""
    value, form = values.get(field.name), about.form
    seen = {**form.sees(values, about.subject), "caller": {"name": about.own_name or None}}
    for one in field.says:
        if holds(one.when, seen):
            said = form.said_of(one.short if short and form.said_of(one.short) else one.say) or ""
            return filled(said, _gaps(field, value, about))
    if value is None or _is_said_with_its_person(field, values, about):
        return ""
    if value == ANYBODY and (own := about.own_words.get(field.name)):
        return about.language.account.yours(own)
    if (choice := _choice(field, value)) is not None and (said := form.said_of(choice.say)) is not None:
        return (form.said_of(choice.short) or said) if short else said
    texts = form.texts_of(field)
    if field.list:
        return _list(field, value, about)
    if is_span(value):
        return said_value(field, value, about)
    text = texts.short if short and texts.short else texts.say
    return filled(text, _gaps(field, value, about))


def said_value(field: FieldSpec, value: Any, about: About) -> str:
    """The value by itself: ``2019 Honda Civic``, ``Wednesday, November 18``."""
    if field.kind == "group" and isinstance(value, Mapping):
        return " ".join(" ".join(str(value.get(part.name, "")) for part in field.parts).split())
    if field.kind == "person" and isinstance(value, str):
        return _person_name(field, value, about)
    if field.kind in ("text", "name", "choice"):
        return str(value)
    asked = asked_here(field, about, brief=True)
    if is_span(value):
        first, last = (about.language.say(field.kind, end, asked) for end in ends_of(value))
        return filled(about.form.texts_of(field).span, {"first": first, "last": last})
    return about.language.say(field.kind, value, asked)


def filled(text: str, gaps: Mapping[str, str]) -> str:
    """A text with its gaps filled; unknown ones stay empty."""
    return " ".join(_GAP.sub(lambda gap: gaps.get(gap[1], ""), text).split())


def _gaps(field: FieldSpec, value: Any, about: About) -> dict[str, str]:
    parts = {key: str(part) for key, part in value.items()} if isinstance(value, Mapping) else {}
    return {**parts, "value": said_value(field, value, about) if value is not None else ""}


def _choice(field: FieldSpec, value: Any) -> ChoiceSpec | None:
    if field.kind not in ("choice", "yes_no"):
        return None
    return next((one for one in field.choices if one.value == value and type(one.value) is type(value)), None)


def _is_said_with_its_person(field: FieldSpec, values: Mapping[str, Any], about: About) -> bool:
    """Is this what somebody without a name is to the caller, and so said in place of the name?"""
    people = [one for one in about.form.spec.fields if one.relationship == field.name and not one.list]
    unnamed = [(values.get(one.name), about.form.texts_of(one).unnamed) for one in people]
    choice = _choice(field, values.get(field.name))
    kin = [values.get(field.name), *(_own_words(choice, about) if choice else ())]
    return any(text and name == text.format(relationship=each) for name, text in unnamed for each in kin)


def _own_words(choice: ChoiceSpec, about: About) -> Sequence[str]:
    """The words by which callers tell a relationship that says nothing by itself."""
    return (about.form.said_of(choice.words) or ()) if choice.value == ANYBODY else ()


def _person_name(field: FieldSpec, value: str, about: About) -> str:
    """A name as it is; of somebody who has none, what they are to the caller."""
    form, texts = about.form, about.form.texts_of(field)
    related = form.spec.field(field.relationship) if field.relationship else None
    for choice in related.choices if related and texts.unnamed else ():
        if value == texts.unnamed.format(relationship=choice.value):
            return form.said_of(choice.say) or value
        own = (word for word in _own_words(choice, about) if value == texts.unnamed.format(relationship=word))
        if word := next(own, ""):
            return about.language.account.yours(word)
    return value


def _list(field: FieldSpec, value: Any, about: About) -> str:
    texts = about.form.texts_of(field)
    if not value:
        return texts.nothing
    people = [_entry(field, one, about) for one in value]
    if len(people) > _MOST_NAMED or not all(people):
        return texts.one if len(people) == 1 else filled(texts.many, {"count": str(len(people))})
    return filled(texts.say, {"value": joined(people, about.form.texts.both)})


def _entry(field: FieldSpec, one: Any, about: About) -> str:
    """One entry of a list: its name, or what they are to the caller; empty where neither says anything."""
    form = about.form
    if field.kind != "person":
        return said_value(field, one, about)
    if name := str(one.get("name") or ""):
        return about.language.account.second_person(name)
    related = form.spec.field(field.relationship) if field.relationship else None
    kin = one.get("relationship")
    choice = next((each for each in related.choices if each.value == kin), None) if related and kin else None
    return form.said_of(choice.say) or "" if choice and kin != ANYBODY else ""
