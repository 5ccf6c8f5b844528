"""What an identity says and asks, in the language of a call."""

from collections.abc import Mapping
from typing import TypeVar

from backend.domain.identity_spec import IdentitySpec, IdentityTexts, OfferTexts, SecretPartSpec
from backend.domain.question import Kind, Question
from backend.domain.spec import in_language
from backend.language.standing import StandingWords

__all__ = ["Wording"]

_T = TypeVar("_T")

_ASKS: Mapping[str, Kind] = {"name": "name", "digits": "digits", "date": "date", "phone": "digits"}
"""Kinds of questions for kinds of parts; the others are text."""


class Wording:
    """The texts of one identity. ``check`` sees to it that there are some; without any the first language is spoken.

    Args:
        identity: whose.
        tag: the language of the call.
    """

    def __init__(self, identity: IdentitySpec, tag: str) -> None:
        self._identity = identity
        self._tag = tag
        self.texts: IdentityTexts = self._of(identity.texts)

    @property
    def standing(self) -> StandingWords:
        """What the business calls things, for those who cannot say who they are."""
        identity, tag = self._identity, self._tag
        return StandingWords(
            in_language(identity.holder, tag) or (),
            in_language(identity.things, tag) or (),
            in_language(identity.reasons, tag) or (),
            tuple(word for part in identity.parts for word in in_language(part.words, tag) or ()),
        )

    def question(self, part: SecretPartSpec) -> Question:
        """What is asked for one part. An answer shows who somebody is, so nothing of it is kept."""
        texts = self._of(part.texts)
        return Question(
            part.name,
            _ASKS.get(part.kind, "text"),
            texts.ask,
            texts.again,
            texts.simple,
            why=" ".join(filter(None, (self.texts.why, texts.why))),
            digits=part.digits,
            secret=part.is_exact,
        )

    def offer(self, what: str) -> Question:
        """What is offered to those who cannot be verified."""
        texts = self._offered(what)
        return Question("consent", "yes_no", texts.ask, texts.again, why=texts.why)

    def _offered(self, what: str) -> OfferTexts:
        report = self._identity.report
        if report is None or what == "person":
            return self.texts.person
        return self._of(report.offer if what == "report" else report.then_person)

    def _of(self, texts: Mapping[str, _T]) -> _T:
        return in_language(texts, self._tag) or next(iter(texts.values()))
