"""A form filled by voice, as operations people write it (agent_store/forms). Strict: unknown keys are errors."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from backend.domain.condition import Condition
from backend.domain.field_spec import BaseLanguage, FieldSpec, Words
from backend.domain.spec import Name, Spec, in_language

__all__ = ["AliasSpec", "AlikeSpec", "FirstSpec", "FormSpec", "FormTexts", "FormToolsSpec", "StepSpec", "TurnTexts"]


class TurnTexts(Spec):
    """A question that the form puts beside its fields."""

    ask: str = Field(min_length=1)
    """The first form, one sentence."""
    again: str = Field(min_length=1)
    """The second form: other words, with an example."""
    simple: str = ""
    """The third form. Left out: made from the kind."""
    why: str = ""
    """For a caller who asks why."""


class FormTexts(Spec):
    """What is said around the fields, in one language. {number} is the number of the case, said slowly; {NAME} the
    value of a field."""

    lead: str = ""
    """Before the read-back."""
    correct: TurnTexts
    """Asked when the caller does not agree with the read-back and has not said what is wrong."""
    changed: str = "{changes}."
    """Said of a part of which only a few values have changed: {changes}."""
    in_your_words: str = ""
    """Said instead of a story that is too long to be read."""
    as_you_said: str = "{label}"
    """Said instead of a value that is too long to be read: {label}."""
    bare: tuple[str, ...] = ()
    """Beginnings of clauses that need {alone} in front of them when they stand alone: at, around, with."""
    alone: str = "{changes}"
    """Such a clause alone: "it was {changes}"."""
    noted: str = ""
    """Said of a change that has no words: "that is noted"."""
    stays_open: str = "{label}"
    """A change to: it stays open; {label}."""
    still_open: str = "{labels}"
    """What was left open: {labels}."""
    both: str = " and "
    """Between the last two of a list."""
    either: str = " or "
    """Between the last two of a choice."""
    else_: str = Field(default="", alias="else")
    """Asked when it is done: anything else?"""
    sorry: str = ""
    """Said once, after the caller has told what happened."""
    earlier: str = ""
    """A draft of an earlier call that broke off was found; may name fields."""
    earlier_bare: str = ""
    """The same when these fields are not known."""
    go_on: TurnTexts
    """Go on with that draft?"""
    going_on: str = ""
    """Said when it goes on."""
    already: str = ""
    """There is a filed case like this one: {number}, and fields of it."""
    already_bare: str = ""
    """The same when these fields are not known."""
    same: TurnTexts
    """Is it about the same thing?"""
    reported: TurnTexts | None = None
    """Asked of a caller who speaks of an earlier report, where no case of theirs is known: is it something new?"""
    reported_person: str = ""
    """It is not: a person tells how it stands."""
    added: str = ""
    """What was told was added to the filed case."""
    to_correct: str = ""
    """What was put right was added to the filed case, for a person to correct; left out, ``added``."""
    second: str = ""
    """A person takes a second one in the same call."""
    leave: TurnTexts
    """The caller wants to leave in the middle: leave it unfinished?"""
    kept: str = ""
    """Said to a caller whose answer to that was half a yes twice, before the call ends: it is kept as it is."""
    unfinished: str = ""
    """The same from an agent that does not take the form: shall we go on with it?"""
    back: str = ""
    """After a question in the middle, before what the form waits for."""
    filed: tuple[str, ...] = ()
    """Said in this order when it is filed; {number} is the number."""
    text_offer: str = ""
    """Said as well when the number can be texted."""
    text_ask: TurnTexts | None = None
    """The consent to the text message."""
    text: str = ""
    """The text message: {company}, {plain_number}."""
    text_sent: str = ""
    """It was sent."""
    text_sent_before: str = ""
    """It was sent before."""
    text_impossible: str = ""
    """No text message can be sent to this phone."""
    text_unwanted: str = ""
    """The caller wants none."""
    text_unsure: str = ""
    """Nobody knows whether it was sent."""
    text_failed: str = ""
    """It could not be sent."""
    waits: str = ""
    """Said when it is noted and cannot be filed just now; no number is promised."""
    waits_call: str = ""
    """Behind it: a colleague calls, at {phone}."""
    waits_person: str = ""
    """Behind it: a person takes over."""
    own_phone: TurnTexts | None = None
    """Is the phone they call from the number to call back?"""
    phone_heard: str = ""
    """The number that was understood: {phone}."""
    phone_right: TurnTexts | None = None
    """Is that number right?"""


class FormToolsSpec(Spec):
    """The two tools that agents name to have the form."""

    record: Name | None = None
    """Takes what the caller says. Left out: record_NAME."""
    file: Name | None = None
    """Files it. Left out: file_NAME."""
    text: Name | None = None
    """Sends the number as a text message. Left out: there is none."""
    record_description: str = "Record what the caller says for the form, as soon as they say it."
    """For the model."""
    file_description: str = "File the form, once the caller has said yes to each part of the read-back."
    """For the model."""
    text_description: str = "Send the number as a text message to the phone that the caller is calling from."
    """For the model."""
    text_filler: str | None = None
    """Said while sending it takes long."""
    filler: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """Said while filing takes long."""


class AliasSpec(Spec):
    """Names that outsiders know a case of this form by, from before there were forms."""

    api: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] | None = None
    """``/api/v1/API`` answers as it did."""
    id: Name | None = None
    """Key of the number."""
    subject: Name | None = None
    """Key of the subject's id."""
    header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")] | None = None
    """SIP header of the number on transfer, without the X-."""
    subject_header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")] | None = None
    """SIP header of the subject's id."""
    verdict: Name | None = None
    """Key of the filed fields in rehearsals and suites."""


