"""How answers to the fields of a claim are read: typed values and spoken words alike.

Each takes a typed value as well as the caller's own words ("yesterday", "nobody was hurt"), so that it does not
matter how much a model tidies up before it calls a tool.
"""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.records import Vehicle
from backend.domain.spoken.dates import read_date
from backend.domain.spoken.names import read_name, sounds_like
from backend.domain.spoken.numbers import read_number
from backend.domain.spoken.places import read_place
from backend.domain.spoken.times import read_time
from backend.domain.spoken.tokens import words
from backend.domain.spoken.vehicles import read_vehicle
from backend.domain.spoken.yes_no import read_yes_no

__all__ = [
    "read_count",
    "read_damaged_vehicle",
    "read_description",
    "read_drivable",
    "read_driver",
    "read_injuries",
    "read_location",
    "read_loss_date",
    "read_loss_time",
    "read_passengers",
    "read_purpose",
    "read_relationship",
]


def read_description(value: Any, _: Circumstances) -> str:
    """What happened, in a few words at least."""
    text = " ".join(str(value).split())
    if len(words(text)) < 2:
        raise FieldError("Please describe it in a few words.")
    return text[:2000]


def read_driver(value: Any, about: Circumstances) -> str:
    """Who drove, or that nobody did."""
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


def read_relationship(value: Any, _: Circumstances) -> str:
    """What the driver is to the policyholder."""
    tokens = set(words(str(value)))
    for name, signs in _RELATIONSHIPS.items():
        if name != "self" and tokens & (signs | {name}):
            return name
    if tokens & _RELATIONSHIPS["self"]:
        return "self"
    if tokens and len(tokens) <= 4 and tokens & {"other", "none", "uncle", "aunt", "cousin", "stranger", "nobody"}:
        return "other"
    raise FieldError("I didn't get that relationship.")


def read_damaged_vehicle(value: Any, about: Circumstances) -> dict[str, Any]:
    """Which vehicle; one of the policy where it may be one of them."""
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


def read_count(value: Any, _: Circumstances) -> int:
    """How many vehicles had a part in it."""
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


def read_loss_date(value: Any, about: Circumstances) -> str:
    """The day, as ISO 8601; never one to come."""
    text = str(value)
    day = read_date(text, about.today)
    if day is None:
        raise FieldError("I need a day that is not in the future.")
    if day < about.today - timedelta(days=366):
        raise FieldError("That is more than a year ago.")
    return day.isoformat()


def read_loss_time(value: Any, _: Circumstances) -> str:
    """The time of day, as HH:MM or "unknown"."""
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


def read_location(value: Any, about: Circumstances) -> dict[str, str]:
    """Street, city, state and zip code, as far as they were said."""
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


def read_drivable(value: Any, _: Circumstances) -> bool:
    """Can it be driven?"""
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


def read_injuries(value: Any, _: Circumstances) -> dict[str, Any]:
    """Was anybody hurt, and how?"""
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


def read_purpose(value: Any, _: Circumstances) -> str:
    """What the trip was for."""
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


def read_passengers(value: Any, _: Circumstances) -> list[dict[str, str]]:
    """Who else was in the car."""
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
