"""Who drove, what they are to the policyholder, and who else was in the car."""

import re
from collections.abc import Mapping
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.spoken.clauses import clauses, hedged
from backend.domain.spoken.names import read_name, sounds_like
from backend.domain.spoken.numbers import read_number
from backend.domain.spoken.tokens import words

__all__ = ["PARKED", "read_driver", "read_passengers", "read_relationship", "relationship_in", "speaks_of_driver"]

PARKED = "nobody (parked)"
"""The driver of a car that stood there without one."""

_RELATIONSHIPS = {
    "self": {"policy", "policyholder", "holder", "myself", "me", "self", "own", "mine", "owner", "i", "insured"},
    "spouse": {"wife", "husband", "spouse", "partner", "fiance", "fiancee", "girlfriend", "boyfriend"},
    "child": {"son", "daughter", "child", "kid", "stepson", "stepdaughter"},
    "parent": {"mother", "father", "mom", "dad", "parent", "mum"},
    "sibling": {"brother", "sister"},
    "friend": {"friend", "neighbor", "neighbour", "roommate", "buddy"},
    "employee": {"employee", "colleague", "coworker", "worker"},
    "other": {"uncle", "aunt", "cousin", "nephew", "niece", "grandmother", "grandfather", "grandson", "granddaughter",
              "grandma", "grandpa", "mechanic", "valet", "boss"},
}  # fmt: skip
_KIN = {word: name for name, signs in _RELATIONSHIPS.items() if name != "self" for word in signs}
_ME = re.compile(
    r"\b(?:i (?:was|am|were) (?:the one |just )?(?:driv\w+|behind the wheel|at the wheel|the driver|taking|going|"
    r"coming|heading|pulling|backing|turning|parking|alone|by myself)|i'm the (?:driver|policyholder|policy holder)|"
    r"i am the (?:policyholder|policy holder|insured)|i drove|i did|it was me|that was me|that is me|"
    r"that's me|me driving|by me|so me|"
    r"(?:just|only) me|myself|the caller)\b|"
    r"^(?:yes |yeah |well |uh |um |it was |that was )*(?:me|i) (?:together |along )?with\b|"
    r"^(?:yes |yeah |well |uh |um )*(?:me|i|self|caller|i was|i am|i'm|policyholder)"
    r"(?: (?:and|there was)? ?nobody else)?$"
)
_DRIVING = re.compile(r"\b(?:i was driving|i drove|\w+ was driving|behind the wheel|nobody was driving)\b")
_NOT_ME = re.compile(r"\bnot me\b|\bwasn't me\b|\bi (?:wasn't|was not|didn't|did not)\b|\bnot i\b")
_NOBODY = re.compile(
    r"\b(?:nobody|no one|none|noone)\b(?! (?:else|but|except|other))|\bparked\b|\bwasn't being driven\b"
)
_KIN_LAST = re.compile(
    r"^(?!.*\b(?:i|me|with|was|is|and|or|it|not|but|no)\b)((?:[^\W\d_][\w'-]* ?){1,3}?),? my (\w+)$", re.IGNORECASE
)
_OWNED = re.compile(r"\b(?:my|the|his|her) \w+'s\b")
_BESIDE = re.compile(r"\b(?:taking|with|beside|driving|and|to|for|picking up|dropping off) (?:my|our|the) (\w+)")
_NO_NAMES = frozenset(
    "was were is not and driving drove who she he i me had has the a my it at behind with in no just only so then did "
    "took that but by they we our her his actually named called name".split()
)


def read_driver(value: Any, about: Circumstances) -> str:
    """Who drove, or that nobody did.

    Raises:
        FieldError: nobody was named, or two people were.
    """
    text = _KIN_LAST.sub(r"my \2 \1", str(value).strip())
    said = " ".join(words(text))
    if _NOBODY.search(said) and not re.search(r"\bmy \w+ (?:was driving|drove)\b|\bi (?:was driving|drove)\b", said):
        return PARKED
    me = bool(_ME.search(_NOT_ME.sub(" ", said)))
    kin, name = _relative(said, beside=me)
    if (me and kin) or " or my " in said or (not me and hedged(text)):
        raise FieldError("I understood two drivers.")
    if me:
        return about.policy.full_name if about.policy else about.caller or "the caller"
    if kin:
        return _named_relative(kin, name, about)
    return _somebody(text, about)


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
    if len(name) < 2 or _NOT_ME.search(" ".join(words(text))) or len(name.split()) > 4:
        raise FieldError("I need the name of the driver, or that nobody was driving.")
    return name[:100]


