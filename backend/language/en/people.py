"""Several people: who else was there, with their names and what they are to the caller."""

import re

from backend.language.en.capitals import written
from backend.language.en.kin import KIN
from backend.language.en.persons import Person, persons, plain_names
from backend.language.en.spoken.clauses import clauses
from backend.language.en.spoken.numbers import read_number
from backend.language.en.spoken.tokens import words
from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["companions", "read_people"]

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


def read_people(text: str) -> Reading:
    """``[{"name", "relationship"}]``, empty for nobody; a doubt where somebody was there and nobody."""
    found = _paired(text) or [one for clause in clauses(text) for one in _people(clause)]
    said = " ".join(words(text))
    if found and _YET_NOBODY.search(said):
        return doubtful("somebody is named, and nobody was there", found)
    if found:
        return sure(found[:_MOST], (said,))
    if _ALONE.search(said):
        return sure([], (said,))
    names = plain_names(text)
    return sure([_named(name) for name in names][:_MOST], (said,)) if names else nothing()


def companions(text: str) -> list[dict[str, str]]:
    """Who is said to have been there beside the one who did it."""
    return [_entry(one) for one in persons(text) if one.role == "companion" and not one.is_caller]


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
    return [_named(name, KIN[one]) for name, one in zip(names, kin, strict=True)]


def _people(clause: list[str]) -> list[dict[str, str]]:
    """The people of one clause. "No kids" is none, "just my wife" is one."""
    said = " ".join(clause)
    denied = clause[0] in {"no", "not", "nobody", "none", "without"} and "just" not in clause and "only" not in clause
    if denied and "my" not in clause:
        return []
    if _SEVERAL.search(said) and (number := read_number(said)) is not None and number >= 1:
        return [_named("") for _ in range(min(number, _MOST))]
    named = [_entry(one) for one in persons(said) if one.kin]
    if many := _MANY.search(said):
        named.append({"name": many[1], "relationship": ""})
    return named


def _entry(one: Person) -> dict[str, str]:
    return _named(one.name, KIN.get(one.kin, ""))


def _named(name: str, relationship: str = "") -> dict[str, str]:
    return {"name": written(name.split())[:100] if name else "", "relationship": relationship}
