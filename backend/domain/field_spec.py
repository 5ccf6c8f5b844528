"""One field of a form as operations people write it. Strict: unknown keys are errors."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from backend.domain.condition import Condition
from backend.domain.spec import Name, Spec, in_language

__all__ = [
    "BaseLanguage", "ChoiceSpec", "ClauseSpec", "FieldKind", "FieldSpec", "FieldTexts", "KnownSpec", "OfferSpec",
    "PartSpec", "Words",
]  # fmt: skip

BaseLanguage = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
"""A language (en), or one of a country where that says it otherwise (en-GB)."""

Words = Mapping[BaseLanguage, tuple[str, ...]]
"""Words and short phrases by language, in lower case."""

FieldKind = Literal[
    "text", "yes_no", "choice", "integer", "date", "time", "digits", "code", "phone", "email", "postal_code",
    "money", "name", "person", "address", "group",
]  # fmt: skip
"""What an answer is made of: the kinds of ``backend.language.asked``."""


class FieldTexts(Spec):
    """What is said about a field, in one language."""

    ask: str = ""
    """The question, one sentence."""
    again: str = ""
    """The same in other words, with an example. Left out: made from the kind."""
    simple: str = ""
    """For somebody who was not understood twice: keys, or the plainest words. Left out: made from the kind."""
    example: str = ""
    """An answer that would do."""
    why: str = ""
    """One sentence for a caller who asks why this is asked."""
    rest: Mapping[Name, str] = Field(default_factory=dict)
    """Of an address or a group: the question for its one part that is lacking: {city: "In which city was that?"}."""
    say: str = "{value}"
    """A clause of the read-back; {value}, and {part} for each part of a group."""
    short: str = ""
    """The same in fewer words, where the read-back has little room."""
    span: str = ""
    """Of a time: the clause where only two are known between which it was: "between {first} and {last}". It is kept as
    15:00-16:00. Left out: a time is kept only, and who says "between three and four" is asked again."""
    nothing: str = ""
    """The clause when the answer is nobody, nothing, or an empty list."""
    one: str = ""
    """Of a list: the clause for one entry that has no name."""
    many: str = ""
    """Of a list: the clause for more entries than are named; {count}."""
    label: str = ""
    """The thing in a word or two: "still open: the place"."""
    offer: str = ""
    """The question when the book knows one value: "Was it your {value}?"."""
    offer_again: str = ""
    """What is asked after an answer of which only a part was understood, where that part points to one known value:
    "It was your {value}, is that right?" Left out: the question is asked in its other words."""
    offer_some: str = ""
    """The question when the book knows a few: "Which car was it: {values}?". Of a date or time: when an answer may mean
    two of them, or points to one that is in doubt, "Was that {values}?"."""
    offer_item: str = "{value}"
    """One of them, in that question: "the {value}"."""
    offer_key: str = "{key}: {value}"
    """One of them, in its third form: "{key} for the {value}"."""
    caller: str = ""
    """Of a person: kept of the caller where their name is not known."""
    unnamed: str = ""
    """Of a person: kept of somebody whose name is not known: "the caller's {relationship}"."""
    offer_keys: str = ""
    """The third form of that: "Which car was it? Please press {keys}."."""


class ChoiceSpec(Spec):
    """One answer of a choice; of a yes_no: words that say yes (true) or no (false); of an integer: what is counted."""

    value: str | int | bool | None = None
    """What is kept. Of a person: caller or nobody. Of an integer: 1, or left out for the caller's own, which always
    counts. Of a yes_no, left out: words that make a question of any answer."""
    words: Words = Field(default_factory=dict)
    """Words that mean it, by language. "bleed*": words that begin so; "cut|burned + arm": both in one clause;
    "damage?": counts only where nothing else says anything; "{NAME}": a list of the form's ``vocabulary``."""
    say: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """The clause of the read-back. Left out: the field's own."""
    short: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """The same in fewer words."""
    bare: Words = Field(default_factory=dict)
    """Whole answers that mean it as long as the choices were not offered, though they may mean another: "work"."""
    offered: bool = True
    """Is it named, and given a key, when callers are offered the choices? Of what is counted: is it a noun ("truck"),
    and no name, which mostly says again what was said ("a Honda") and counts in a plain list only?"""


class ClauseSpec(Spec):
    """A clause of the read-back for some answers."""

    when: Condition
    """For these; it sees all fields."""
    say: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """The clause by language; empty: it goes without saying."""
    short: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """The same in fewer words."""


class KnownSpec(Spec):
    """A value that follows from other answers, so that nobody is asked."""

    when: Condition
    """All of it must hold."""
    value: Any = None
    """What follows."""


class OfferSpec(Spec):
    """Values that a book knows of the caller: one is confirmed instead of asked, a few are offered."""

    source: str = Field(alias="from", pattern=r"^subject\.[a-z][a-z0-9_.]*$")
    """Where they are: ``subject.name``, or an attribute of the subject such as ``subject.rooms``."""
    most: int = Field(default=3, ge=1, le=9)
    """More than this are not listed to a caller."""


