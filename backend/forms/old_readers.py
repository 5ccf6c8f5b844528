"""The readers of before, behind the new question, until those of the languages stand in for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from backend.domain.claim import harm, people, reading, saying, spotting
from backend.domain.claim.cars import read_damaged_vehicle
from backend.domain.claim.counting import read_count
from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.records import Policyholder, Vehicle
from backend.domain.spoken.places import read_place, street_in
from backend.forms.about import About
from backend.language.reading import Reading, doubtful, nothing, sure

_Reader = Callable[[Any, Circumstances], Any]
_READ: dict[str, _Reader] = {
    "injuries": harm.read_injuries, "incident_description": reading.read_description,
    "loss_date": reading.read_loss_date, "loss_time": reading.read_loss_time, "loss_location": reading.read_location,
    "vehicle": read_damaged_vehicle, "driver_name": people.read_driver, "driver_relationship": people.read_relationship,
    "vehicles_involved": read_count, "vehicle_drivable": harm.read_drivable, "trip_purpose": reading.read_purpose,
    "passengers": people.read_passengers, "full_name": reading.read_full_name,
}  # fmt: skip
_SPOT: dict[str, Callable[[str, Circumstances], Any]] = {
    "injuries": spotting.spot_injuries, "loss_date": spotting.spot_date, "loss_time": spotting.spot_time,
    "loss_location": spotting.spot_place, "vehicle": spotting.spot_vehicle, "driver_name": spotting.spot_driver,
    "driver_relationship": spotting.spot_relationship, "vehicles_involved": spotting.spot_count,
    "vehicle_drivable": spotting.spot_drivable, "trip_purpose": spotting.spot_purpose,
    "passengers": spotting.spot_passengers,
}  # fmt: skip


def _circumstances(about: About) -> Circumstances:
    subject = about.subject
    cars = tuple(Vehicle(one["make"], one["model"], one["year"]) for one in about.known.get("vehicle", ()))
    policy = Policyholder(subject.id, subject.name, "", "", cars) if subject else None
    return Circumstances(about.now.date(), policy, about.insisted, about.caller)


def read_old(name: str, value: Any, about: About) -> Reading:
    try:
        return sure(_READ[name](value, _circumstances(about)))
    except FieldError as error:
        return doubtful(str(error))


def spot_old(name: str, text: str, about: About) -> Reading:
    found = _SPOT[name](text, _circumstances(about)) if name in _SPOT else None
    return nothing() if found is None else sure(found)


def say_old(kind: str, value: Any) -> str:
    match kind:
        case "date":
            return date.fromisoformat(value).strftime("%A, %B %-d")
        case "time":
            return saying.say_time(value).removeprefix("around ")
        case "address":
            return saying.say_place(value).removeprefix("at ")
        case _:
            return str(value)


def part_old(text: str) -> dict[str, Any]:
    street = street_in(text)
    return {"street": read_place(street).street} if street else {}


def companions_old(text: str) -> list[dict[str, str]]:
    return people.companions_in(text)
