"""Who drove, what they are to the policyholder, and who else was in the car."""

import re
from collections.abc import Mapping
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.claim.kin import KIN, RELATIONSHIPS
from backend.domain.claim.persons import Person, persons, plain_names
from backend.domain.spoken.clauses import clauses, hedged
from backend.domain.spoken.names import read_name, sounds_like
from backend.domain.spoken.numbers import read_number
from backend.domain.spoken.tokens import words

__all__ = [
    "PARKED",
    "companions_in",
    "read_driver",
    "read_passengers",
    "read_relationship",
    "relationship_in",
    "speaks_of_driver",
]

PARKED = "nobody (parked)"
"""The driver of a car that stood there without one."""

_NOBODY = re.compile(
    r"\b(?:nobody|no one|none|noone)\b(?! (?:else|but|except|other))|\bparked\b|\bwasn't being driven\b"
)
_OWN_VERB = re.compile(r"\bmy \w+ (?:was driving|drove)\b|\bi (?:was driving|drove)\b")
_TAKEN_BACK = re.compile(r"\b(?:no|not|actually|rather|sorry|wait|mean|or)\b")
"""Between two people: the second is meant instead of the first, or it is not clear which."""


def read_driver(value: Any, about: Circumstances) -> str:
    """Who drove, or that nobody did.

    Raises:
        FieldError: nobody was named, or two people were.
    """
    text = str(value).strip()
    said = " ".join(words(text))
    if _NOBODY.search(said) and not _OWN_VERB.search(said):
        return PARKED
    people = persons(text)
    driver = _one_driver(people)
    if driver is None and people and all(one.role in {"denied", "companion"} for one in people):
        raise FieldError("I need the name of the driver.")
    if driver is None or (not driver.is_caller and hedged(text)):
        return _somebody(text, about)
    if driver.is_caller:
        return about.policy.full_name if about.policy else about.caller or "the caller"
    return _named_relative(driver.kin, driver.name, about)


def _one_driver(people: list[Person]) -> Person | None:
    """Who is said to have driven; ``None`` when nobody is.

    Raises:
        FieldError: more than one could be meant.
    """
    drove = [one for one in people if one.role == "driver"] or [one for one in people if one.role == "open"]
    if not drove:
        return None
    said_after = people[people.index(drove[0]) + 1 :]
    doubted = any(one.role == "open" and _TAKEN_BACK.search(one.before) for one in said_after)
    if len({(one.kin, one.name) for one in drove}) > 1 or doubted:
        raise FieldError("I understood two drivers.")
    return drove[0]


def _named_relative(kin: str, name: str, about: Circumstances) -> str:
    if name:
        return read_name(name)[:100]
    if not about.insisted:
        raise FieldError("I need the name of the driver.")
    return f"the caller's {kin} (not named)"


def _somebody(text: str, about: Circumstances) -> str:
    name = read_name(
        re.sub(r"(?i)\b(?:was|were|is) (?:driving|behind the wheel|at the wheel|the driver)\b.*", "", text)
    )
    if about.policy and sounds_like(name, about.policy.full_name) > 0.8:
        return about.policy.full_name
    if len(name) < 2 or hedged(text) or len(name.split()) > 4 or set(words(name)) & _NOT_IN_NAMES:
        raise FieldError("I need the name of the driver, or that nobody was driving.")
    return name[:100]


_NOT_IN_NAMES = frozenset(
    "is was are were be been being has had it its this that there here at in with and or but not".split()
)
"""A sentence that was misheard is not the name of anybody, however often it is said."""


def speaks_of_driver(text: str) -> bool:
    """Do the words say who drove the caller's car?"""
    said = " ".join(words(text))
    return "nobody was driving" in said or any(one.role == "driver" for one in persons(text))


def relationship_in(text: str) -> str | None:
    """What the words about the driver say about the relationship; ``None`` when nothing."""
    try:
        driver = _one_driver(persons(text))
    except FieldError:
        return None
    return KIN.get(driver.kin) if driver is not None else None


def companions_in(text: str) -> list[dict[str, str]]:
    """Who is said to have been in the car beside the driver."""
    return [_entry(one) for one in persons(text) if one.role == "companion" and not one.is_caller]


