"""Which of the caller's vehicles it was."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.records import Vehicle
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.names import sounds_like
from backend.domain.spoken.numbers import read_year
from backend.domain.spoken.tokens import words
from backend.domain.spoken.vehicles import read_vehicle
from backend.domain.spoken.yes_no import read_verb

__all__ = ["owned", "read_damaged_vehicle", "say_insured"]

_THE = re.compile(r"^(?:(?:no|yes|sorry|wait|actually|well|i mean) )*(?:it|that) (?:was|is) (?=the |my |our )")
_ENOUGH = 0.6
_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}
_HARMLESS = frozenset(
    "a an the my our own that that's this it it's is was one ones yes yeah yep yup correct right exactly of course um "
    "uh er well oh car vehicle truck only insured policy on with you have same indeed so i said told and by way which "
    "mentioned drive have i've got damaged thank thanks you please again like as sure there number".split()
)
"""What people say around the name of a car that is known: nothing that speaks of another one."""
_THE_ONE = frozenset({"that's the one", "that is the one", "it's the one", "that one", "that's it", "the one you said"})
_AGES = frozenset("new newer newest old older oldest".split())
_YEAR_WORDS = frozenset(
    "two thousand and twenty nineteen eighteen seventeen sixteen fifteen fourteen thirteen twelve eleven ten oh one "
    "three four five six seven eight nine thirty forty fifty sixty seventy eighty ninety hundred".split()
)
_LONGEST = 12


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
    if (named := _plainly_named(said, insured)) is not None:
        return _taken(named)
    if sum(_is_named(vehicle, said) for vehicle in insured) > 1:
        raise FieldError("I understood two of the cars.")
    best = max(insured, key=lambda v: _likeness(v, said, vehicle.year), default=None)
    if best and _likeness(best, said, vehicle.year) >= _ENOUGH and not _another(vehicle.make, vehicle.year, best):
        return _taken(best)
    if not vehicle.make or not vehicle.model or not vehicle.year:
        raise FieldError("I need the year, the make and the model.")
    return {"year": vehicle.year, "make": vehicle.make, "model": vehicle.model}


def owned(said: str, about: Circumstances) -> list[dict[str, Any]]:
    """The insured vehicles that a clause calls the caller's own: "my escape", "in our old honda"; or that are the
    whole of it: "no, it was the mazda"."""
    insured = about.policy.vehicles if about.policy else ()
    named = [vehicle for vehicle in insured if _is_named(vehicle, said)]
    plain = _THE.sub("", said)
    mine = [vehicle for vehicle in named if _names_only(words(plain), vehicle) and plain != said]
    return [_taken(vehicle) for vehicle in mine or (named if _mine(said, named) else [])]


def _mine(said: str, named: Sequence[Vehicle]) -> bool:
    for vehicle in named:
        names = "|".join(map(re.escape, (set(words(f"{vehicle.make} {vehicle.model}")) - _YEAR_WORDS)))
        if not re.search(rf"\b(?:my|our) (?:[\w'-]+ ){{0,3}}?(?:{names})\b", said):
            return False
    return bool(named)


def _taken(vehicle: Vehicle) -> dict[str, Any]:
    return {"year": vehicle.year, "make": vehicle.make, "model": vehicle.model}


def _another(make: str, year: int | None, insured: Vehicle) -> bool:
    """Do the words name a year and a make that are both not those of the insured vehicle?"""
    return bool(make) and make != insured.make and year is not None and year != insured.year


def _plainly_named(said: str, insured: Sequence[Vehicle]) -> Vehicle | None:
    """The insured vehicle that is meant where nothing else is said: "the civic", "the first one", "yes it was"."""
    tokens = words(said)
    if not tokens or len(tokens) > _LONGEST:
        return None
    if len(insured) == 1 and (_agrees(said, tokens) or read_verb(said) is True):
        return insured[0]
    fitting = [vehicle for vehicle in insured if _names_only(tokens, vehicle)]
    if not fitting and len(insured) > 1:
        fitting = _counted(tokens, insured)
    return fitting[0] if len(fitting) == 1 else None


def _agrees(said: str, tokens: Sequence[str]) -> bool:
    """ "Yes that's my only car": a yes, or that it was the one, and nothing that speaks against it."""
    if read_consent(said) == "yes":
        return True
    agreed = {"yes", "yeah", "yep", "yup", "right", "correct", "exactly"} & set(tokens) or " ".join(tokens) in _THE_ONE
    return bool(agreed) and set(tokens) <= _HARMLESS


def _is_named(vehicle: Vehicle, said: str) -> bool:
    """Is its make or model said, and is that no word of anything else?"""
    return bool((set(words(said)) & set(words(f"{vehicle.make} {vehicle.model}"))) - _YEAR_WORDS - _HARMLESS)


def _names_only(tokens: Sequence[str], vehicle: Vehicle) -> bool:
    """Is year, make or model of this vehicle said, and beside it nothing of any other?"""
    own = words(f"{vehicle.make} {vehicle.model}")
    rest = [token for token in tokens if token not in own]
    named = len(rest) < len(tokens) and (set(tokens) & set(own)) - _HARMLESS
    if read_year(" ".join(rest)) == vehicle.year:
        named, rest = named or {"year"}, [token for token in rest if not _is_number(token)]
    return bool(named) and set(rest) <= _HARMLESS


def _counted(tokens: Sequence[str], insured: Sequence[Vehicle]) -> list[Vehicle]:
    """ "The first one", "the newer one": by the order in which they were offered, or by age."""
    if not set(tokens) - set(_ORDINALS) - _AGES <= _HARMLESS:
        return []
    places = {place for token in tokens if (place := _ORDINALS.get(token)) is not None}
    if len(places) == 1 and not _AGES & set(tokens):
        place = places.pop()
        return [insured[place]] if place < len(insured) else []
    if places or len(_AGES & set(tokens)) != 1 or len({vehicle.year for vehicle in insured}) < len(insured):
        return []
    by_year = sorted(insured, key=lambda vehicle: vehicle.year)
    return [by_year[-1] if {"new", "newer", "newest"} & set(tokens) else by_year[0]]


def _is_number(token: str) -> bool:
    return token.isdecimal() or token in _YEAR_WORDS


def _likeness(vehicle: Vehicle, said: str, year: int | None) -> float:
    """How surely the words name this insured vehicle: year, make and model each count, misheard or not."""
    tokens = [token for token in words(said) if token != "the"]  # which sounds like "three", a model
    pairs = [*tokens, *(" ".join(pair) for pair in pairwise(tokens))]

    def best(name: str) -> float:
        score = max((sounds_like(name.lower(), part) for part in pairs), default=0.0)
        return score if score >= 0.75 else 0.0

    return 0.35 * (year == vehicle.year) + 0.35 * best(vehicle.make) + 0.35 * best(vehicle.model)
