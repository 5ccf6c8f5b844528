"""How answers to the fields of a claim are read: typed values and spoken words alike.

Each takes a typed value as well as the caller's own words ("yesterday", "nobody was hurt"), so that it does not
matter how much a model tidies up before it calls a tool.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from backend.domain.claim.cars import read_damaged_vehicle
from backend.domain.claim.counting import read_count
from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.claim.harm import read_drivable, read_injuries
from backend.domain.claim.people import read_driver, read_passengers, read_relationship
from backend.domain.claim.story import is_no_account
from backend.domain.spoken.dates import read_date
from backend.domain.spoken.names import read_person
from backend.domain.spoken.places import read_place, street_in
from backend.domain.spoken.times import read_time
from backend.domain.spoken.tokens import words

__all__ = [
    "half_of_day_is_open",
    "read_count",
    "read_damaged_vehicle",
    "read_description",
    "read_drivable",
    "read_driver",
    "read_full_name",
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
    if len(words(text)) < 2 or is_no_account(text):
        raise FieldError("Please describe it in a few words.")
    return text[:2000]


def read_full_name(value: Any, _: Circumstances) -> str:
    """First and last name of a caller who could not be verified."""
    name = read_person(str(value))
    if len(name.split()) < 2 or len(name.split()) > 5:
        raise FieldError("I need the first and the last name.")
    return name[:100]


def read_loss_date(value: Any, about: Circumstances) -> str:
    """The day, as ISO 8601; never one to come."""
    text = str(value)
    day = read_date(text, about.today)
    if day is None:
        raise FieldError("I need a day that is not in the future.")
    if day < about.today - timedelta(days=366):
        raise FieldError("That is more than a year ago.")
    return day.isoformat()


_HALF = re.compile(
    r"\b(?:a\.?\s?m\b|p\.?\s?m\b|morning|noon|noontime|midday|midnight|afternoon|evening|night|tonight|dawn|dusk)"
)
_TYPED = re.compile(r"\d\d:\d\d")


def half_of_day_is_open(text: str, time: str) -> bool:
    """Could the hour that was said be one of the morning as well as one of the evening?"""
    return int(time[:2]) in range(1, 13) and not _TYPED.fullmatch(text.strip()) and not _HALF.search(text.lower())


def read_loss_time(value: Any, _: Circumstances) -> str:
    """The time of day, as HH:MM or "unknown"."""
    text = str(value).strip()
    if not text or set(words(text)) & {"know", "remember", "unsure", "idea", "unknown"}:
        return "unknown"
    time = read_time(text)
    if time is not None:
        if half_of_day_is_open(text, time):
            raise FieldError("I need to know whether that was in the morning or in the afternoon.")
        return time
    for word, hour in (("morning", "09:00"), ("afternoon", "15:00"), ("evening", "19:00"), ("night", "22:00")):
        if word in words(text):
            return hour
    raise FieldError("I need the time of day.")


_LONGEST_STREET = 9
_TELLS = re.compile(r"\b(?:i|we|he|she|they) (?:was|were|had|hit|drove|swerved|stopped|got|am|are|is)\b")
"""A sentence is no name of a street."""


def read_location(value: Any, about: Circumstances) -> dict[str, str]:
    """Street, city, state and zip code, as far as they were said."""
    if isinstance(value, Mapping):
        parts = {key: str(value.get(key) or "").strip() for key in ("street", "city", "state", "zipcode")}
        if parts["street"] and parts["city"]:
            return parts
        value = " ".join(part for part in parts.values() if part)
    text = str(value)
    place = read_place(text)
    if len(place.street.split()) > _LONGEST_STREET or _TELLS.search(place.street.lower()):
        place = replace(place, street=read_place(street_in(place.street)).street)
    if not (place.street and place.city) and not (about.insisted and words(text)):
        raise FieldError("I need the street and the city.")
    street = place.street or ("" if place.city else text)
    return {"street": street, "city": place.city, "state": place.state, "zipcode": place.zipcode}


_PURPOSES = {
    "commuting": {"commuting", "commute", "home", "work", "office", "job"},
    "work": {"delivery", "delivering", "client", "customer", "business", "errand"},
    "personal": {
        "personal", "shopping", "school", "groceries", "store", "vacation", "family", "friend", "friends", "dinner",
        "gym", "doctor", "visiting", "pleasure", "leisure", "kids", "church", "party", "movie", "park", "lunch",
        "private",
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
