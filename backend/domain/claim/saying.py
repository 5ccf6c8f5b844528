"""How values of a claim are read back, to the person who gave them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.domain.claim.people import PARKED

__all__ = [
    "say_count", "say_date", "say_driver", "say_injuries", "say_passengers", "say_place", "say_purpose",
    "say_relationship", "say_time", "say_vehicle",
]  # fmt: skip

_LONGEST_NAME = 4
_SELF = frozenset({"self", "none", ""})
_TO_YOU = {
    "spouse": "your spouse", "child": "your child", "parent": "your parent", "sibling": "your brother or sister",
    "friend": "a friend of yours", "employee": "an employee",
}  # fmt: skip


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
    return "it was your " + " ".join(f"{vehicle['year']} {vehicle['make']} {vehicle['model']}".split()[:5])


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
    return f"{' '.join(name.split()[:_LONGEST_NAME])} was driving"


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
    return "somebody was hurt" if injuries["injured"] else "nobody was hurt"


def say_purpose(purpose: str | None) -> str:
    """What the trip was for."""
    said = {"commuting": "you were commuting", "work": "a trip for work", "personal": "a personal trip"}
    return said.get(purpose or "", "")


def say_passengers(passengers: list[dict[str, str]] | None) -> str:
    """How many there were."""
    if passengers is None:
        return ""
    return (
        f"with {len(passengers)} passengers"
        if len(passengers) > 1
        else ("with one passenger" if passengers else "without passengers")
    )
