"""From what a model passes on, and from the caller's own words, to values of fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.domain.hiding import HIDDEN, hide_alone, known_secrets
from backend.domain.question import Question
from backend.forms.about import About
from backend.forms.between import in_same_half, picked, same_on_the_clock
from backend.forms.filling import Filling
from backend.forms.halves import city_beside, keep_half, kept_half, read_whole
from backend.forms.hinted import hinted
from backend.forms.nights import hour_after
from backend.forms.reading import language_reading, read
from backend.forms.spotting import companions, spot, spot_part
from backend.forms.witnesses import contradiction
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.language.parts import parts_reader
from backend.language.reading import Reading, doubtful, sure
from backend.language.standing import StandingWords, obstacle
from backend.language.words import words_of
from backend.tool_store.repair import failures, keys_offered, understood

__all__ = ["ANSWERS", "Answers", "correct", "named_in", "read_answers", "told_before"]

ANSWERS = frozenset({"confirmation", "correction"})
"""What a model passes on beside fields: the answer to a read-back, and what is to be changed."""

_INSISTED = 2
"""Questions for the same field after which the answer is taken as it is."""
_BARE_REFUSAL = 8
"""Words of a refusal with no account in it: "I'd rather not say, thank you" is no story."""
_KEYS = {"1": "yes", "2": "no"}


@dataclass(slots=True)
class Answers:
    """What was understood, and what was not."""

    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """By field: what would be needed."""
    between: dict[str, Sequence[Any]] = field(default_factory=dict[str, Sequence[Any]])
    """By field: what the answer may mean."""


def read_answers(filling: Filling, given: Mapping[str, Any], saved: Mapping[str, Any], about: About) -> Answers:
    """Read what a model has passed on. A question that was answered is no longer open."""
    answers = Answers()
    asked = "" if filling.is_being_asked(filling.open_name) else filling.open_name
    for name, value in given.items():
        reading = _read_one(filling, filling.form.field(name), value, about, saved.get(name))
        if reading.outcome == "value":
            answers.fields[name] = reading.value
            understood(filling.ctx, name)
        else:
            answers.problems[name] = reading.why or "That is no answer."
            answers.between[name] = reading.candidates
    _Beside(filling, given, saved, about, asked).add_to(answers)
    return answers


def correct(filling: Filling, text: str, saved: Mapping[str, Any], about: About) -> dict[str, Any]:
    """The fields that these words put right: those whose value they hold, and hold differently."""
    return {name: value for name, value in named_in(filling, text, saved, about).items() if saved.get(name) != value}


def named_in(filling: Filling, text: str, saved: Mapping[str, Any], about: About) -> dict[str, Any]:
    """The fields whose value these words hold, whether it is another than before or not."""
    found = _spotted(filling, text, saved, about)
    for one in filling.spec.fields:
        known = saved.get(one.name)
        if one.name not in found and isinstance(known, Mapping) and (part := spot_part(one, text, about)):
            found[one.name] = {**known, **part}  # the rest was not contradicted
        if one.kind == "time" and one.name not in found and (hour := in_same_half(one, text, known, about)):
            found[one.name] = hour
    story = filling.spec.story
    same = all(saved.get(name) == value for name, value in found.items())
    if same and story in saved and story and filling.tells(text, about):
        found[story] = " ".join(text.split())
    return found


def told_before(filling: Filling, texts: Iterable[str], about: About) -> dict[str, Any]:
    """What the words before a form tell of it, so that nobody is asked what they have said; where they contradict
    each other it is asked all the same."""
    told: dict[str, list[Any]] = {}
    names = _from_a_story(filling)
    first = filling.spec.first.field if filling.spec.first else ""
    secrets = frozenset(one.value for one in known_secrets(filling.ctx.session.facts))
    for text in texts:
        # Numbers that showed who is calling belong to nothing that happened: "zip 60601, yesterday at four".
        apart = hide_alone(text, secrets).replace(HIDDEN, ",")
        for name, value in _spotted(filling, apart, names, about).items():
            if name != first and _counts(filling.form.field(name), value):
                told.setdefault(name, []).append(value)
    return {name: values[0] for name, values in told.items() if all(value == values[0] for value in values)}


def _from_a_story(filling: Filling) -> list[str]:
    return [one.name for one in filling.spec.fields if one.story]


def _spotted(filling: Filling, text: str, names: Iterable[str], about: About) -> dict[str, Any]:
    wanted = set(names)
    readings = {one.name: spot(one, text, about) for one in filling.spec.fields if one.name in wanted}
    return {name: reading.value for name, reading in readings.items() if reading.outcome == "value"}


def _counts(one: FieldSpec, value: Any) -> bool:
    """What a story tells in passing may count only on the side that must not be missed."""
    if one.story not in ("yes", "no"):
        return True
    answer = value[one.answer] if one.answer and isinstance(value, Mapping) else value
    return bool(answer) is (one.story == "yes")


class _Beside:
    """What the answers tell beside what was asked."""

    def __init__(
        self, filling: Filling, given: Mapping[str, Any], saved: Mapping[str, Any], about: About, asked: str
    ) -> None:
        self._filling, self._given, self._saved, self._about = filling, given, saved, about
        self._asked = asked

    def add_to(self, answers: Answers) -> None:
        for name in list(answers.fields):
            self._neighbors(self._filling.form.field(name), answers)
        story = self._filling.spec.story
        if story and story in answers.fields:
            self._in_the_story(str(self._given[story]), answers)
        harm = {self._filling.spec.first.field} if self._filling.spec.first else set[str]()
        self._harm(answers)
        for name in list(answers.problems):  # "no wait, it was three cars", said to another question
            self._put_right(str(self._given[name]), self._saved.keys() - harm, answers)

    def _put_right(self, text: str, names: Iterable[str], answers: Answers) -> None:
        """Values that were known already and are said otherwise now.

        What a word in passing turns over ("she was driving to college", a misheard "the third") is asked about, unless
        the words say that they correct something.
        """
        corrects = self._about.language.account.takes_back(text)
        for name, value in _spotted(self._filling, text, names, self._about).items():
            if self._saved[name] == value:
                continue
            if corrects:
                answers.fields[name] = value
            else:
                self._ask_anew(name)

    def _ask_anew(self, name: str) -> None:
        facts = self._filling.facts
        left = [one for one in facts.get(facts.ANEW, []) if one != name]
        facts.put(facts.ANEW, [name, *left])

    def _harm(self, answers: Answers) -> None:
        """Somebody who is hurt is heard beside any answer, and asked about at once: "home, but my neck got stiff".

        It is not taken in silence: a trip to a hospital hurts nobody.
        """
        first = self._filling.spec.first
        if (
            first is None
            or first.field not in self._saved
            or {first.field} & (self._given.keys() | answers.fields.keys())
        ):
            return
        one = self._filling.form.field(first.field)
        places = [name for name in self._given if self._filling.form.field(name).kind == "address"]
        if not one.story or places or _counts(one, self._saved[first.field]):
            return
        if consent_in(self._filling.ctx.language, self._filling.ctx.caller_text) in ("yes", "no"):
            return  # a bare one: "no, eso no está bien" speaks of what was read
        told = spot(one, self._filling.ctx.caller_text, self._about)
        if told.outcome == "value" and _counts(one, told.value):
            self._ask_anew(first.field)

    def _neighbors(self, one: FieldSpec, answers: Answers) -> None:
        """A day with its hour, somebody with what they are to the caller and who was with them."""
        said = self._words_of(one)
        if (
            one.kind == "date"
            and (hour := hour_after(self._filling.spec.fields, one)) is not None
            and hour.name not in self._given
        ):
            reading = read_whole(self._filling, hour, said, self._about)  # half an hour is kept for the next answer
            if reading.outcome == "value":
                answers.fields[hour.name] = reading.value
        if one.kind == "person" and not one.list:
            self._kin(one, said, answers)

    def _words_of(self, one: FieldSpec) -> str:
        """The words that told it: the value that a model has made of "this morning" holds nothing but the day."""
        value = str(self._given.get(one.name, ""))
        answered = self._asked == one.name
        return self._filling.ctx.caller_text if answered and not _is_quoted(self._filling, value) else value

    def _kin(self, one: FieldSpec, said: str, answers: Answers) -> None:
        if one.relationship and one.relationship not in self._given:
            who = language_reading(one, said, self._about).value
            kin = who.get("relationship") if isinstance(who, Mapping) else None
            if kin in {choice.value for choice in self._filling.form.field(one.relationship).choices}:
                answers.fields[one.relationship] = kin
        taken = self._saved.keys() | self._given.keys()
        if one.companions and one.companions not in taken and (beside := companions(said, self._about)):
            answers.fields[one.companions] = beside

    def _in_the_story(self, story: str, answers: Answers) -> None:
        first = self._filling.spec.first.field if self._filling.spec.first else ""
        for name, value in _spotted(self._filling, story, _from_a_story(self._filling), self._about).items():
            one = self._filling.form.field(name)
            open_still = name not in self._saved or (name == first and not _counts(one, self._saved[name]))
            if _counts(one, value) and open_still and name not in answers.fields and name not in self._given:
                answers.fields[name] = value


def _read_one(filling: Filling, one: FieldSpec, value: Any, about: About, known: Any) -> Reading:
    tried = failures(filling.ctx, one.name)
    about = replace(about, insisted=tried >= (1 if one.kind == "person" and not one.list else _INSISTED))
    question = filling.question(one, about)
    if isinstance(value, str):
        value = _keyed(filling, question, value)
        refused = obstacle(filling.ctx.language, value, StandingWords()) == "refuses"
        talk = language_named(filling.ctx.language).talk
        told = question.kind in ("text", "story") and (about.tells(value) or len(value.split()) > _BARE_REFUSAL)
        if talk.asks_back(value) or (refused and not told):
            if kept_half(filling, one) is None and (city := city_beside(one, value, about)):
                keep_half(filling, one, city)  # garbled words may look like a question: "what were never in Detroit"
            return doubtful("That is no answer.")
        if talk.does_not_know(value) and question.may_stay_open:
            return doubtful("The caller does not know.")
    if one.kind == "name" and one.name in filling.spec.unverified and not _is_said(filling, one, str(value), about):
        return doubtful("It has to be a name that the caller has said.")
    if (chosen := picked(filling, one, filling.ctx.caller_text, about)) is not None:
        return sure(chosen)
    bare = _bare(filling, one) if isinstance(value, str) and not tried else None
    half, quoted = kept_half(filling, one), isinstance(value, str) and _is_quoted(filling, value)
    reading = sure(bare) if bare is not None else read_whole(filling, one, value, about, quoted=quoted)
    if bare is None and not quoted:
        reading = contradiction(filling, one, reading, about, half) or reading
        reading = _in_the_same_half(filling, one, reading, known, about)
    if filling.open_name != one.name:
        return reading
    offer = hinted(one, filling.ctx.caller_text, reading, about)
    if offer is not reading:
        keep_half(filling, one, None)  # the part that was understood stands in the offer, and falls with it
    return offer


def _in_the_same_half(filling: Filling, one: FieldSpec, reading: Reading, known: Any, about: About) -> Reading:
    """The hour that puts another right, where a model has made up its half of the day: "no, at five past four"."""
    if one.kind != "time" or filling.open_name not in ANSWERS or reading.outcome != "value":
        return reading
    hour = in_same_half(one, filling.ctx.caller_text, known, about)
    return sure(hour) if hour is not None and same_on_the_clock(hour, reading.value) else reading


def _bare(filling: Filling, one: FieldSpec) -> Any:
    """The choice that the caller's whole answer means as long as the choices were not offered."""
    said = " ".join(words_of(filling.ctx.caller_text)).strip(" .!,")
    found = (choice for choice in one.choices if said in (filling.form.said_of(choice.bare) or ()))
    return next((choice.value for choice in found), None)


def _is_quoted(filling: Filling, value: str) -> bool:
    """Does the model pass on the caller's own words? Then there is one witness only."""
    return " ".join(words_of(value)) in " ".join(words_of(filling.ctx.caller_text))


def _is_said(filling: Filling, one: FieldSpec, name: str, about: About) -> bool:
    """Nothing but their own words tells who a caller is whom nobody could verify; it is not read back."""
    said, reader = filling.texts(), parts_reader(filling.ctx.language)
    reading = read(one, name, about)
    if reader is None or not any(said):
        return not any(said) or " ".join(words_of(name)) in " ".join(words_of(" ".join(said)))
    return reading.value is not None and reader.is_said(str(reading.value), said)


def _keyed(filling: Filling, question: Question, value: str) -> str:
    """Keys that the third form of a question offered."""
    if not keys_offered(filling.ctx, question):
        return value
    if question.kind == "yes_no":
        key = value.strip(" .").lower()
        return _KEYS.get(language_named(filling.ctx.language).turns.digit_words.get(key, key), value)
    return question.picked(value.strip(" .")) or value
