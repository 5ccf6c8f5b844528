"""The first notice of loss: its fields, the questions that ask for them, and how spoken answers are read.

Each field takes a typed value as well as the caller's own words ("yesterday", "nobody was
hurt"), so that it does not matter how much a model tidies up before it calls a tool.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from backend.domain.records import Policyholder, Vehicle
from backend.domain.spoken.dates import read_date
from backend.domain.spoken.names import read_name, sounds_like
from backend.domain.spoken.numbers import read_number
from backend.domain.spoken.places import read_place
from backend.domain.spoken.times import read_time
from backend.domain.spoken.tokens import words
from backend.domain.spoken.vehicles import read_vehicle
from backend.domain.spoken.yes_no import read_yes_no

__all__ = ["FIELDS", "Circumstances", "Field", "FieldError", "field_named", "missing", "read_back"]


class FieldError(ValueError):
    """A value that a field cannot take. The message is a sentence that asks for a better one."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What helps to read an answer: the day, and the policy of the verified caller."""

    today: date
    policy: Policyholder | None = None
    insisted: bool = False
    """He was asked twice before: better what he says, as he says it, than to ask a third time."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a claim must hold."""

    name: str
    question: str
    """Asks for exactly this field, with words that belong to no other."""
    again: str
    """Asks again, in other words, after an answer that could not be read."""
    read: Callable[[Any, Circumstances], Any]
    """Reads a typed value or the caller's words; raises ``FieldError``."""
    say: Callable[[Any], str]
    """The value as the read-back says it."""


# -- readers ------------------------------------------------------------------------------


def _text(value: Any, _: Circumstances) -> str:
    text = " ".join(str(value).split())
    if len(words(text)) < 2:
        raise FieldError("Please describe it in a few words.")
    return text[:2000]


def _driver(value: Any, about: Circumstances) -> str:
    text = str(value).strip()
    tokens = set(words(text))
    if {"nobody", "none", "parked"} & tokens or "no one" in text.lower() or "wasn't being driven" in text.lower():
        return "nobody (parked)"
    if tokens & {"i", "me", "myself", "i'm", "policyholder"} or text.lower() in {"self", "the caller", "caller"}:
        return about.policy.full_name if about.policy else "the caller"
    name = read_name(text)
    if about.policy and sounds_like(name, about.policy.full_name) > 0.8:
        return about.policy.full_name
    if not name or len(name) < 2:
        raise FieldError("I need the name of the driver, or that nobody was driving.")
    return name[:100]


_RELATIONSHIPS = {
    "self": {"policy", "policyholder", "holder", "myself", "me", "self", "own", "mine", "owner", "i", "insured"},
    "spouse": {"wife", "husband", "spouse", "partner"},
    "child": {"son", "daughter", "child", "kid", "stepson", "stepdaughter"},
    "parent": {"mother", "father", "mom", "dad", "parent"},
    "sibling": {"brother", "sister"},
    "friend": {"friend", "neighbor", "neighbour", "roommate"},
    "employee": {"employee", "colleague", "coworker", "worker"},
}


def _relationship(value: Any, _: Circumstances) -> str:
    tokens = set(words(str(value)))
    for name, signs in _RELATIONSHIPS.items():
        if name != "self" and tokens & (signs | {name}):
            return name
    if tokens & _RELATIONSHIPS["self"]:
        return "self"
    if tokens and len(tokens) <= 4 and tokens & {"other", "none", "uncle", "aunt", "cousin", "stranger", "nobody"}:
        return "other"
    raise FieldError("I didn't get that relationship.")


def _vehicle(value: Any, about: Circumstances) -> dict[str, Any]:
    said = (
        " ".join(str(value.get(k, "")) for k in ("year", "make", "model")) if isinstance(value, Mapping) else str(value)
    )
    vehicle = read_vehicle(said)
    insured = about.policy.vehicles if about.policy else ()
    best = max(insured, key=lambda v: _likeness(v, said, vehicle.year), default=None)
    if best and _likeness(best, said, vehicle.year) >= 0.6:
        return {"year": best.year, "make": best.make, "model": best.model}
    if not vehicle.make or not vehicle.model or not vehicle.year:
        raise FieldError("I need the year, the make and the model.")
    return {"year": vehicle.year, "make": vehicle.make, "model": vehicle.model}


def _likeness(vehicle: Vehicle, said: str, year: int | None) -> float:
    """How surely the words name this insured vehicle: year, make and model each count, misheard or not."""
    tokens = words(said)
    pairs = [*tokens, *(" ".join(pair) for pair in pairwise(tokens))]

    def best(name: str) -> float:
        score = max((sounds_like(name.lower(), part) for part in pairs), default=0.0)
        return score if score >= 0.75 else 0.0

    return 0.35 * (year == vehicle.year) + 0.35 * best(vehicle.make) + 0.35 * best(vehicle.model)


