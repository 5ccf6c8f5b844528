"""The parts of an identity in what a caller says, by the language of the call."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from backend.domain.identity_spec import ASKED_ALONE, IdentitySpec, SecretPartSpec
from backend.domain.spec import in_language
from backend.identities.canonical import canonical
from backend.language.asked import Asked
from backend.language.named import language_named, region_of
from backend.language.parts import NumberPart, Parts, PartsAsked, parts_reader

__all__ = ["Hearing"]

_NOTHING = Parts()
_YEARS = 3 * 366


class Hearing:
    """What one identity's parts are in one language.

    Args:
        identity: whose parts.
        tag: the language of the call ("es-MX").
        now: the caller's local time.
    """

    def __init__(self, identity: IdentitySpec, tag: str, now: datetime) -> None:
        self._parts = {part.name: part for part in identity.parts}
        self._tag = tag
        self._now = now
        self._reader = parts_reader(tag)
        self._numbers = tuple(
            NumberPart(part.name, part.digits, part.plus, in_language(part.words, tag) or ())
            for part in identity.parts
            if part.kind == "digits"
        )
        self._name = next((part.name for part in identity.parts if part.kind == "name"), "")
        said = (in_language(words, tag) or () for words in (identity.holder, identity.things, identity.reasons))
        self._strange = frozenset(word for phrases in said for phrase in phrases for word in phrase.lower().split())
        self._by_length = not any(part.kind in ASKED_ALONE for part in identity.parts)

    @property
    def name_part(self) -> str:
        """The part that is the caller's name; empty where none is asked."""
        return self._name

    def hear(self, text: str, asked: str | None, *, opening: bool = True) -> Parts:
        """What ``text`` says of the parts; ``asked`` is the one that it answers."""
        if not text.strip():
            return _NOTHING
        part = self._parts.get(asked) if asked else None
        if part is not None and (self._reader is None or part.kind not in ("digits", "name")):
            return self._answer(part, text)
        if self._reader is None:
            return _NOTHING
        by_length = self._by_length or part is not None
        return self._reader.read(text, PartsAsked(self._numbers, self._name, asked, opening, by_length, self._strange))

    def was_said(self, part: str, value: str, texts: Iterable[str]) -> bool:
        """Has the caller said this, whatever a model made of it?"""
        said, spec = list(texts), self._parts[part]
        if self._reader is not None and spec.kind == "name":
            return self._reader.is_said(value, said)
        if self._reader is not None and spec.kind == "digits":
            return value in self._reader.numbers(said, self._numbers)
        wanted = canonical(spec.kind, value)
        return any(canonical(spec.kind, self._answer(spec, text).values.get(part, "")) == wanted for text in said)

    def _depends_on_today(self, text: str, asked: Asked, value: str) -> bool:
        """A day without its year, "yesterday": nobody is known by a day that is another one every year."""
        later = replace(asked, now=asked.now + timedelta(days=_YEARS))
        return language_named(self._tag).read(text, later).value != value

    def _answer(self, part: SecretPartSpec, text: str) -> Parts:
        """The answer to one question, as the language reads its kind. What is read with a doubt is asked again."""
        asked = Asked(
            part.kind,
            self._now,
            region_of(self._tag),
            digits=part.digits,
            pattern=part.pattern,
            past=part.kind == "date",
            born=part.kind == "date",
        )
        reading = language_named(self._tag).read(text, asked)
        if reading.outcome != "value" or not isinstance(reading.value, str):
            return Parts(doubt=frozenset({part.name}) if reading.outcome == "ask" else frozenset())
        if part.kind == "date" and self._depends_on_today(text, asked, reading.value):
            return Parts(doubt=frozenset({part.name}))
        value = reading.value if part.kind == "name" else canonical(part.kind, reading.value)
        fits = not part.digits or len(value) == part.digits
        return Parts({part.name: value}) if fits and value else Parts(doubt=frozenset({part.name}))
