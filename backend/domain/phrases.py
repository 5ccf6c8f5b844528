"""Every fixed sentence that a caller may hear: agent_store/phrases/LANGUAGE.yaml. Strict: unknown keys are errors.

A phrase that is left out of one file is taken from the next: the agent's own, the line's own, the region's
(``es-MX.yaml``), the language's (``es.yaml``). What forms and identities ask is written with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from backend.domain.spec import Spec

__all__ = ["Gaps", "Phrases", "Text", "Texts", "fill", "gaps_of"]

Text = Annotated[str, Field(min_length=1)]
"""One phrase."""
Texts = tuple[Text, ...]
"""Phrases that are said in turn."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a phrase must leave room for: ``{number}``."""

    names: tuple[str, ...]


def _with(*names: str) -> Gaps:
    return Gaps(names)


@cache
def gaps_of(key: str) -> tuple[str, ...]:
    """The gaps that a phrase must have."""
    found = [note.names for note in Phrases.model_fields[key].metadata if isinstance(note, Gaps)]
    return found[0] if found else ()


def fill(text: str, values: Mapping[str, str]) -> str:
    """A phrase with its gaps filled in; other braces stay as they are."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


class _Ends(Spec):
    """How a call begins and ends."""

    closed: Text = ""
    """Said first to those who call outside the opening hours."""
    opens_again: Annotated[Text, _with("day", "time")] = ""
    """Said before the goodbye to those who are only told that the line is closed: when it opens next."""
    full: Text = ""
    """Said first to those who call when the line has as many calls as it takes, where it does not just ring busy."""
    in_danger: Text = ""
    """Asked behind ``closed`` and ``full``, and once after a word of peril: a yes means that somebody is hurt or in
    danger."""
    in_danger_again: str = ""
    """The same, the second time and in other words. Empty: the first words come again."""
    danger_unclear: Text = ""
    """Said when that was asked three times and is still not clear. It says what to do in an emergency."""
    recording: Text = ""
    """Said before the greeting where calls are recorded."""
    recording_consent: Text = ""
    """Asked behind ``recording`` where callers are asked first; a plain yes agrees."""
    recording_agreed: Text = ""
    """Said to a caller who agreed, in front of the greeting."""
    not_recorded: Text = ""
    """Said to a caller who did not clearly agree: their call is not recorded."""
    goodbye: Text = ""
    """Said where an agent would hang up without a word."""
    thanks_goodbye: Text = ""
    """Said to a caller who says goodbye in the middle of a question."""
    anything_else: Text = ""
    """Asked when something is done."""
    time_is_near: str = ""
    """Said a minute before the longest time of a call. Empty: nothing is."""
    time_is_up: Text = ""
    """Said at the longest time of a call, before it ends."""
    capped: Text = ""
    """Said to callers beyond a cap, before the line hangs up. It says what to do in an emergency."""
    blocked: Text = ""
    """Said to those on the block list, before the line hangs up. It says what to do in an emergency."""
    giving_up: Text = ""
    """Said before a call ends that can no longer be carried: its audio or its server is lost."""
    resumed: Text = ""
    """Said where a call goes on that was cut off, in front of the last question."""
    say_again: Text = ""
    """Asked behind ``resumed`` where there was no question."""


class _Trouble(Spec):
    """What is said when something of ours is slow or broken."""

    fillers: Texts = ()
    """Said one after the other while an answer is slow."""
    hold_on: Text = ""
    """Said while recognition, or the voice, is late."""
    slow: Text = ""
    """Said when an answer takes too long, in front of ``way_out``."""
    trouble: Text = ""
    """Said when an answer cannot be made, in front of ``way_out``."""
    way_out: Annotated[Text, _with("key")] = ""
    """What a caller may do then. ``{key}`` is the key for a person."""
    way_out_without_key: Text = ""
    """The same where no key leads to a person, and in chats."""
    unheard: Text = ""
    """Said when the caller spoke and nothing was understood."""
    deaf: Annotated[Text, _with("key")] = ""
    """Said when recognition is away. ``{key}`` is the key for a person."""
    deaf_without_key: Text = ""
    """The same where no key leads to a person."""
    cannot_help: Text = ""
    """Said instead of an answer in which an agent would have told its own instructions."""
    other_words: Text = ""
    """Said when the content filter let nothing through."""
    in_circles: Text = ""
    """Said before a person takes over, because one question led to nothing three times."""
    unreachable: Text = ""
    """Said when a tool server is down."""
    key_names: dict[str, Text] = Field(default_factory=dict)
    """What the keys of a telephone are called, for ``{key}``: "0", "*" and "#" at least."""


class _Silence(Spec):
    """What is said to a caller who says nothing, and to one who says something beside the matter."""

    still_there: Texts = ()
    """Said after each silence of the caller."""
    hang_up: Text = ""
    """Said when the caller stayed silent, before the line hangs up."""
    still_here: Texts = ()
    """Said after each silence of a caller who has asked for a moment."""
    take_your_time: Annotated[Texts, Field(min_length=1)] = ()
    """Said to a caller who asks for a moment, and again when they ask once more."""
    hearing: Text = ""
    """Said to a caller who asks whether they are heard, in front of the question."""
    glad: Text = ""
    """Said to a caller who answers ``still_there``, in front of the question."""
    slower: Text = ""
    """Said to a caller who asks for slower speech."""
    machine: Text = ""
    """Said to a caller who asks whether this is a machine."""
    if_yes: Text = ""
    """Said to a caller who asks what a yes leads to, before the question comes again."""
    may_ask: Text = ""
    """Said to a caller who wants to ask something first."""
    recorded: str = ""
    """Said to a caller who asks whether the call is recorded, where it is, in front of the question. Empty, here and
    where it is not: such words go to the agent."""
    not_being_recorded: str = ""
    """Said to a caller who asks whether the call is recorded, where it is not, in front of the question."""
    takes_so_long: str = ""
    """Said to a caller who asks how long this takes, in front of the question. Empty: such words go to the agent."""
    of_course: str = ""
    """Said to a caller who asks for a language of the line, in that language, in front of the question."""
    no_other_language: str = ""
    """Said to a caller who asks for a language that the line does not have, in front of the question. Empty: such words
    go to the agent."""
    start_over: Text = ""
    """Said to a caller who would like to begin anew in the middle of a form, in front of the question."""
    needed: Text = ""
    """Said to a caller who asks why a question is asked, or would rather not answer it, where it has no reason of its
    own."""
    or_a_person: str = ""
    """Said behind that reason to a caller who would rather not answer what cannot stay open, before it is asked for the
    last time. Empty: nothing is."""


class _Person(Spec):
    """What is said on the way to a person."""

    connecting: Text = ""
    """Said before the transfer."""
    no_person: Text = ""
    """Said when nobody took the call; the agent goes on."""
    emergency: Text = ""
    """Said before the transfer in an emergency: one instruction, and no other beside it."""
    no_person_in_emergency: Text = ""
    """Said when nobody took an emergency; until then nobody is told to hang up."""
    still_trying: Texts = ()
    """Said in turn while the colleague's phone rings."""
    still_ringing: Text = ""
    """Said to a caller who speaks while the colleague's phone rings."""
    colleague_comes: str = ""
    """Said when a colleague takes the call over in the console. Empty: the phrase ``connecting``."""
    colleague_left: str = ""
    """Said in front of the last question when that colleague gives the caller back. Empty: the phrase ``resumed``."""
    colleague_lost: str = ""
    """The same where that colleague was cut off. Empty: the phrase ``resumed``."""
    chat_person: Annotated[Text, _with("number")] = ""
    """Where a person answers, for readers of a chat."""
    chat_emergency: Text = ""
    """The one instruction in an emergency, for readers of a chat."""
    other_language: Text = ""
    """Said in each language of the line to a caller who speaks none of them, before a person takes over."""
    to_a_person: Text = ""
    """Said when a question was not understood three times, before a person takes over."""
    not_right: Text = ""
    """Said when what was read back was refused three times, before a person takes over."""


