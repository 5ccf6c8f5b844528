"""What a form holds, read back to its caller: nothing is filed that was not read.

Each part has a limit of words, the question behind it included. What does not fit is said in fewer words, then in a
further part; it is never cut.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.saying import clause

__all__ = ["SpokenPart", "changed_words", "read_back"]

_QUESTION = 4
"""Words kept for the question behind a part."""
_LONGEST = 16
"""A value that takes more words is said to be noted as the caller said it."""


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """What is read and confirmed at one go.

    Args:
        key: tells it from the other parts.
        names: the fields whose values it says.
        say: the words, without the question behind them.
    """

    key: str
    names: tuple[str, ...]
    say: str


def read_back(values: Mapping[str, Any], about: About) -> list[SpokenPart]:
    """All of it in parts, every value in one of them."""
    return [part for key in about.form.spec.parts for part in _Part(key, values, about).spoken()]


def changed_words(names: Collection[str], values: Mapping[str, Any], about: About) -> str:
    """Only the fields of a part that have changed since the caller heard all of it; empty where that is too long."""
    form = about.form
    changed = [one for one in form.spec.fields if one.name in names]
    told = [_clause(one, values, about) or _stays_open(one, values, about) for one in changed]
    changes = ", ".join(each for each in told if each) or form.texts.noted
    said = form.texts.changed.format(changes=form.spoken_alone(changes))
    return said if _count(said) <= form.spec.words_a_part - _QUESTION else ""


def _instructs(story: str | None, about: About) -> bool:
    """Do words to the machine stand in it? It is kept as it was said, and not spoken."""
    return story is not None and about.language.talk.without_instructions(story) != story


class _Part:
    """One part of the form, in as few stretches as hold it."""

    def __init__(self, key: str, values: Mapping[str, Any], about: About) -> None:
        self._key, self._values, self._about = key, values, about
        self._form, self._texts = about.form, about.form.texts
        spec = self._form.spec
        self._room = spec.words_a_part - _QUESTION
        told = [one for one in spec.fields if one.part == key and one.name in values]
        self._told = sorted(told, key=lambda one: one.name in spec.last)
        story = next((_clause(one, values, about) for one in told if one.name == spec.story), None)
        self._story = self._texts.in_your_words if story == "" or _instructs(story, about) else story or ""

    def spoken(self) -> list[SpokenPart]:
        """The stretches."""
        if not self._told:
            return []
        packed = self._packed()
        names = [[name for name, _ in group if name] for group in packed]
        said = {name for group in names for name in group}
        if silent := [one.name for one in self._told if one.name not in said]:
            names[0] = [*silent, *names[0]]  # the story, and what goes without saying
        return [
            SpokenPart(self._key_of(place), tuple(names[place]), self._sentence_of(group, place))
            for place, group in enumerate(packed)
        ]

    def _key_of(self, place: int) -> str:
        return f"{self._key}_{place + 1}" if place else self._key

    def _clauses(self, *, short: bool) -> list[tuple[str, str]]:
        story = self._form.spec.story
        said = [
            (one.name, said)
            for one in self._told
            if one.name != story and (said := _clause(one, self._values, self._about, short=short))
        ]
        follows = {one.relationship for one in self._told if one.relationship and self._values[one.name] is None}
        unknown = (one for one in self._told if self._values[one.name] is None and one.name not in follows)
        texts = (self._form.texts_of(one) for one in unknown)
        open_ones = [each.label for each in texts if each.label]
        if open_ones:
            said.append(("", self._texts.still_open.format(labels=", ".join(open_ones))))
        return said

    def _packed(self) -> list[list[tuple[str, str]]]:
        """The clauses in as few stretches as hold them, in fewer words where that saves one."""
        least = min(_count(_sentence(self._story)), _count(self._texts.in_your_words)) if self._story else 0
        said = self._clauses(short=False)
        if _count(*(each for _, each in said)) + least > self._room:
            said = self._clauses(short=True)
        groups: list[list[tuple[str, str]]] = [[]]
        room = self._room - least
        for name, each in said:
            if _count(each) > room and groups[-1]:
                groups.append([])
                room = self._room
            groups[-1].append((name, each))
            room -= _count(each)
        return groups

    def _sentence_of(self, group: list[tuple[str, str]], place: int) -> str:
        body = _sentence(", ".join(each for _, each in group))
        told = _sentence(self._story) if not place else ""
        if told and _count(told, body) > self._room:
            told = self._texts.in_your_words
        first = self._key == self._form.spec.parts[0] and not place
        lead = self._texts.lead if first and _count(self._texts.lead, told, body) <= self._room else ""
        return " ".join(part for part in (lead, told, body) if part)


def _clause(one: FieldSpec, values: Mapping[str, Any], about: About, *, short: bool = False) -> str:
    if one.name not in values:
        return ""
    if one.name == about.form.spec.story:
        return about.language.account.second_person(str(values[one.name]))
    said = clause(one, values, about, short=short)
    if _count(said) > _LONGEST:
        label = about.form.texts_of(one).label or one.name.replace("_", " ")
        return about.form.texts.as_you_said.format(label=label)
    return said


def _stays_open(one: FieldSpec, values: Mapping[str, Any], about: About) -> str:
    label = about.form.texts_of(one).label
    return about.form.texts.stays_open.format(label=label) if label and values.get(one.name) is None else ""


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