def _count(value: Any, _: Circumstances) -> int:
    text = str(value)
    tokens = words(text)
    number = value if isinstance(value, int) else read_number(text)
    if number is None and {"nobody", "else"} <= set(tokens):
        number = 1
    if number is None:
        raise FieldError("I need a number of vehicles.")
    others = "other" in tokens or "another" in tokens or "else" in tokens
    if others and not {"total", "altogether"} & set(tokens):
        number += 1
    number = max(number, 1) if "no" in tokens or "none" in tokens or "only" in tokens or "just" in tokens else number
    if not 1 <= number <= 50:
        raise FieldError("I need a number of vehicles.")
    return number


def _loss_date(value: Any, about: Circumstances) -> str:
    text = str(value)
    day = read_date(text, about.today)
    if day is None:
        raise FieldError("I need a day that is not in the future.")
    if day < about.today - timedelta(days=366):
        raise FieldError("That is more than a year ago.")
    return day.isoformat()


def _loss_time(value: Any, _: Circumstances) -> str:
    text = str(value).strip()
    if not text or set(words(text)) & {"know", "remember", "unsure", "idea", "unknown"}:
        return "unknown"
    time = read_time(text)
    if time is not None:
        return time
    for word, hour in (("morning", "09:00"), ("afternoon", "15:00"), ("evening", "19:00"), ("night", "22:00")):
        if word in words(text):
            return hour
    raise FieldError("I need the time of day.")


def _location(value: Any, about: Circumstances) -> dict[str, str]:
    if isinstance(value, Mapping):
        parts = {key: str(value.get(key) or "").strip() for key in ("street", "city", "state", "zipcode")}
        if parts["street"] and parts["city"]:
            return parts
        value = " ".join(part for part in parts.values() if part)
    text = str(value)
    place = read_place(text)
    if not (place.street and place.city) and not (about.insisted and words(text)):
        raise FieldError("I need the street and the city.")
    street = place.street or ("" if place.city else text)
    return {"street": street, "city": place.city, "state": place.state, "zipcode": place.zipcode}


def _drivable(value: Any, _: Circumstances) -> bool:
    if isinstance(value, bool):
        return value
    tokens, said = words(str(value)), " ".join(words(str(value)))
    if {"not", "no", "isn't", "can't", "cannot", "undrivable", "towed", "tow", "totaled", "totalled", "unsafe"} & set(
        tokens
    ):
        return False
    if (
        {"drivable", "driveable", "runs", "drives", "drove"} & set(tokens)
        or "can drive" in said
        or "still drive" in said
    ):
        return True
    answer = read_yes_no(said)
    if answer is None:
        raise FieldError("I need a yes or a no.")
    return answer


_HURT = frozenset("hurt injured injury injuries pain bleeding broken ambulance hospital ache aches sore".split())


def _injuries(value: Any, _: Circumstances) -> dict[str, Any]:
    if isinstance(value, Mapping):
        injured = value.get("injured")
        if isinstance(injured, bool):
            return {"injured": injured, "details": str(value.get("details") or "")}
        value = " ".join(str(v) for v in value.values())
    if isinstance(value, bool):
        return {"injured": value, "details": ""}
    text = str(value)
    tokens = set(words(text))
    said = " ".join(words(text))
    if (
        tokens & {"nobody", "none", "nope", "fine", "okay", "unhurt", "uninjured"}
        or "no one" in said
        or "not hurt" in said
    ):
        return {"injured": False, "details": ""}
    answer = read_yes_no(text)
    if answer is False:
        return {"injured": False, "details": ""}
    if answer is True or tokens & _HURT:
        return {"injured": True, "details": text}
    raise FieldError("I need to know whether anybody was hurt.")


_PURPOSES = {
    "commuting": {"commuting", "commute", "home", "work", "office", "job"},
    "work": {"delivery", "delivering", "client", "customer", "business", "errand"},
    "personal": {
        "personal", "shopping", "school", "groceries", "store", "vacation", "family", "friend", "friends", "dinner",
        "gym", "doctor", "visiting", "pleasure", "leisure", "kids", "church", "party", "movie", "park", "lunch",
    },
}  # fmt: skip


def _purpose(value: Any, _: Circumstances) -> str:
    tokens = set(words(str(value)))
    said = " ".join(words(str(value)))
    if said in {"commuting", "work", "personal", "other"}:
        return said
    if tokens & {"work", "job", "office"} and tokens & {"from", "to", "home", "way", "going", "driving"}:
        return "commuting"
    for name in ("work", "personal", "commuting"):
        if tokens & _PURPOSES[name]:
            return name
    if len(tokens) < 2:
        raise FieldError("I didn't get that.")
    return "other"