class _Asking(Spec):
    """How questions are asked again, and what is asked behind a read-back."""

    left_open: Text = ""
    """Said where an answer is not needed and not to be had."""
    correct: Text = ""
    """Asked behind the first part of a read-back."""
    correct_too: Text = ""
    """Asked behind each further part."""
    correct_again: Text = ""
    """Asked when the answer to that was neither a yes nor a no."""
    correct_why: Text = ""
    """Why it is asked."""
    change: Text = ""
    """Asked when the caller does not agree to a read-back."""
    change_again: Text = ""
    """The same in other words."""
    change_simple: Text = ""
    """The same for the third time."""
    change_why: Text = ""
    """Why it is asked."""
    yes_or_no: Annotated[Text, _with("question")] = ""
    """Asks once more for a yes to what a tool is about to do."""
    yes_or_no_keys: Annotated[Text, _with("question")] = ""
    """The same with keys."""
    yes_why: Text = ""
    """Why it is asked."""
    ask: Annotated[Text, _with("label")] = ""
    """Asks for an argument of a tool that has no question of its own."""
    again_choice: Annotated[Text, _with("label", "choices")] = ""
    """Asks once more for one of a few choices."""
    again_date: Annotated[Text, _with("label")] = ""
    """Asks once more for a day."""
    again_time: Annotated[Text, _with("label")] = ""
    """Asks once more for a time."""
    again_digits: Annotated[Text, _with("label", "example")] = ""
    """Asks once more for a row of digits."""
    again_integer: Annotated[Text, _with("label")] = ""
    """Asks once more for a number."""
    again_yes_no: Annotated[Text, _with("question")] = ""
    """Asks once more for a yes or no."""
    again_text: Annotated[Text, _with("label")] = ""
    """Asks once more for anything else."""
    simple_digits: Annotated[Text, _with("count")] = ""
    """Asks the third time for a row of digits of a known length."""
    simple_number: Text = ""
    """The same where the length is not known."""
    simple_integer: Annotated[Text, _with("example")] = ""
    """Asks the third time for a number."""
    simple_choice: Annotated[Text, _with("keys")] = ""
    """Asks the third time for one of a few choices."""
    simple_yes_no: Text = ""
    """Asks the third time for a yes or no."""
    simple_date: Annotated[Text, _with("example")] = ""
    """Asks the third time for a day."""
    simple_time: Annotated[Text, _with("example")] = ""
    """Asks the third time for a time."""
    simple_name: Text = ""
    """Asks the third time for a name."""
    simple_place: Text = ""
    """Asks the third time for an address."""
    simple_text: Text = ""
    """Asks the third time for anything else."""
    simple_text_example: Annotated[Text, _with("example")] = ""
    """The same where there is an example."""
    key_for: Annotated[Text, _with("key", "choice")] = ""
    """One of the keys in ``simple_choice``."""
    or_word: Text = ""
    """Between the last two of several choices."""
    example_digits: Annotated[Texts, Field(min_length=9)] = ()
    """Digits in words, of which examples are made."""
    example_integer: Text = ""
    """An example of a number."""
    example_date: Text = ""
    """An example of a day."""
    example_time: Text = ""
    """An example of a time."""


