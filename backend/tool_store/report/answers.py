"""From what a model passes on, and from the caller's own words, to values of fields."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from backend.domain.claim import FIELDS, Circumstances, FieldError, field_named
from backend.domain.claim.people import companions_in, relationship_in
from backend.domain.claim.reading import half_of_day_is_open
from backend.domain.claim.story import tells_what_happened
from backend.domain.question import Question
from backend.domain.session import CallerSaid
from backend.domain.spoken.asking_back import asks_back
from backend.domain.spoken.names import is_said, read_person
from backend.domain.spoken.places import may_be_a_city, read_place, street_in
from backend.domain.spoken.standing import obstacle
from backend.domain.spoken.times import read_time
from backend.domain.spoken.tokens import words
from backend.domain.spoken.unsure import does_not_know
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import failures, keys_offered, understood
from backend.tool_store.report.facts import Facts

__all__ = ["Answers", "correct", "named_in", "read_answers", "told_before"]

_INSISTED = 2
"""Questions for the same field after which the answer is taken as it is."""
_FROM_A_STORY = (
    "injuries", "loss_date", "loss_time", "loss_location", "vehicle", "driver_name", "vehicle_drivable", "trip_purpose",
    "passengers",
)  # fmt: skip
_JUST_WORK = re.compile(r"^(?:(?:um|uh|well|oh|just|to|from|my|going|i was going) )*(?:work|job|the office)(?: home)?$")
_KEYS = {"1": "yes", "one": "yes", "2": "no", "two": "no"}


@dataclass(slots=True)
class Answers:
    """What was understood, and what was not."""

    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """By field: what would be needed."""


def read_answers(ctx: ToolContext, given: Mapping[str, Any], saved: Mapping[str, Any], about: Circumstances) -> Answers:
    """Read what a model has passed on. A question that was answered is no longer open."""
    answers = Answers()
    for name, value in given.items():
        try:
            answers.fields[name] = _read_one(ctx, name, value, about)
            understood(ctx, name)
        except FieldError as error:
            answers.problems[name] = str(error)
    _beside(ctx, given, answers, saved, about)
    return answers


def correct(text: str, saved: Mapping[str, Any], about: Circumstances) -> dict[str, Any]:
    """The fields that these words put right: those whose value they hold, and hold differently."""
    return {name: value for name, value in named_in(text, saved, about).items() if saved.get(name) != value}


def named_in(text: str, saved: Mapping[str, Any], about: Circumstances) -> dict[str, Any]:
    """The fields whose value these words hold, whether it is another than before or not."""
    found = _spotted(text, saved, about)
    if (
        "loss_location" not in found
        and (street := street_in(text))
        and isinstance(place := saved.get("loss_location"), Mapping)
    ):
        found["loss_location"] = {**place, "street": read_place(street).street}  # the city was not contradicted
    same = all(saved.get(name) == value for name, value in found.items())
    if same and "incident_description" in saved and tells_what_happened(text):
        found["incident_description"] = " ".join(text.split())
    return found


def told_before(texts: Iterable[str], about: Circumstances) -> dict[str, Any]:
    """What the words before a report tell of it, so that nobody is asked what they have said; where they contradict
    each other it is asked all the same."""
    told: dict[str, list[Any]] = {}
    for text in texts:
        for name, value in _spotted(text, _FROM_A_STORY, about).items():
            if name != "injuries" and _sure(name, value):
                told.setdefault(name, []).append(value)
    return {name: values[0] for name, values in told.items() if all(value == values[0] for value in values)}


def _spotted(text: str, names: Iterable[str], about: Circumstances) -> dict[str, Any]:
    found = {one.name: one.spot(text, about) for one in FIELDS if one.name in names}
    return {name: value for name, value in found.items() if value is not None}


def _beside(
    ctx: ToolContext, given: Mapping[str, Any], answers: Answers, saved: Mapping[str, Any], about: Circumstances
) -> None:
    """What the answers tell beside what was asked."""
    # "Yesterday at five thirty in the afternoon" answers two questions at once.
    said = str(given.get("loss_date", ""))
    if "loss_date" in answers.fields and "loss_time" not in given and (time := read_time(said)):
        if half_of_day_is_open(said, time):
            ctx.session.facts[Facts.HALF_TIME] = said
        else:
            answers.fields["loss_time"] = time
    if (kin := relationship_in(str(given.get("driver_name", "")))) and "driver_relationship" not in given:
        answers.fields["driver_relationship"] = kin
    beside = companions_in(str(given.get("driver_name", "")))
    if beside and "driver_name" in answers.fields and not {"passengers"} & (saved.keys() | given.keys()):
        answers.fields["passengers"] = beside
    if "incident_description" in answers.fields:
        story = str(given["incident_description"])
        for name, value in _spotted(story, _FROM_A_STORY, about).items():
            open_still = name not in saved or (name == "injuries" and not saved[name]["injured"])
            if _sure(name, value) and open_still and name not in answers.fields and name not in given:
                answers.fields[name] = value
    for name in list(answers.problems):  # "no wait, it was three cars", said to another question
        others = _spotted(str(given[name]), saved, about)
        answers.fields |= {key: value for key, value in others.items() if saved[key] != value}


def _sure(name: str, value: Any) -> bool:
    """What a story tells in passing about harm counts only on the side that must not be missed."""
    match name:
        case "injuries":
            return bool(value["injured"])
        case "vehicle_drivable":
            return value is False
        case _:
            return True


def _read_one(ctx: ToolContext, name: str, value: Any, about: Circumstances) -> Any:
    one = field_named(name)
    about = replace(about, insisted=failures(ctx, name) >= (1 if name == "driver_name" else _INSISTED))
    question = one.offer(one.question, about)
    if isinstance(value, str):
        value = _keyed(ctx, question, value)
        if asks_back(value) or (question.kind != "text" and obstacle(value) == "refuses"):
            raise FieldError("That is no answer.")
        if does_not_know(value) and question.may_stay_open:
            raise FieldError("The caller does not know.")
    match name:
        case "full_name" if not _is_said(ctx, str(value)):
            raise FieldError("It has to be a name that the caller has said.")
        case "loss_location" if isinstance(value, str):
            return _place(ctx, value, about)
        case "loss_time" if isinstance(value, str):
            return _time(ctx, value, about)
        case "trip_purpose" if not failures(ctx, name) and _JUST_WORK.match(" ".join(words(ctx.caller_text))):
            return "commuting"  # people who drive for their work say what they do; it is read back either way
        case _:
            return one.read(value, about)


def _is_said(ctx: ToolContext, name: str) -> bool:
    """Nothing but their own words tells who a caller is whom nobody could verify; it is not read back."""
    said = [item.text for item in ctx.session.history if isinstance(item, CallerSaid)] + [ctx.caller_text]
    return not any(said) or is_said(read_person(name), said)


def _keyed(ctx: ToolContext, question: Question, value: str) -> str:
    """Keys that the third form of a question offered."""
    if not keys_offered(ctx, question):
        return value
    if question.kind == "yes_no":
        return _KEYS.get(value.strip(" .").lower(), value)
    return question.picked(value.strip(" .")) or value


def _place(ctx: ToolContext, value: str, about: Circumstances) -> Any:
    """ "On main street": the city may come with the next answer."""
    half = ctx.session.facts.pop(Facts.HALF_PLACE, "")
    joined = [f"{half} {value}", f"{half} in {value}"][: 1 + may_be_a_city(value)] if half else []
    strict = replace(about, insisted=False)
    for text in (value, *joined):
        with suppress(FieldError):
            return field_named("loss_location").read(text, strict)
    ctx.session.facts[Facts.HALF_PLACE] = value
    return field_named("loss_location").read(value, about)


def _time(ctx: ToolContext, value: str, about: Circumstances) -> Any:
    """ "Five thirty": the half of the day may come with the next answer."""
    half = ctx.session.facts.pop(Facts.HALF_TIME, "")
    read = field_named("loss_time").read
    if half and read_time(value) is None:
        with suppress(FieldError):
            return read(f"{half} {value}", about)
    time = read_time(value)
    if time and half_of_day_is_open(value, time):
        ctx.session.facts[Facts.HALF_TIME] = value
    return read(value, about)
