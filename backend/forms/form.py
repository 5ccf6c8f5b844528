"""A form in the language of a call: its questions, what is still missing, and what follows from what is known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backend.domain.condition import VERIFIED, Condition, Test, holds
from backend.domain.field_spec import ChoiceSpec, FieldKind, FieldSpec, FieldTexts
from backend.domain.form_spec import FormSpec, FormTexts, TurnTexts
from backend.domain.question import Kind, Question
from backend.domain.spec import in_language
from backend.domain.subject import Subject

__all__ = ["Form", "joined"]

_KINDS: Mapping[FieldKind, Kind] = {
    "text": "text", "yes_no": "yes_no", "choice": "choice", "integer": "integer", "date": "date", "time": "time",
    "digits": "digits", "code": "text", "phone": "digits", "email": "text", "postal_code": "digits",
    "money": "integer", "name": "name", "person": "person", "address": "place", "group": "group",
}  # fmt: skip
"""What a question is made of, by the kind of its field: endpointing and keys follow it."""
_NO_TEXTS = FieldTexts()
_YEAR = 4
"""Digits of a year."""


class Form:
    """One form, as one caller is asked for it.

    Args:
        spec: the form.
        language: of the call, such as ``en-US``.
    """

    def __init__(self, spec: FormSpec, language: str) -> None:
        self.spec, self.language = spec, language
        texts = spec.texts_in(language) or next(iter(spec.texts.values()))
        self.texts: FormTexts = texts

    def field(self, name: str) -> FieldSpec:
        """The field of that name. Raises ``KeyError``."""
        found = self.spec.field(name)
        if found is None:
            raise KeyError(name)
        return found

    def texts_of(self, field: FieldSpec) -> FieldTexts:
        """What is said about a field."""
        return field.texts_in(self.language) or next(iter(field.texts.values()), _NO_TEXTS)

    def said_of(self, texts: Mapping[str, Any]) -> Any:
        """The text for this language of several; ``None`` where there is none."""
        return in_language(texts, self.language)

    # -- questions ------------------------------------------------------------------------

    def question(self, field: FieldSpec, offered: Sequence[str] = ()) -> Question:
        """The question for a field; what a book knows, said in ``offered``, is confirmed or offered instead."""
        texts = self.texts_of(field)
        kind: Kind = "text" if field.list else "story" if field.name == self.spec.story else _KINDS[field.kind]
        year = any(part.kind == "integer" and part.digits == _YEAR for part in field.parts)
        asked = Question(
            field.name, kind, texts.ask, texts.again or texts.ask, texts.simple, texts.example, texts.why,
            _YEAR if year else field.digits,
            tuple(str(one.value) for one in field.choices if one.offered and one.value is not None)
            if kind == "choice" else (),
            may_stay_open=field.may_stay_open,
        )  # fmt: skip
        return self._offering(asked, texts, offered)

    def _offering(self, asked: Question, texts: FieldTexts, offered: Sequence[str]) -> Question:
        if len(offered) == 1 and texts.offer:
            return replace(asked, ask=texts.offer.format(value=offered[0]))
        if len(offered) < 2 or not texts.offer_some:
            return asked
        items = [texts.offer_item.format(value=value) for value in offered]
        keys = [texts.offer_key.format(key=number, value=value) for number, value in enumerate(offered, 1)]
        simple = texts.offer_keys.format(keys=f",{self.texts.either}".join(keys))
        ask = texts.offer_some.format(values=joined(items, self.texts.either))
        return replace(asked, kind="choice", ask=ask, simple=simple or asked.simple, choices=tuple(items))

    def turn(self, texts: TurnTexts, name: str = "confirmation", kind: Kind = "yes_no") -> Question:
        """A question that the form puts beside its fields."""
        return Question(name, kind, texts.ask, texts.again, texts.simple, why=texts.why)

    @property
    def correction(self) -> Question:
        """What should be changed?"""
        return self.turn(self.texts.correct, "correction", "text")

    def spoken_alone(self, changes: str) -> str:
        """Clauses of a read-back as a sentence of their own."""
        bare = changes.startswith(tuple(f"{word} " for word in self.texts.bare))
        return self.texts.alone.format(changes=changes) if bare else changes

    # -- what is known --------------------------------------------------------------------

    def sees(self, values: Mapping[str, Any], subject: Subject | None) -> dict[str, Any]:
        """What conditions look at."""
        known = {**subject.attributes, "id": subject.id, "name": subject.name} if subject else {}
        return {**values, VERIFIED: subject is not None, "subject": known}

    def known_values(self, values: Mapping[str, Any], subject: Subject | None) -> dict[str, Any]:
        """What follows from the answers so far, so that it is neither asked nor left out."""
        seen = self.sees(values, subject)
        found: dict[str, Any] = {}
        for field in self.spec.fields:
            following = next((one for one in field.known if holds(one.when, seen)), None)
            if following is not None:
                found[field.name] = following.value
        return self._of_nobody(values) | found | self._whole_names({**values, **found}, subject)

    def _whole_names(self, values: Mapping[str, Any], subject: Subject | None) -> dict[str, Any]:
        """Somebody who is told by a part of the caller's name, and is the caller: whoever speaks for them for a while
        says "John"."""
        parts = frozenset(subject.name.casefold().split()) if subject else frozenset[str]()
        found: dict[str, Any] = {}
        for one in self.spec.fields:
            told = values.get(one.name)
            if one.kind != "person" or one.list or not one.relationship or not isinstance(told, str) or not subject:
                continue
            rules = (rule for rule in self.field(one.relationship).known if _is_the_caller(rule.when, one.name))
            if parts > set(told.casefold().split()) and any(
                values.get(one.relationship) == rule.value for rule in rules
            ):
                found[one.name] = subject.name
        return found

    def _of_nobody(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Where it stays open who it was, nobody is asked what they are to the caller."""
        people = (one for one in self.spec.fields if one.relationship and not one.list)
        open_ones = (one for one in people if one.name in values and values[one.name] is None)
        return {str(one.relationship): None for one in open_ones if one.relationship not in values}

    def whole(self, values: Mapping[str, Any], subject: Subject | None) -> dict[str, Any]:
        """The fields as they are filed: with what follows from the others."""
        return {**values, **self.known_values(values, subject)}

    def missing(self, values: Mapping[str, Any], subject: Subject | None) -> list[FieldSpec]:
        """What is still lacking, in the order in which it is asked for."""
        whole = self.whole(values, subject)
        seen = self.sees(whole, subject)
        return [field for field in self.spec.fields if field.name not in whole and holds(field.when, seen)]

    def choices_of(self, field: FieldSpec) -> tuple[ChoiceSpec, ...]:
        """The answers of a choice, be they its own or those of a list of the form."""
        return field.choices + tuple(ChoiceSpec(value=name) for name in self.spec.lists.get(field.values or "", ()))


def _is_the_caller(when: Condition, name: str) -> bool:
    """Does a rule hold where this field is the name of whoever the caller was shown to be, and for nothing else?"""
    test = when.get(name) if len(when) == 1 else None
    return isinstance(test, Test) and test.same_as == "subject.name"


def joined(items: Sequence[str], last: str) -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])}{last}{items[-1]}" if items else ""