def read_relationship(value: Any, _: Circumstances) -> str:
    """What the driver is to the policyholder."""
    tokens = set(words(str(value)))
    for name, signs in RELATIONSHIPS.items():
        if name != "self" and tokens & (signs | {name}):
            return name
    if tokens & RELATIONSHIPS["self"]:
        return "self"
    if tokens and len(tokens) <= 4 and tokens & {"none", "stranger", "nobody"}:
        return "other"
    raise FieldError("I didn't get that relationship.")


_ALONE = re.compile(
    r"\b(?:no|none|nobody|alone|zero|nope|myself|no one|just me|only me|just i|by (?:him|her|them|my)sel(?:f|ves)"
    r"|on (?:my|his|her|their) own)\b"
)
_YET_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b(?! (?:but|except|else|besides|other|just|only|apart|my|of))")
"""Beside somebody who is named: "our son had just gotten out, so nobody"."""
_GROUP = r"(?:kids|children|friends|people|passengers|sons|daughters|brothers|sisters|coworkers|colleagues|grandkids)"
_SEVERAL = re.compile(rf"\b(?:{_GROUP}|of them|of us)\b")
_MANY = re.compile(rf"\b((?:my|our|the|some) (?:[\w']+ )?{_GROUP})\b")
_MOST = 20


def read_passengers(value: Any, about: Circumstances) -> list[dict[str, str]]:
    """Who else was in the car.

    Raises:
        FieldError: that somebody was, and not who; or nothing about it.
    """
    if isinstance(value, list):
        return [_passenger(entry) for entry in value][:_MOST]
    if value is None:
        return []
    text = str(value)
    found = _paired(text) or [one for clause in clauses(text) for one in _people(clause)]
    if found and _YET_NOBODY.search(" ".join(words(text))):
        raise FieldError("I understood that somebody was in the car, and nobody.")
    if found:
        return found[:_MOST]
    if names := [] if _ALONE.search(" ".join(words(text))) else plain_names(text):
        return [{"name": read_name(name)[:100], "relationship": ""} for name in names][:_MOST]
    if _ALONE.search(" ".join(words(text))):
        return []
    raise FieldError("I need to know who else was in the car.")


def _paired(text: str) -> list[dict[str, str]]:
    """ "Laura and Ben, my wife and my son": as many names as relatives, in the same order."""
    said = " ".join(words(text))
    match = re.fullmatch(
        r"(?:(?:yes|yeah|just|only|it was|there were|with) )*([\w'-]+(?: and [\w'-]+)+) ((?:my|our) .+)", said
    )
    kin = [token for token in (match[2].split() if match else []) if token not in {"my", "our", "and"}]
    names = match[1].split(" and ") if match else []
    if not match or len(kin) != len(names) or not set(kin) <= KIN.keys() or set(names) & KIN.keys():
        return []
    return [{"name": read_name(name), "relationship": KIN[one]} for name, one in zip(names, kin, strict=True)]


def _people(clause: list[str]) -> list[dict[str, str]]:
    """The people of one clause. "No kids" is none, "just my wife" is one."""
    said = " ".join(clause)
    denied = clause[0] in {"no", "not", "nobody", "none", "without"} and "just" not in clause and "only" not in clause
    if denied and "my" not in clause:
        return []
    if _SEVERAL.search(said) and (number := read_number(said)) is not None and number >= 1:
        return [{"name": "", "relationship": ""} for _ in range(min(number, _MOST))]
    named = [_entry(one) for one in persons(said) if one.kin]
    if many := _MANY.search(said):
        named.append({"name": many[1], "relationship": ""})
    return named


def _entry(one: Person) -> dict[str, str]:
    return {"name": read_name(one.name)[:100], "relationship": KIN.get(one.kin, "")}


def _passenger(entry: Any) -> dict[str, str]:
    if isinstance(entry, Mapping):
        return {"name": str(entry.get("name") or "")[:100], "relationship": str(entry.get("relationship") or "")[:50]}
    return {"name": str(entry)[:100], "relationship": ""}
