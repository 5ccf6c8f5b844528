"""Rows of spoken answers, read with the store's own forms and lines: what `ringmaster understand` works with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from backend.agents.store import AgentStore
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.domain.spec import in_language
from backend.errors import ConfigError
from backend.forms.asking import asked_of
from backend.language.asked import Asked, Choice, Kind
from backend.language.languages import LANGUAGES, code_of
from backend.language.named import language_named, region_of
from backend.language.reading import Reading, sure
from backend.language.tokens import words as words_in

__all__ = ["Question", "Understanding", "language_of", "read"]

_TAG = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_PLAIN: Mapping[str, Kind] = {"person_name": "name", "phone_number": "phone", **{kind: kind for kind in _KINDS}}
"""Kinds of rows that belong to no field of a form."""
_NUMBERS: tuple[tuple[re.Pattern[str], Kind, int], ...] = (
    (re.compile(r"\b(?:zip|postcode|postal)\b"), "postal_code", 0),
    (
        re.compile(
            r"\blast (?:four|4)\b|\bfour digits\b|\b(?:últimos|ultimos) (?:cuatro|4)\b|\bcuatro (?:dígitos|números)\b"
        ),
        "digits",
        4,
    ),
    (re.compile(r"\blast (?:three|3)\b|\b(?:últimos|ultimos) (?:tres|3)\b"), "digits", 3),
    (re.compile(r"\blast (?:six|6)\b|\b(?:últimos|ultimos) (?:seis|6)\b"), "digits", 6),
    (re.compile(r"\bcard number\b|\bpin\b|\btarjeta\b"), "digits", 0),
)
"""Which number a question asks for; any other is a code of letters and figures."""
_NUMBER = frozenset({"number", "número", "numero"})
_NEED = "emergency"
"""The topic, where a line has it, of whoever needs help at once: that is heard before the words of any topic."""
_PERSON = "person"
"""The topic, where a line has it, of whoever wants to talk to somebody: that is heard of any answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and where it stands in the store."""

    asked: Asked
    form: FormSpec | None = None
    field: FieldSpec | None = None

    def shaped(self, value: Any) -> Any:
        """The value as the form keeps it: a yes with details is kept under the name of its answer."""
        key = self.field.answer if self.field is not None else None
        return {key: value} if key and isinstance(value, bool) else value


@dataclass(frozen=True, slots=True)
class Understanding:
    """The questions of one store, by the kinds of rows and by the fields of its forms."""

    store: AgentStore = field(repr=False)

    def of_row(self, row: Mapping[str, Any]) -> Question:
        """What a row was asked.

        Raises:
            ConfigError: nothing in the store has this kind, or the row's moment is none.
        """
        kind, language = str(row.get("kind") or ""), language_of(row)
        question = str(row.get("question") or "")
        now = _moment(row.get("now"))
        for form, one in self._fields():
            if one.understand == kind:
                return Question(asked_of(form, one, language, now, question=question), form, one)
        if kind == "intent":
            return Question(self._topics(language, now, question))
        if kind == "confirmation":
            return Question(Asked("yes_no", now, region_of(language), question=question, confirms=True))
        if kind == "digits":
            return Question(self._number(question, language, now))
        if kind in _PLAIN:
            return Question(Asked(_PLAIN[kind], now, region_of(language), question=question))
        raise ConfigError(f"No field in the store is of the kind {kind!r}; name it at a field with understand: {kind}.")

    def of_field(self, form: str, name: str, language: str, now: datetime) -> Question:
        """What a field of a form asks.

        Raises:
            ConfigError: there is no such form, or no such field.
        """
        spec = self.store.forms.get(form)
        if spec is None:
            raise ConfigError(f"There is no form {form!r}; there {_listed(self.store.forms, 'form')}.")
        one = spec.field(name)
        if one is None:
            raise ConfigError(
                f"The form {form} has no field {name!r}; there {_listed([f.name for f in spec.fields], 'field')}."
            )
        return Question(asked_of(spec, one, language, now), spec, one)

    def in_language(self, language: str) -> str:
        """The language of a call, where it is one that words are read in or that a line of the store speaks.

        Raises:
            ConfigError: it is another one; its words would be answered as if they said nothing.
        """
        spoken = {code_of(tag) for tag in self.store.languages}
        if _TAG.fullmatch(language) and code_of(language) in spoken | LANGUAGES.keys():
            return language
        known = ", ".join(sorted(spoken | LANGUAGES.keys()))
        raise ConfigError(f"No line speaks {language!r}, and no words are read in it; expected one of {known}, or one "
                          "of these with its country, such as es-MX.")  # fmt: skip

    def _fields(self) -> Iterable[tuple[FormSpec, FieldSpec]]:
        return ((form, one) for form in self.store.forms.values() for one in form.fields)

    def _number(self, question: str, language: str, now: datetime) -> Asked:
        """A number of a kind that is known everywhere, or else a code; of the form of the book's, where it is its."""
        found = next((one for one in _NUMBERS if one[0].search(question.lower())), None)
        kind, digits = found[1:] if found else ("code", 0)
        pattern = "" if found else self._id_pattern(question, language)
        return Asked(kind, now, region_of(language), question=question, digits=digits, pattern=pattern)

    def _id_pattern(self, question: str, language: str) -> str:
        """The form of a book's ids, where a number of what the book is about is asked for: "your policy number"."""
        asked = set(words_in(question))
        if not asked & _NUMBER:
            return ""
        ids = (
            self.store.books[identity.book].spec.id_pattern
            for identity in self.store.identities.values()
            if not asked.isdisjoint(in_language(identity.things, language) or ())
        )
        return next(filter(None, ids), "")

    def _topics(self, language: str, now: datetime, question: str) -> Asked:
        """What callers call for: the topics of the first line that names some."""
        topics = next((line.topics for line in self.store.lines.values() if line.topics), {})
        choices = tuple(Choice(name, in_language(words, language) or ()) for name, words in topics.items())
        otherwise = "other" if "other" in topics else None
        return Asked(
            "choice", now, region_of(language), question=question, choices=choices, ordered=True, otherwise=otherwise
        )


def language_of(row: Mapping[str, Any]) -> str:
    """The language that a row names; American English where it names none."""
    return str(row.get("language") or "en-US")


def read(row: Mapping[str, Any], question: Question) -> Reading:
    """The reading of a row's words in its language."""
    language, words = language_named(language_of(row)), str(row.get("words") or "")
    helps = row.get("kind") == "intent" and any(one.value == _NEED for one in question.asked.choices)
    if helps and (language.talk.needs_help_now(words) or language.talk.despairs(words)):
        return sure(_NEED)
    reading = language.read(words, question.asked)
    wants_person = reading.outcome == "none" and reading.nothing == "person"
    if row.get("kind") == "intent" and wants_person and any(one.value == _PERSON for one in question.asked.choices):
        return sure(_PERSON)
    return reading


def _moment(value: Any) -> datetime:
    if value is None or value == "":
        return datetime.now().replace(microsecond=0)
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        raise ConfigError(f"now: expected a date and time such as 2026-11-25T18:40, got {value!r}") from None


def _listed(names: Iterable[str], what: str) -> str:
    there = sorted(names)
    return f"are {', '.join(there)}" if there else f"is no {what}"