def _passengers(value: Any, _: Circumstances) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [_passenger(entry) for entry in value][:20]
    tokens = set(words(str(value)))
    said = " ".join(words(str(value)))
    if value is None or tokens & {"no", "none", "nobody", "alone", "zero", "nope", "myself"} or "no one" in said:
        return []
    if read_yes_no(str(value)) is True and len(tokens) <= 3:
        raise FieldError("Who was in the car with you?")
    if not tokens:
        raise FieldError("I need to know who else was in the car.")
    return [{"name": str(value)[:100], "relationship": ""}]


def _passenger(entry: Any) -> dict[str, str]:
    if isinstance(entry, Mapping):
        return {"name": str(entry.get("name") or "")[:100], "relationship": str(entry.get("relationship") or "")[:50]}
    return {"name": str(entry)[:100], "relationship": ""}


# -- how values are read back ---------------------------------------------------------------


def _say_place(place: Mapping[str, str]) -> str:
    return ", ".join(part for part in (place.get("street"), place.get("city"), place.get("state")) if part)


def _say_vehicle(vehicle: Mapping[str, Any]) -> str:
    return f"{vehicle['year']} {vehicle['make']} {vehicle['model']}"


def _say_date(day: str) -> str:
    return date.fromisoformat(day).strftime("%A, %B %-d")


def _say_time(time: str) -> str:
    if time == "unknown":
        return "at an unknown time"
    hour, minute = int(time[:2]), time[3:]
    clock = f"{(hour - 1) % 12 + 1}:{minute}" if minute != "00" else str((hour - 1) % 12 + 1)
    return f"around {clock} {'PM' if hour >= 12 else 'AM'}"


def _say_injuries(injuries: Mapping[str, Any]) -> str:
    return "somebody was injured" if injuries["injured"] else "nobody was injured"


def _say_passengers(passengers: list[dict[str, str]]) -> str:
    return (
        f"{len(passengers)} passengers" if len(passengers) > 1 else "one passenger" if passengers else "no passengers"
    )


FIELDS: tuple[Field, ...] = (
    Field(
        "incident_description",
        "Tell me, what happened?",
        "I'm sorry, I didn't catch that. Please describe what happened.",
        _text,
        lambda value: f"you told me: {str(value).rstrip('.')}",
    ),
    Field(
        "loss_date",
        "When did it happen?",
        "I didn't catch the date. When was it, for example today, yesterday, or last Monday?",
        _loss_date,
        lambda value: f"it happened on {_say_date(value)}",
    ),
    Field(
        "loss_time",
        "About what time of day was that?",
        "I didn't catch the time. Was it in the morning, the afternoon, or the evening, and at what time?",
        _loss_time,
        lambda value: _say_time(value),
    ),
    Field(
        "loss_location",
        "Where was that? Please tell me the street and the city.",
        "I didn't catch the location. Which street and which city was it?",
        _location,
        lambda value: f"at {_say_place(value)}",
    ),
    Field(
        "vehicle",
        "Which vehicle was it? Please say the year, the make and the model.",
        "I didn't get the vehicle. Which make and model is it, and from which year?",
        _vehicle,
        lambda value: f"with your {_say_vehicle(value)}",
    ),
    Field(
        "driver_name",
        "Who was driving?",
        "I didn't catch the driver. Who was driving the car?",
        _driver,
        lambda value: "nobody was in the driver's seat" if "nobody" in value else f"{value} at the wheel",
    ),
    Field(
        "driver_relationship",
        "What is the relationship of that person to the policyholder?",
        "I didn't get that. What is the relationship to the policyholder: the policyholder, family, or somebody else?",
        _relationship,
        lambda value: "" if value == "self" else f"relationship {value}",
    ),
    Field(
        "vehicles_involved",
        "How many cars were involved in total?",
        "I need a number here. How many cars were involved, yours included?",
        _count,
        lambda value: f"{value} vehicle{'s' if value != 1 else ''} involved",
    ),
    Field(
        "vehicle_drivable",
        "Is it still drivable?",
        "Please say: yes, it is drivable, or no, it is not drivable.",
        _drivable,
        lambda value: "the car can still be used" if value else "the car can not be used any more",
    ),
    Field(
        "injuries",
        "Was anyone injured or hurt?",
        "I want to be sure. Was anybody hurt? Please say yes or no.",
        _injuries,
        _say_injuries,
    ),
    Field(
        "trip_purpose",
        "What was the purpose of the trip?",
        "I didn't get that. What was the purpose of the trip: commuting, work, or something personal?",
        _purpose,
        lambda value: f"the trip was {value}" if value != "other" else "",
    ),
    Field(
        "passengers",
        "Were there any passengers?",
        "I didn't get that. Were there any passengers with you?",
        _passengers,
        _say_passengers,
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
