"""How values of a claim are read back, to the person who gave them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.domain.claim.people import PARKED

__all__ = [
    "in_fewer_words", "say_count", "say_date", "say_driver", "say_injuries", "say_passengers", "say_place",
    "say_purpose", "say_relationship", "say_time", "say_vehicle",
]  # fmt: skip

_SELF = frozenset({"self", "none", ""})
_TO_YOU = {
    "spouse": "your spouse", "child": "your child", "parent": "your parent", "sibling": "your brother or sister",
    "friend": "a friend of yours", "employee": "an employee", "other": "another relationship to you",
}  # fmt: skip

_TELLS = 4
"""Details of fewer words say no more than that somebody was hurt."""
_MOST_NAMED = 3
_SHORTER = (
    ("it was your ", "your "), (" was driving", " drove"), ("you were driving", "you drove"),
    ("it can not be driven", "it can't be driven"), ("it can still be driven", "it still drives"),
    ("one vehicle involved", "one car"), ("vehicles involved", "cars"), ("you were commuting", "commuting"),
    ("a trip for work", "a work trip"), ("without passengers", "no passengers"), ("it happened on ", "on "),
    ("it was parked with nobody in it", "it was parked, empty"),
    ("another relationship to you", "another relationship"),
)  # fmt: skip


def say_place(place: Mapping[str, str] | None) -> str:
    """Where it happened."""
    if place is None:
        return ""
    street = str(place.get("street") or "")
    street = street.removeprefix("The Corner of ")
    street = f"{street[:1].lower()}{street[1:]}" if street.startswith("The ") else street
    return "at " + ", ".join(part for part in (street, place.get("city"), place.get("state")) if part)


def say_vehicle(vehicle: Mapping[str, Any] | None) -> str:
    """Year, make and model."""
    if vehicle is None:
        return ""
    return "it was your " + " ".join(f"{vehicle['year']} {vehicle['make']} {vehicle['model']}".split())


def say_date(day: str) -> str:
    """The day in words."""
    return "it happened on " + date.fromisoformat(day).strftime("%A, %B %-d")


def say_time(time: str | None) -> str:
    """The time as people say it."""
    if time in (None, "unknown"):
        return "at an unknown time"
    hour, minute = int(time[:2]), time[3:]
    clock = f"{(hour - 1) % 12 + 1}:{minute}" if minute != "00" else str((hour - 1) % 12 + 1)
    return f"around {clock} {'PM' if hour >= 12 else 'AM'}"


def say_driver(driver: str | None, policyholder: bool) -> str:
    """Who drove."""
    if driver is None:
        return ""
    if driver == PARKED:
        return "it was parked with nobody in it"
    if policyholder:
        return "you were driving"
    name = driver.replace("the caller's ", "your ").replace(" (not named)", "")
    return f"{name} was driving"


def say_relationship(relationship: str | None) -> str:
    """What the driver is to the policyholder."""
    if relationship is None or relationship in _SELF:
        return ""
    return _TO_YOU.get(relationship, "")


def say_count(count: int | None) -> str:
    """How many vehicles."""
    if count is None:
        return ""
    return f"{count} vehicles involved" if count != 1 else "one vehicle involved"


def say_injuries(injuries: Mapping[str, Any] | None) -> str:
    """Was anybody hurt?"""
    if injuries is None:
        return ""
    if not injuries["injured"]:
        return "nobody was hurt"
    told = len(str(injuries.get("details") or "").split()) >= _TELLS
    return "somebody was hurt, noted in your words" if told else "somebody was hurt"


def say_purpose(purpose: str | None) -> str:
    """What the trip was for."""
    said = {
        "commuting": "you were commuting",
        "work": "a trip for work",
        "personal": "a personal trip",
        "other": "another kind of trip",
    }
    return said.get(purpose or "", "")


def say_passengers(passengers: list[dict[str, str]] | None) -> str:
    """Who they were, where that was said of each; else how many."""
    if passengers is None:
        return ""
    if not passengers:
        return "without passengers"
    people = [_passenger(one) for one in passengers]
    if len(people) > _MOST_NAMED or not all(people):
        return f"with {len(people)} passengers" if len(people) > 1 else "with one passenger"
    return "with " + (people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}")


def in_fewer_words(clause: str) -> str:
    """The same, for a read-back with little room."""
    for long, short in _SHORTER:
        clause = clause.replace(long, short)
    return clause


def _passenger(one: Mapping[str, str]) -> str:
    name = str(one.get("name") or "")
    if name.lower().startswith(("my ", "our ")):
        return f"your {name.split(' ', 1)[1]}"
    kin = str(one.get("relationship") or "")
    return name or (_TO_YOU.get(kin, "") if kin != "other" else "")