class AlikeSpec(Spec):
    """When a second case is asked about: is it the same again?"""

    fields: tuple[Name, ...] = Field(min_length=1)
    """These fields have the same values as in a filed case of the same subject."""
    within_days: int | None = Field(default=None, ge=1)
    """And it was filed no longer ago than this."""


class StepSpec(Spec):
    """Something that is said when the form is filed: what happens next."""

    when: Condition = Field(default_factory=dict)
    """Only if this holds."""
    line: Name | None = None
    """The text of the line's ``next_steps`` that is said."""
    say: Mapping[BaseLanguage, str] = Field(default_factory=dict)
    """Or a text of the form's own, by language."""


class FirstTexts(Spec):
    """What is asked before everything else, in one language."""

    ask: TurnTexts
    """Is anyone hurt, and are they safe?"""
    narrow: TurnTexts
    """After a bare yes or no, which may answer either half."""
    help: TurnTexts
    """Is help needed?"""
    sorry: str = ""
    """Before the question."""
    sorry_for_them: str = ""
    """When somebody is hurt."""
    safe_place: str = ""
    """When the caller is not in a safe place."""
    pull_over: str = ""
    """When the caller drives while they speak. Left out: what is said to all who are in no safe place."""


class FirstSpec(Spec):
    """People come first: asked of whoever reports, before who they are."""

    field: Name
    """The yes_no that keeps the answer."""
    topic: Name | None = None
    """Topic of the line that shows that somebody has something for this form. Left out: the tool alone shows it."""
    tool: Name = "check_safety"
    """The tool that takes the answer; agents without it ask nothing first."""
    texts: Mapping[BaseLanguage, FirstTexts]
    """What is said, by language."""

    def texts_in(self, language: str) -> FirstTexts | None:
        """What is said in this language."""
        return in_language(self.texts, language)


class FormSpec(Spec):
    """One form: agent_store/forms/NAME.yaml."""

    name: Name
    """The same as the file's name."""
    description: str = ""
    """What it is for. For people only."""
    tools: FormToolsSpec = FormToolsSpec()
    """Names and descriptions of its tools."""
    number: Annotated[str, Field(pattern=r"^[A-Z0-9{}:a-z-]{4,60}$")] = "{year}-{random:8}"
    """Pattern of the numbers of its cases, such as ABC-{year}-{random:6}."""
    requires: Name | None = "verified_caller"
    """Who the caller must have been shown to be. Left out (null): anybody."""
    unverified: tuple[Name, ...] = ()
    """Fields that are asked first of a caller who could not be verified; empty: they cannot use the form."""
    aliases: AliasSpec = AliasSpec()
    """Names that outsiders know its cases by."""
    texts: Mapping[BaseLanguage, FormTexts]
    """What is said around the fields, by language."""
    parts: tuple[Name, ...] = Field(min_length=1)
    """Parts of the read-back, in the order in which they are read; each needs its own yes."""
    words_a_part: int = Field(default=35, ge=15, le=60)
    """Words of one part at most, with the question behind it."""
    fields: tuple[FieldSpec, ...] = Field(min_length=1)
    """In the order in which they are asked for."""
    last: tuple[Name, ...] = ()
    """Fields that are said behind the others of their part."""
    story: Name | None = None
    """The text field in which callers tell what happened; other fields are found in it."""
    lists: Mapping[Name, Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    """Names that belong together: a make and its models."""
    also: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Other words for names in these lists: chevy for Chevrolet."""
    no_names: Words = Field(default_factory=dict)
    """Words beside such names that are none: car, white."""
    vocabulary: Mapping[Name, Words] = Field(default_factory=dict)
    """Lists of words that the words of choices, and ``told_with`` of fields, name in braces."""
    topic: Words = Field(default_factory=dict)
    """Words by which callers show that they have something for this form, by language."""
    events: Words = Field(default_factory=dict)
    """Words of things that happen; what callers tell first is the story when it holds one of them."""
    announcing: Words = Field(default_factory=dict)
    """Words that only announce something for this form: they tell nothing of what happened."""
    alike: tuple[AlikeSpec, ...] = ()
    """When a second case is asked about: is it the same again?"""
    drafts_days: int = Field(default=14, ge=0, le=365)
    """A draft that broke off longer ago is not offered any more."""
    first: FirstSpec | None = None
    """What comes before everything else: is anybody hurt?"""
    steps: tuple[StepSpec, ...] = ()
    """What callers are told of what happens next, when it is filed."""
    _learned: Mapping[str, Mapping[str, Any]] = PrivateAttr(default_factory=dict)

    @property
    def record_tool(self) -> str:
        """Name of the tool that takes what callers say."""
        return self.tools.record or f"record_{self.name}"

    @property
    def file_tool(self) -> str:
        """Name of the tool that files it."""
        return self.tools.file or f"file_{self.name}"

    @property
    def tool_names(self) -> tuple[str, ...]:
        """Names of all its tools."""
        besides = (self.tools.text, self.first.tool if self.first else None)
        return (self.record_tool, self.file_tool, *(name for name in besides if name))

    def texts_in(self, language: str) -> FormTexts | None:
        """What is said around the fields in this language."""
        return in_language(self.texts, language)

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def with_learned(self, found: Mapping[str, Mapping[str, Any]]) -> "FormSpec":
        """The same form with what example answers taught, by the name that fields give and by language: it stands in
        files of its own."""
        copy = self.model_copy()
        copy._learned = found
        return copy

    def learned(self, field: FieldSpec, language: str) -> Any:
        """What example answers to a field taught in this language; ``None`` where nothing has."""
        return in_language(self._learned.get(field.learned or "", {}), language)
