"""Who a caller can be shown to be, as operations people write it: agent_store/identities/NAME.yaml. Strict."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from backend.domain.field_spec import BaseLanguage, Words
from backend.domain.spec import Name, Spec, in_language

__all__ = ["ASKED_ALONE", "EXACT", "IdentitySpec", "IdentityTexts", "LimitsSpec", "OfferTexts", "PartKind", "PartTexts",
           "ReportSpec", "SecretPartSpec"]  # fmt: skip

PartKind = Literal["name", "digits", "code", "postal_code", "date", "phone", "email"]
"""What a part is made of: kinds of ``backend.language.asked`` that can be compared exactly, and a name."""

EXACT = frozenset({"digits", "code", "postal_code", "date", "phone", "email"})
"""Kinds that open only when they are exactly right."""

ASKED_ALONE = frozenset({"code", "date", "phone", "email"})
"""Kinds that are read only from the answer to their own question."""


class PartTexts(Spec):
    """What is asked for one part, in one language."""

    ask: str = Field(min_length=1)
    """The question, one sentence."""
    again: str = Field(min_length=1)
    """The same in other words, with an example."""
    simple: str = ""
    """For somebody who was not understood twice: keys, or letters. Left out: made from the kind."""
    why: str = ""
    """One sentence for a caller who asks why. Left out: the identity's own."""


class SecretPartSpec(Spec):
    """One thing that a caller is asked for, to show who they are."""

    name: Name
    """The tool's argument."""
    kind: PartKind
    """What an answer is made of. Only a ``name`` may ever be misheard; everything else must be exactly right."""
    field: Name | None = None
    """The book's field that it is compared with. Left out: the field of the same name."""
    description: str = Field(min_length=3)
    """What it is, for the model: "The five digits of the caller's zip code, as said."."""
    digits: int = Field(default=0, ge=0, le=40)
    """Of ``digits``, ``code`` and ``postal_code``: how many characters it has. Must be given for ``digits``."""
    plus: int = Field(default=0, ge=0, le=10)
    """Of ``digits``: so many more may be said behind it and count for nothing, as the plus four of a zip code."""
    pattern: str = ""
    """Of ``code``: regular expression that it must match whole."""
    secret: bool = False
    """Is it a secret, hidden wherever it is ever said? Other parts are hidden in the turn in which they are given."""
    misheard: bool = False
    """Of a ``name``: is one that sounds alike enough, where every other part is exact and points to one person?"""
    words: Words = Field(default_factory=dict)
    """What callers call it, by language: "zip", "postal code". With these several parts are read from one breath."""
    texts: Mapping[BaseLanguage, PartTexts] = Field(default_factory=dict)
    """What is asked, by language."""

    @property
    def of_record(self) -> str:
        """The book's field."""
        return self.field or self.name

    @property
    def is_exact(self) -> bool:
        """Must it be exactly right?"""
        return self.kind in EXACT

    def texts_in(self, language: str) -> PartTexts | None:
        """What is asked in a language."""
        return in_language(self.texts, language)


class OfferTexts(Spec):
    """An offer to a caller who cannot be verified: a question with a plain yes or no."""

    ask: str = Field(min_length=1)
    """What is offered, and whether that is all right."""
    again: str = Field(min_length=1)
    """The same in other words."""
    why: str = ""
    """For a caller who asks why."""


class ReportSpec(Spec):
    """A caller who cannot be verified may leave a report all the same, where there is one to make."""

    offer: Mapping[BaseLanguage, OfferTexts]
    """Offered to those who cannot or will not say who they are, by language."""
    then_person: Mapping[BaseLanguage, OfferTexts]
    """Offered to those who are locked out: the report first, then a person."""
    wish: str = ""
    """What the caller wants then, for the model: "to report an accident"."""


class IdentityTexts(Spec):
    """What is said around the questions, in one language."""

    why: str = ""
    """Why it is asked, for parts that do not say so themselves."""
    verified: str = ""
    """Said to a caller who is verified. Empty: nothing."""
    not_found: str = Field(min_length=1)
    """Said after a failed try, whatever part was wrong, before the next question."""
    locked: str = Field(min_length=1)
    """Said when there are no more tries."""
    thanks: str = ""
    """Said to a caller who cannot be verified, before the offer."""
    person: OfferTexts
    """The offer of a person, for those who cannot or will not say who they are and have nothing to report."""
    otherwise: str = Field(min_length=1)
    """Asked when they want no person either."""


class LimitsSpec(Spec):
    """How many failed tries are allowed. Left out: those of the server's settings."""

    per_call: int | None = Field(default=None, ge=1, le=20)
    """In one call; then a person takes over."""
    per_number: int | None = Field(default=None, ge=1, le=100)
    """From one caller's number in 24 hours. Withheld numbers count for their call only."""
    per_record: int | None = Field(default=None, ge=1, le=100)
    """Against one record of the book in 24 hours, whoever calls."""


class IdentitySpec(Spec):
    """Who a caller can be shown to be, and how."""

    name: Name
    """The same as the file's name."""
    description: str = Field(min_length=3)
    """What it shows, for people."""
    book: Name
    """Where the records are: agent_store/books/NAME.yaml."""
    tool: Name | None = None
    """Name of the tool. Left out: verify_NAME."""
    tool_description: str = ""
    """What the tool does, for the model. Left out: made from the parts."""
    grants: Name | tuple[Name, ...] = ()
    """What tools may want of a caller: ``requires: NAME``. Left out: the identity's name."""
    id: Name = "id"
    """The book's field that says which record it is."""
    full_name: Name = "full_name"
    """The book's field with the name that the caller is called by."""
    attributes: tuple[Name, ...] = ()
    """Fields of the record that prompts, tools and forms may know once the caller is verified."""
    holder: Words = Field(default_factory=dict)
    """What somebody who has a record is called: "policyholder", "patient". Who says they are not one is not asked."""
    things: Words = Field(default_factory=dict)
    """What the record is about: "policy", "account". "It's my husband's policy" is understood by it."""
    reasons: Words = Field(default_factory=dict)
    """What callers call about: "I'm calling for a claim" is no call for somebody else, and a word of it is no name."""
    parts: tuple[SecretPartSpec, ...] = Field(min_length=1)
    """What is asked, in this order."""
    limits: LimitsSpec = LimitsSpec()
    report: ReportSpec | None = None
    """May a caller who cannot be verified leave a report? Left out: they are offered a person only."""
    texts: Mapping[BaseLanguage, IdentityTexts]
    """What is said around the questions, by language."""

    @property
    def tool_name(self) -> str:
        """The tool that agents name."""
        return self.tool or f"verify_{self.name}"

    @property
    def granted(self) -> tuple[str, ...]:
        """What a verified caller has."""
        return (self.grants,) if isinstance(self.grants, str) else self.grants or (self.name,)

    @property
    def exact(self) -> tuple[SecretPartSpec, ...]:
        """Parts that must be exactly right."""
        return tuple(part for part in self.parts if part.is_exact)

    def texts_in(self, language: str) -> IdentityTexts | None:
        """What is said in a language."""
        return in_language(self.texts, language)
