"""How values of a claim are read back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

__all__ = ["say_date", "say_injuries", "say_passengers", "say_place", "say_time", "say_vehicle"]


def say_place(place: Mapping[str, str]) -> str:
    """Where it happened."""
    return ", ".join(part for part in (place.get("street"), place.get("city"), place.get("state")) if part)


def say_vehicle(vehicle: Mapping[str, Any]) -> str:
    """Year, make and model."""
    return f"{vehicle['year']} {vehicle['make']} {vehicle['model']}"


def say_date(day: str) -> str:
    """The day in words."""
    return date.fromisoformat(day).strftime("%A, %B %-d")


def say_time(time: str) -> str:
    """The time as people say it."""
    if time == "unknown":
        return "at an unknown time"
    hour, minute = int(time[:2]), time[3:]
    clock = f"{(hour - 1) % 12 + 1}:{minute}" if minute != "00" else str((hour - 1) % 12 + 1)
    return f"around {clock} {'PM' if hour >= 12 else 'AM'}"


def say_injuries(injuries: Mapping[str, Any]) -> str:
    """Was anybody hurt?"""
    return "somebody was injured" if injuries["injured"] else "nobody was injured"


def say_passengers(passengers: list[dict[str, str]]) -> str:
    """How many there were."""
    return (
        f"{len(passengers)} passengers" if len(passengers) > 1 else "one passenger" if passengers else "no passengers"
    )
