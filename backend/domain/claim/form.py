"""The first notice of loss: its fields in the order in which they are asked for."""

from collections.abc import Mapping
from typing import Any

from backend.domain.claim import reading, saying
from backend.domain.claim.field import Field

__all__ = ["FIELDS", "field_named", "missing", "read_back"]


FIELDS: tuple[Field, ...] = (
    Field(
        "incident_description",
        "Tell me, what happened?",
        "I'm sorry, I didn't catch that. Please describe what happened.",
        reading.read_description,
        lambda value: f"you told me: {str(value).rstrip('.')}",
    ),
    Field(
        "loss_date",
        "When did it happen?",
        "I didn't catch the date. When was it, for example today, yesterday, or last Monday?",
        reading.read_loss_date,
        lambda value: f"it happened on {saying.say_date(value)}",
    ),
    Field(
        "loss_time",
        "About what time of day was that?",
        "I didn't catch the time. Was it in the morning, the afternoon, or the evening, and at what time?",
        reading.read_loss_time,
        lambda value: saying.say_time(value),
    ),
    Field(
        "loss_location",
        "Where was that? Please tell me the street and the city.",
        "I didn't catch the location. Which street and which city was it?",
        reading.read_location,
        lambda value: f"at {saying.say_place(value)}",
    ),
    Field(
        "vehicle",
        "Which vehicle was it? Please say the year, the make and the model.",
        "I didn't get the vehicle. Which make and model is it, and from which year?",
        reading.read_damaged_vehicle,
        lambda value: f"with your {saying.say_vehicle(value)}",
    ),
    Field(
        "driver_name",
        "Who was driving?",
        "I didn't catch the driver. Who was driving the car?",
        reading.read_driver,
        lambda value: "nobody was in the driver's seat" if "nobody" in value else f"{value} at the wheel",
    ),
    Field(
        "driver_relationship",
        "What is the relationship of that person to the policyholder?",
        "I didn't get that. What is the relationship to the policyholder: the policyholder, family, or somebody else?",
        reading.read_relationship,
        lambda value: "" if value == "self" else f"relationship {value}",
    ),
    Field(
        "vehicles_involved",
        "How many cars were involved in total?",
        "I need a number here. How many cars were involved, yours included?",
        reading.read_count,
        lambda value: f"{value} vehicle{'s' if value != 1 else ''} involved",
    ),
    Field(
        "vehicle_drivable",
        "Is it still drivable?",
        "Please say: yes, it is drivable, or no, it is not drivable.",
        reading.read_drivable,
        lambda value: "the car can still be used" if value else "the car can not be used any more",
    ),
    Field(
        "injuries",
        "Was anyone injured or hurt?",
        "I want to be sure. Was anybody hurt? Please say yes or no.",
        reading.read_injuries,
        saying.say_injuries,
    ),
    Field(
        "trip_purpose",
        "What was the purpose of the trip?",
        "I didn't get that. What was the purpose of the trip: commuting, work, or something personal?",
        reading.read_purpose,
        lambda value: f"the trip was {value}" if value != "other" else "",
    ),
    Field(
        "passengers",
        "Were there any passengers?",
        "I didn't get that. Were there any passengers with you?",
        reading.read_passengers,
        saying.say_passengers,
    ),
)

_BY_NAME = {field.name: field for field in FIELDS}


def field_named(name: str) -> Field:
    """The field of that name. Raises ``KeyError``."""
    return _BY_NAME[name]


def missing(fields: Mapping[str, Any]) -> list[Field]:
    """What a draft still lacks, in the order in which it is asked for."""
    return [field for field in FIELDS if field.name not in fields]


def read_back(fields: Mapping[str, Any]) -> str:
    """The whole draft in one spoken paragraph."""
    parts = [field.say(fields[field.name]) for field in FIELDS if field.name in fields]
    spoken = ", ".join(part for part in parts if part)
    return f"Let me read that back. {spoken[:1].upper()}{spoken[1:]}."
