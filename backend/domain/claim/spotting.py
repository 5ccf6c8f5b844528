"""Values in words that were no answer to their question: a story that tells the day, a correction that says what is
wrong. Only what is said in so many words counts; a clause that denies something holds no value."""

import re
from typing import Any

from backend.domain.claim import counting, harm, people, reading
from backend.domain.claim.cars import owned
from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.claim.story import says_it_was_parked
from backend.domain.spoken.clauses import clauses
from backend.domain.spoken.places import read_place, street_in
from backend.domain.spoken.tokens import words
from backend.domain.spoken.vehicles import read_vehicle

__all__ = [
    "spot_count", "spot_date", "spot_drivable", "spot_driver", "spot_injuries", "spot_passengers", "spot_place",
    "spot_purpose", "spot_relationship", "spot_time", "spot_vehicle",
]  # fmt: skip

_DENIED = re.compile(
    r"^(?:no |not |yes |yeah |well |wait |sorry |and |but |so |i mean |actually )*(?:it |that |there |this )?"
    r"(?:wasn't|was not|isn't|is not|weren't|not)\b"
)
_TURN = re.compile(r"\b(?:not|rather than|instead of)\b.*$")
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = re.compile(
    rf"\b(?:yesterday|today|tonight|last night|this (?:morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri|satur|"
    rf"sun)days?|days? ago|weeks? ago|{_MONTHS} (?:the )?\w+|\w+ of {_MONTHS}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}})\b"
    r"|\bthe (?:(?:twenty |thirty )?\w+teenth|twentieth|thirtieth|twenty \w+(?:st|nd|rd|th)|thirty first"
    r"|eleventh|twelfth|\d{1,2}(?:st|nd|rd|th))\b(?! (?:and|street|avenue|road|floor|lane|highway|car|time"
    r"|of (?!the month)))"
)
_HOUR = re.compile(
    r"\b(?:noon|midnight|midday|o'clock|\d{1,2}(?::\d\d)?\s?[ap]\.?m|[ap]\.?\s?m|in the (?:morning|afternoon|evening)|"
    r"at night|this (?:morning|afternoon|evening)|tonight|last night)\b"
)
_PURPOSE = re.compile(
    r"\b(?:commut\w+|(?:way|driving|going|drive|coming|heading) (?:home )?(?:to|from) work|way home|errands?|"
    r"delivering|"
    r"purpose|shopping)\b"
)


_BESIDE_ME = re.compile(r"\b(?:in (?:it|the (?:car|back|truck|van))|with me|next to me|beside me)\b")
_STRANGER = frozenset("who guy other he she they man woman lady someone somebody driver his her their".split())
"""Words of a clause that tells about somebody else's driving."""


def _plain(text: str) -> list[str]:
    """The clauses that hold something: without those that deny, and without the denied end of the others."""
    kept: list[str] = []
    for clause in clauses(text):
        said = " ".join(clause)
        if not _DENIED.search(said):
            kept.append(_TURN.sub("", said).strip())
    return [said for said in kept if said]


def _one(found: list[Any]) -> Any:
    """The value, where all that was said agrees."""
    return found[0] if found and all(value == found[0] for value in found) else None


def _read(read: Any, said: str, about: Circumstances) -> Any:
    try:
        return read(said, about)
    except FieldError:
        return None


def spot_date(text: str, about: Circumstances) -> str | None:
    """A day."""
    found = [_read(reading.read_loss_date, said, about) for said in _plain(text) if _DAY.search(said)]
    return _one(found) if None not in found else None


def spot_time(text: str, about: Circumstances) -> str | None:
    """A clock time with its half of the day."""
    found = [_read(reading.read_loss_time, said, about) for said in _plain(text) if _HOUR.search(said)]
    found = [time for time in found if time != "unknown" and time is not None]
    exact = [time for time in found if time is not None]
    said = " ".join(words(text))
    whole = reading.read_time(said)
    if whole is None or (exact and whole not in exact):
        return None
    return _one(exact)


def spot_place(text: str, _: Circumstances) -> dict[str, str] | None:
    """A street and a city, where both are told."""
    said = " ".join(words(text))
    street, place = street_in(said), read_place(said)
    if not street or not (place.city and place.state):
        return None
    named = read_place(street).street
    return {"street": named, "city": place.city, "state": place.state, "zipcode": place.zipcode} if named else None


def spot_vehicle(text: str, about: Circumstances) -> dict[str, Any] | None:
    """A vehicle with year, make and model, or one of the policy's by its name."""
    found = []
    for said in _plain(text):
        vehicle = read_vehicle(said)
        if vehicle.make and vehicle.make.lower() in said.split() and (vehicle.year or vehicle.model):
            found.append(_read(reading.read_damaged_vehicle, said, about))
    own = [value for value in found if value is not None]
    return _one(own or [value for said in _plain(text) for value in owned(said, about)])


def spot_driver(text: str, about: Circumstances) -> str | None:
    """Who drove, where a clause speaks of driving the caller's car."""
    if says_it_was_parked(text):
        return people.PARKED
    said = [
        clause for clause in _plain(text) if people.speaks_of_driver(clause) and not _STRANGER & set(clause.split())
    ]
    found = [_read(people.read_driver, clause, about) for clause in said]
    return _one(found) if None not in found else None


def spot_relationship(text: str, about: Circumstances) -> str | None:
    """What the driver is to the policyholder, where driving or the relationship is spoken of."""
    if "relationship" in words(text):
        return _read(people.read_relationship, text, about)
    return people.relationship_in(text) if people.speaks_of_driver(text) else None


def spot_count(text: str, about: Circumstances) -> int | None:
    """A number of vehicles."""
    said = [clause for clause in _plain(text) if counting.speaks_of_count(clause)]
    return _one([_read(reading.read_count, clause, about) for clause in said])


def spot_drivable(text: str, about: Circumstances) -> bool | None:
    """Whether it drives."""
    if not harm.speaks_of_driving(text):
        return None
    return _read(
        harm.read_drivable, re.sub(r"^(?:no|yes|yeah|wait|sorry|actually|well)\b[ ,]*", "", text.lower()), about
    )


def spot_injuries(text: str, about: Circumstances) -> dict[str, Any] | None:
    """Whether somebody was hurt."""
    if not harm.speaks_of_harm(text):
        return None
    return _read(
        harm.read_injuries, re.sub(r"^(?:no|yes|yeah|wait|sorry|actually|well)\b[ ,]*", "", text.lower()), about
    )


def spot_passengers(text: str, about: Circumstances) -> list[dict[str, str]] | None:
    """Who else was in the car."""
    if {"passenger", "passengers"} & set(words(text)):
        return _read(people.read_passengers, text, about)
    return people.companions_in(text) or None if _BESIDE_ME.search(" ".join(words(text))) else None


def spot_purpose(text: str, about: Circumstances) -> str | None:
    """What the trip was for."""
    found = [_read(reading.read_purpose, said, about) for said in _plain(text) if _PURPOSE.search(said)]
    return _one([purpose for purpose in found if purpose != "other"])
