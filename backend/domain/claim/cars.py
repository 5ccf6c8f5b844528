"""Which of the caller's vehicles it was."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.records import Vehicle
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.names import sounds_like
from backend.domain.spoken.tokens import words
from backend.domain.spoken.vehicles import read_vehicle

__all__ = ["read_damaged_vehicle", "say_insured"]

_ENOUGH = 0.6
_LONG_YES = re.compile(r"\b(?:it|that|this)(?: one| car)? (?:was|is)(?: the one| mine| my car)?\b", re.IGNORECASE)
"""What people add to a yes to "was it your Honda?": nothing that speaks against it."""


def say_insured(vehicle: Vehicle) -> str:
    """The vehicle as it is offered: `2019 Honda Civic`."""
    return f"{vehicle.year} {vehicle.make} {vehicle.model}"


def read_damaged_vehicle(value: Any, about: Circumstances) -> dict[str, Any]:
    """The vehicle; one of the policy where it may be one of them.

    Raises:
        FieldError: it is not clear which, or year, make or model are lacking.
    """
    said = (
        " ".join(str(value.get(k, "")) for k in ("year", "make", "model")) if isinstance(value, Mapping) else str(value)
    )
    vehicle = read_vehicle(said)
    insured = about.policy.vehicles if about.policy else ()
    if len(insured) == 1 and not vehicle.make and read_consent(_LONG_YES.sub("", said)) == "yes":
        return _taken(insured[0])
    best = max(insured, key=lambda v: _likeness(v, said, vehicle.year), default=None)
    if best and _likeness(best, said, vehicle.year) >= _ENOUGH and not _another(vehicle.make, vehicle.year, best):
        return _taken(best)
    if (only := _only_of_its_make(said, vehicle.year, insured)) is not None:
        return _taken(only)
    if not vehicle.make or not vehicle.model or not vehicle.year:
        raise FieldError("I need the year, the make and the model.")
    return {"year": vehicle.year, "make": vehicle.make, "model": vehicle.model}


def _taken(vehicle: Vehicle) -> dict[str, Any]:
    return {"year": vehicle.year, "make": vehicle.make, "model": vehicle.model}


def _another(make: str, year: int | None, insured: Vehicle) -> bool:
    """Do the words name a year and a make that are both not those of the insured vehicle?"""
    return bool(make) and make != insured.make and year is not None and year != insured.year


def _only_of_its_make(said: str, year: int | None, insured: tuple[Vehicle, ...]) -> Vehicle | None:
    """The one insured vehicle whose make or model was said in so many words, where no other could be meant."""
    spoken = " ".join(words(said))
    named = [v for v in insured if v.make.lower() in spoken.split() or f" {v.model.lower()} " in f" {spoken} "]
    fitting = [v for v in named if year in (None, v.year)]
    other = read_vehicle(said)
    if len(fitting) != 1 or (other.model and other.model.lower() not in fitting[0].model.lower() and year is not None):
        return None
    return fitting[0] if len(insured) > 1 and len(spoken.split()) <= 6 else None


def _likeness(vehicle: Vehicle, said: str, year: int | None) -> float:
    """How surely the words name this insured vehicle: year, make and model each count, misheard or not."""
    tokens = words(said)
    pairs = [*tokens, *(" ".join(pair) for pair in pairwise(tokens))]

    def best(name: str) -> float:
        score = max((sounds_like(name.lower(), part) for part in pairs), default=0.0)
        return score if score >= 0.75 else 0.0

    return 0.35 * (year == vehicle.year) + 0.35 * best(vehicle.make) + 0.35 * best(vehicle.model)