class PartSpec(Spec):
    """One part of a group."""

    name: Name
    kind: FieldKind = "text"
    words: Words = Field(default_factory=dict)
    """Words that announce it, by language."""
    choices: tuple[ChoiceSpec, ...] = ()
    """The answers of a choice."""
    values: Name | None = None
    """List of the form (``lists:``) that holds the answers, instead of ``choices``."""
    within: Name | None = None
    """Part on whose value the answers of that list depend: the models of a make."""
    digits: int = Field(default=0, ge=0, le=40)
    """How many digits; an integer of four is a year."""
    needed: bool = True
    """Must it be said?"""


class FieldSpec(Spec):
    """One thing that is asked for."""

    name: Name
    """Name in the tool, the API and the read-back."""
    kind: FieldKind
    """What an answer is made of."""
    texts: Mapping[BaseLanguage, FieldTexts] = Field(default_factory=dict)
    """What is said about it, by language; every language of the lines that use the form."""
    describe: str = ""
    """For the model: what it is, in one sentence."""
    understand: Name | None = None
    """Name of the kind in rows of ``ringmaster understand --jsonl``."""
    part: Name | None = None
    """Part of the read-back that says it. Left out: it is not read back."""
    says: tuple[ClauseSpec, ...] = ()
    """Clauses for some answers; the first whose condition holds is said instead of the field's own."""
    when: Condition = Field(default_factory=dict)
    """Asked only if this holds; it may look at earlier fields and at ``verified``."""
    known: tuple[KnownSpec, ...] = ()
    """Values that follow from other answers."""
    offer: OfferSpec | None = None
    """Values that a book knows of the caller."""
    beside: Words = Field(default_factory=dict)
    """Words that callers say beside an answer, or around an offered value, and that say nothing: "my own car". Of a
    yes_no, a choice, a count, a person and a group, an answer with words that nobody knows is asked again."""
    told_with: Words = Field(default_factory=dict)
    """Words of the business that an answer is told with, and that may stay unread beside it: "I was driving the truck
    home". Unlike ``beside`` they still count where one of several offered values is picked. "{NAME}": a list of the
    form's ``vocabulary``."""
    may_stay_open: bool = False
    """Can the form do without it, when the caller cannot say?"""
    open_value: str | None = None
    """What is kept then. Left out: nothing (null)."""
    confirm: bool = False
    """Of a phone: read back by itself, as soon as it was said."""
    story: Literal["", "any", "yes", "no"] = ""
    """May it be taken from what callers tell unasked: any value, or only a yes or a no?"""
    story_words: Words = Field(default_factory=dict)
    """Unasked, only clauses with one of these words are read for it. Left out: the kind decides."""
    named: Words = Field(default_factory=dict)
    """How callers speak of the field itself: after "the date is wrong" it is asked for anew."""
    choices: tuple[ChoiceSpec, ...] = ()
    """Answers of a choice; words for yes and no; things that are counted."""
    values: Name | None = None
    """List of the form (``lists:``) that holds the answers of a choice, instead of ``choices``."""
    ordered: bool = False
    """Of a choice: where an answer fits several, the first of them is meant."""
    otherwise: str | None = None
    """Of a choice: kept when an answer of two words and more is none of the choices."""
    parts: tuple[PartSpec, ...] = ()
    """Parts of a group."""
    needs: tuple[Name, ...] = ()
    """Of an address: the parts that must be said, such as [street, city]."""
    list: bool = False
    """Of a person: is it a list of people (passengers, witnesses)? An empty list is an answer."""
    most: int = Field(default=20, ge=1, le=100)
    """Entries of a list; the rest is not kept."""
    answer: Name | None = None
    """Of a yes_no with details: the key that keeps the yes or no."""
    details: Name | None = None
    """Of a yes_no: the key that keeps the caller's words when the answer is yes."""
    nobody: str | None = None
    """Of a person: what is kept when it is nobody. Left out: nobody is no answer."""
    relationship: Name | None = None
    """Of a person: the field that keeps the relationship when it is told with the name."""
    companions: Name | None = None
    """Of a person: the list that keeps people who are named beside them."""
    prevails: bool | None = None
    """Of a yes_no: the answer that one clause is enough for, whatever the others say: true for "Was anybody hurt?"."""
    learned: Name | None = None
    """Of a yes_no: what example answers taught (``learned/NAME.LANGUAGE.json``, made by ``ringmaster learn``). It may
    settle an answer that the words leave in doubt; where it is sure of the contrary, it is asked again."""
    digits: int = Field(default=0, ge=0, le=40)
    """How many digits; 0: any number."""
    pattern: str = ""
    """Regular expression that a code must match whole."""
    least: int | None = None
    """Of an integer: the smallest."""
    greatest: int | None = None
    """Of an integer: the largest."""
    past: bool = False
    """Of a date or time: it cannot be to come."""
    future: bool = False
    """Of a date: it cannot be gone."""
    within_days: int | None = Field(default=None, ge=1)
    """Of a date: no further from today than this."""
    least_words: int = Field(default=1, ge=1, le=20)
    """Of a text or name: fewer words are no answer."""
    longest: int = Field(default=500, ge=1, le=5000)
    """Characters of a text that are kept."""

    def texts_in(self, language: str) -> FieldTexts | None:
        """What is said about it in this language."""
        return in_language(self.texts, language)