class _CallBack(Spec):
    """What is said about being called back."""

    call_back_here: Text = ""
    """Asks whether the calling number will do."""
    call_back_here_again: Text = ""
    """The same in other words."""
    call_back_number: Text = ""
    """Asks for a number."""
    call_back_number_again: Text = ""
    """The same with an example."""
    call_back_why: Text = ""
    """Why it is asked."""
    call_back_heard: Annotated[Text, _with("number")] = ""
    """Reads the number back."""
    call_back_right: Text = ""
    """Asked behind ``call_back_heard``."""
    call_back_right_again: Text = ""
    """The same in other words."""
    call_back_noted_here: Text = ""
    """It is noted; at the calling number."""
    call_back_noted: Text = ""
    """It is noted; at the number that was given."""
    call_back_noted_already: Text = ""
    """It was noted before in this call."""
    call_back_declined: Text = ""
    """The caller wants none."""
    call_back_not_kept: Text = ""
    """It could not be noted just now."""
    call_back_no_number: Text = ""
    """No number was understood."""
    call_back_none: Text = ""
    """Call-backs are not kept here at all."""
    call_back_offer: Text = ""
    """Asked where a line is closed or full and nothing else was asked: a yes begins the wish to be called back."""
    calling_back_as_asked: Text = ""
    """Said first to somebody whom we call back because they asked for it. Whoever picks up hears it: nothing of the
    matter belongs in it."""
    calling_back_cut_off: Text = ""
    """The same to somebody whose call broke off."""
    calling_back_ready: Text = ""
    """Asked behind either where something goes on that was begun: a no ends the call."""
    calling_back_open: Text = ""
    """Asked behind either where nothing was begun."""
    calling_back_not_now: Text = ""
    """Said to somebody for whom it is no good time, before the call ends."""


class Phrases(_CallBack, _Asking, _Person, _Silence, _Trouble, _Ends):
    """Fixed sentences in one language. Each may have {company}, the name of the house, beside gaps of its own."""

    def over(self, other: "Phrases") -> "Phrases":
        """These, and where one is left out that of ``other``."""
        return other.model_copy(update={key: getattr(self, key) for key in self.model_fields_set})

    @property
    def lacking(self) -> tuple[str, ...]:
        """Keys that are left out."""
        return tuple(key for key in Phrases.model_fields if key not in self.model_fields_set)

    def key_name(self, key: str) -> str:
        """What a key of the telephone is called."""
        return self.key_names.get(key, key)

    def of_call(self, company: str, key: str) -> "Phrases":
        """As the callers of one line hear them.

        Args:
            company: name of the house.
            key: the key for a person; empty where there is none.
        """
        values = {"company": company, "key": self.key_name(key)}
        filled = {name: _filled(getattr(self, name), values) for name in self.model_fields_set - _OWN_KEYS}
        if not key:
            filled |= {"way_out": filled["way_out_without_key"], "deaf": filled["deaf_without_key"]}
        return self.model_copy(update=filled)


_OWN_KEYS = frozenset({"key_names", "key_for"})
"""Phrases in which ``{key}`` is another key."""


def _filled(phrase: str | Texts, values: Mapping[str, str]) -> str | Texts:
    return fill(phrase, values) if isinstance(phrase, str) else tuple(fill(text, values) for text in phrase)