def _relative(said: str, *, beside: bool) -> tuple[str, str]:
    """The relative who drove, and the name that was said with them. ``beside``: the caller drove, with somebody."""
    left = _OWNED.sub(" ", said)
    if beside:
        left = _BESIDE.sub(" ", left)
    tokens = left.split()
    for index, token in enumerate(tokens):
        if token in _KIN and (not beside or _drives(tokens[index + 1 :])):
            following: list[str] = []
            for word in tokens[index + 1 : index + 5]:
                if word in {"named", "called", "name", "is"} and not following:
                    continue
                if word in _NO_NAMES or word in _KIN:
                    break
                following.append(word)
            return token, " ".join(following[:3])
    return "", ""


def _drives(after: list[str]) -> bool:
    return bool({"driving", "drove", "wheel"} & set(after[:6])) and "i" not in after[:4]


def speaks_of_driver(text: str) -> bool:
    """Do the words say who drove the caller's car?"""
    said = " ".join(words(text))
    kin, _ = _relative(said, beside=True)
    return (
        bool(kin)
        or re.search(r"\b(?:i was driving|i drove|\w+ was driving|behind the wheel|nobody was driving)\b", said)
        is not None
    )


def relationship_in(text: str) -> str | None:
    """What the words about the driver say about the relationship; ``None`` when nothing."""
    said = " ".join(words(text))
    kin, _ = _relative(said, beside=bool(_ME.search(_NOT_ME.sub(" ", said))))
    return _KIN.get(kin)


def read_relationship(value: Any, _: Circumstances) -> str:
    """What the driver is to the policyholder."""
    tokens = set(words(str(value)))
    for name, signs in _RELATIONSHIPS.items():
        if name != "self" and tokens & (signs | {name}):
            return name
    if tokens & _RELATIONSHIPS["self"]:
        return "self"
    if tokens and len(tokens) <= 4 and tokens & {"none", "stranger", "nobody"}:
        return "other"
    raise FieldError("I didn't get that relationship.")


_ALONE = re.compile(r"\b(?:no|none|nobody|alone|zero|nope|myself|no one|just me|only me|just i)\b")
_SEVERAL = re.compile(
    r"\b(?:kids|children|friends|people|passengers|sons|daughters|brothers|sisters|coworkers|of them)\b"
)


def read_passengers(value: Any, _: Circumstances) -> list[dict[str, str]]:
    """Who else was in the car.

    Raises:
        FieldError: that somebody was, and not who; or nothing about it.
    """
    if isinstance(value, list):
        return [_passenger(entry) for entry in value][:20]
    if value is None:
        return []
    text = str(value)
    found = [one for clause in clauses(text) for one in _people(clause)]
    if found:
        return found[:20]
    if _ALONE.search(" ".join(words(text))):
        return []
    tokens = words(text)
    if not tokens or set(tokens) <= {"yes", "yeah", "yep", "sure", "there", "were", "was", "some", "a", "passengers"}:
        raise FieldError("I need to know who else was in the car.")
    return [{"name": text[:100], "relationship": ""}]


def _people(clause: list[str]) -> list[dict[str, str]]:
    """The people of one clause. "No kids" is none, "just my wife" is one."""
    said = " ".join(clause)
    denied = clause[0] in {"no", "not", "nobody", "none", "without"} and "just" not in clause and "only" not in clause
    if denied and "my" not in clause:
        return []
    if _SEVERAL.search(said) and (number := read_number(said)) is not None and number >= 1:
        return [{"name": "", "relationship": ""} for _ in range(min(number, 20))]
    return [{"name": "", "relationship": _KIN[token]} for token in clause if token in _KIN]


def _passenger(entry: Any) -> dict[str, str]:
    if isinstance(entry, Mapping):
        return {"name": str(entry.get("name") or "")[:100], "relationship": str(entry.get("relationship") or "")[:50]}
    return {"name": str(entry)[:100], "relationship": ""}
