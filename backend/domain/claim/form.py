"""The first notice of loss: its fields in the order in which they are asked for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.claim import reading, saying, spotting
from backend.domain.claim.cars import say_insured
from backend.domain.claim.field import Circumstances, Field
from backend.domain.claim.people import PARKED
from backend.domain.question import Question

__all__ = ["FIELDS", "UNVERIFIED", "field_named", "known_values", "missing"]

_INSURED_OFFERED = 3
"""More vehicles than this are not listed to a caller."""


def _offer_vehicle(question: Question, about: Circumstances) -> Question:
    insured = about.policy.vehicles if about.policy else ()
    if len(insured) == 1:
        return replace(question, ask=f"Was the vehicle your {say_insured(insured[0])}?")
    if 1 < len(insured) <= _INSURED_OFFERED:
        names = [f"the {say_insured(vehicle)}" for vehicle in insured]
        ask = f"Which vehicle was it: {', '.join(names[:-1])} or {names[-1]}?"
        keys = ", or ".join(f"{number} for {name}" for number, name in enumerate(names, 1))
        simple = f"Which vehicle was it? Please press {keys}."
        return replace(question, kind="choice", ask=ask, simple=simple, choices=tuple(names))
    return question


def _drove_it_themselves(fields: Mapping[str, Any], about: Circumstances) -> bool:
    return about.policy is not None and fields.get("driver_name") == about.policy.full_name


def _relationship_known(fields: Mapping[str, Any], about: Circumstances) -> str | None:
    if fields.get("driver_name") == PARKED or ("driver_name" in fields and fields["driver_name"] is None):
        return "none"
    return "self" if _drove_it_themselves(fields, about) else None


def _purpose_known(fields: Mapping[str, Any], _: Circumstances) -> str | None:
    return "parked" if fields.get("driver_name") == PARKED else None


def _passengers_known(fields: Mapping[str, Any], _: Circumstances) -> list[dict[str, str]] | None:
    return [] if fields.get("driver_name") == PARKED else None


def _say_driver(value: Any, fields: Mapping[str, Any]) -> str:
    return saying.say_driver(value, fields.get("driver_relationship") == "self")


FIELDS: tuple[Field, ...] = (
    Field(
        Question(
            "injuries", "yes_no", "Was anyone hurt?",
            "I want to be sure. Was anybody hurt? For example: nobody was hurt, or my arm is hurt.",
            simple="Was anyone hurt? Please say yes or no, or press 1 for yes, 2 for no.",
            why="If somebody is hurt, that comes before everything else.",
        ),
        reading.read_injuries, lambda value, _: saying.say_injuries(value), "who_and_how", spotting.spot_injuries,
        label="injuries",
    ),
    Field(
        Question(
            "incident_description", "text", "Tell me, what happened?",
            "I'm sorry, I didn't catch that. Please describe what happened, for example: another car hit mine.",
            simple="Please tell me in one short sentence what happened.",
            why="The claim begins with what happened, in your own words.",
        ),
        reading.read_description, lambda value, _: str(value), "what_and_when",
    ),
    Field(
        Question(
            "loss_date", "date", "When did it happen?",
            "I didn't catch the date. When was it, for example today, yesterday, or last Monday?",
            simple="On which date was that? Please say just the month and the day, for example March fourth.",
            why="The day decides which cover was in force.",
        ),
        reading.read_loss_date, lambda value, _: saying.say_date(value), "what_and_when", spotting.spot_date,
    ),
    Field(
        Question(
            "loss_time", "time", "About what time of day was that?",
            "I didn't catch the time. Was it in the morning, the afternoon, or the evening, and at what time?",
            simple="Please say just the time, for example nine thirty in the morning.",
            why="The time helps to find witnesses and reports.", may_stay_open=True,
        ),
        reading.read_loss_time, lambda value, _: saying.say_time(value), "what_and_when", spotting.spot_time,
        left_open="unknown",
    ),
    Field(
        Question(
            "loss_location", "place", "Where was that? Please tell me the street and the city.",
            "I didn't catch the location. Which street and which city was it, for example Oak Street in Dallas?",
            simple="Please say the street first, and then the city.",
            why="The place belongs to every claim.",
        ),
        reading.read_location, lambda value, _: saying.say_place(value), "what_and_when", spotting.spot_place,
        label="the place",
    ),
    Field(
        Question(
            "vehicle", "group", "Which vehicle was it? Please say the year, the make and the model.",
            "I didn't get the vehicle. Which make and model is it, and from which year?",
            simple="Please say the vehicle once more, like this: two thousand ten, Ford, Focus.",
            why="I need to know which vehicle the claim is for.", may_stay_open=True,
        ),
        reading.read_damaged_vehicle, lambda value, _: saying.say_vehicle(value), "who_and_how",
        spotting.spot_vehicle, offer=_offer_vehicle, label="the car",
    ),
    Field(
        Question(
            "driver_name", "name", "Who was driving?",
            "I didn't catch the driver. Who was driving the car? For example: I was, or Tom Baker.",
            simple="Please say: I was driving, nobody was driving, or the driver's first and last name.",
            why="The claim names who was driving.", may_stay_open=True,
        ),
        reading.read_driver, _say_driver, "who_and_how", spotting.spot_driver, label="the driver",
    ),
    Field(
        Question(
            "driver_relationship", "text", "What is the relationship of that person to the policyholder?",
            "I didn't get that. What is the relationship to the policyholder: family, a friend, or somebody else?",
            simple="Please say just one word for the relationship, for example: wife, son, or friend.",
            why="It matters whether the driver belongs to the household.", may_stay_open=True,
        ),
        reading.read_relationship, lambda value, _: saying.say_relationship(value), "who_and_how",
        spotting.spot_relationship, known=_relationship_known, label="the relationship",
    ),
    Field(
        Question(
            "vehicles_involved", "integer", "How many cars were involved in total?",
            "I need a number here. How many cars were involved, yours included?",
            simple="How many cars were involved? Please say just the number, or press that key.",
            why="The claim says how many cars took part.", may_stay_open=True,
        ),
        reading.read_count, lambda value, _: saying.say_count(value), "who_and_how", spotting.spot_count,
        label="how many cars",
    ),
    Field(
        Question(
            "vehicle_drivable", "yes_no", "Is it still drivable?",
            "Can it still be driven? Please say: yes, it is drivable, or no, it is not drivable.",
            simple="Is it still drivable? Please press 1 for yes, 2 for no.",
            why="If it cannot be driven, we arrange what comes next.", may_stay_open=True,
        ),
        reading.read_drivable,
        lambda value, _: (
            "" if value is None else "it is still drivable" if value else "it is not drivable"
        ),
        "who_and_how", spotting.spot_drivable, label="if it drives",
    ),
    Field(
        Question(
            "trip_purpose", "choice", "What was the purpose of the trip?",
            "I didn't get that. What was the purpose of the trip: commuting, work, or something personal?",
            simple="For the purpose of the trip, press 1 for commuting, 2 for work, or 3 for personal.",
            choices=("commuting", "work", "personal"),
            why="The claim says what the trip was for.", may_stay_open=True,
        ),
        reading.read_purpose, lambda value, _: saying.say_purpose(value), "who_and_how", spotting.spot_purpose,
        known=_purpose_known,
    ),
    Field(
        Question(
            "passengers", "text", "Were there any passengers?",
            "I didn't get that. Were there any passengers with you? For example: no passengers, or my wife.",
            simple="Please say: no passengers, or how many passengers there were.",
            why="Passengers may have been hurt, or have seen what happened.", may_stay_open=True,
        ),
        reading.read_passengers, lambda value, _: saying.say_passengers(value), "who_and_how", spotting.spot_passengers,
        known=_passengers_known, label="passengers",
    ),
)  # fmt: skip

_CALLER = Field(
    Question(
        "full_name", "name", "What is your full name?",
        "I'm sorry, I didn't catch your name. Please say your first and last name, for example Mary Baker.",
        simple="Please say your name and then spell it for me, letter by letter.",
        why="A colleague needs to know who left the report.",
    ),
    reading.read_full_name, lambda _value, _: "", "what_and_when",
)  # fmt: skip
UNVERIFIED: tuple[Field, ...] = (_CALLER,)
"""What is asked first of a caller whom nobody could verify."""

_BY_NAME = {field.name: field for field in (*UNVERIFIED, *FIELDS)}


def field_named(name: str) -> Field:
    """The field of that name. Raises ``KeyError``."""
    return _BY_NAME[name]


def known_values(fields: Mapping[str, Any], about: Circumstances) -> dict[str, Any]:
    """What follows from the answers so far, so that it is neither asked nor left out."""
    return {one.name: value for one in FIELDS if (value := one.known(fields, about)) is not None}


def missing(fields: Mapping[str, Any], about: Circumstances) -> list[Field]:
    """What a draft still lacks, in the order in which it is asked for."""
    known = known_values(fields, about)
    return [field for field in FIELDS if field.name not in fields and field.name not in known]
