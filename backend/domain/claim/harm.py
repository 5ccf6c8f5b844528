"""Was anybody hurt, and does the car still drive? A word that speaks against the reading makes it a question."""

import re
from collections.abc import Mapping
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.spoken.clauses import clauses, hedged, negated
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.safety import read_safety
from backend.domain.spoken.tokens import words
from backend.domain.spoken.yes_no import read_verb, read_yes_no

__all__ = ["read_drivable", "read_injuries", "speaks_of_driving", "speaks_of_harm", "was_taken_away"]

_HURT = frozenset(
    "hurt hurts hurting injured injury injuries pain pains painful bleeding bleeds blood ambulance hospital "
    "hospitalized surgery concussion whiplash bruise bruised bruises bruising ache aches aching sore stiff dizzy "
    "headache unconscious fracture fractured limping numb stitches paramedics wounded".split()
)
_MAYBE_HURT = frozenset("broken broke cut cuts scratch scratched scratches swollen twisted".split())
"""Said of people and of cars alike."""
_CAR_PARTS = frozenset(
    "car truck van fender bumper mirror window windshield glass door light lights headlight taillight tire wheel hood "
    "trunk paint engine radiator plate axle grille panel".split()
)
_WELL = frozenset("fine okay ok unhurt uninjured alright unharmed".split())
_NOBODY = frozenset("nobody none nope no-one noone".split())
_DEGREES = frozenset("badly seriously severely really too much that very terribly".split())
_ANSWERS = frozenset({"yes", "yeah", "yep", "no", "nope", "nah"})
_NO = frozenset("no nope nah".split())
_GOES_ON = frozenset("just only a my i he she we they the".split())
_LEFT_OUT = frozenset("except besides apart other".split())
_ALL_BUT = re.compile(r"\b(?:everyone|everybody|all(?: of us)?) (?:but|except|besides|apart from|other than)\b")
_PEOPLE = frozenset(
    "me i my wife husband son daughter friend passenger driver he she they him her kid kids child mother father mom "
    "dad baby somebody someone".split()
)


def read_injuries(value: Any, _: Circumstances) -> dict[str, Any]:
    """Who was hurt, and how. Anybody hurt counts, whatever was said before it.

    Raises:
        FieldError: nothing was said about it, or not surely.
    """
    if isinstance(value, Mapping):
        injured = value.get("injured")
        if isinstance(injured, bool):
            return {"injured": injured, "details": str(value.get("details") or "")}
        value = " ".join(str(v) for v in value.values())
    if isinstance(value, bool):
        return {"injured": value, "details": ""}
    text = str(value)
    pieces = clauses(text)
    if any(_says_hurt(piece) for piece in pieces) or _leaves_somebody_out(pieces):
        return {"injured": True, "details": text[:500]}
    denied = any(_says_well(piece) for piece in pieces) or speaks_of_harm(text)
    answer = False if denied else _yes_or_no(text)
    if answer is None:
        answer = read_safety(text).injured
    if answer is None or hedged(text) or _ALL_BUT.search(text.lower()):
        raise FieldError("I need to know whether anybody was hurt.")
    return {"injured": answer, "details": text[:500] if answer else ""}


def _yes_or_no(text: str) -> bool | None:
    """A plain answer; "good evening" is none."""
    first = next(iter(words(text)), "")
    plain = read_consent(text) in ("yes", "no") or first in _ANSWERS
    return read_yes_no(text) if plain else None


def speaks_of_harm(text: str) -> bool:
    """Do the words say anything about people being hurt or not?"""
    return bool(set(words(text)) & _HURT)


def _says_hurt(clause: list[str]) -> bool:
    if clause[0] in _NO and clause[1:2] and clause[1] in _GOES_ON:  # "no, just a headache"
        clause = clause[1:]
    for index, token in enumerate(clause):
        sure = token in _HURT or (token in _MAYBE_HURT and not set(clause) & _CAR_PARTS)
        if not sure:
            continue
        near = set(clause[max(index - 2, 0) : index + 3])
        if not negated(clause, index) or near & _DEGREES:
            return True
    return False


def _leaves_somebody_out(pieces: list[list[str]]) -> bool:
    """ "Nobody, except my wife"."""
    denied = False
    for clause in pieces:
        if denied and clause[0] in _LEFT_OUT | {"but"} and set(clause) & _PEOPLE and not _says_well(clause):
            return clause[0] != "but" or len(clause) <= 4
        denied = denied or bool(set(clause) & _NOBODY) or {"no", "one"} <= set(clause)
        if set(clause) & _LEFT_OUT and set(clause) & _NOBODY and set(clause) & _PEOPLE and "than" not in clause:
            return True
    return False


def _says_well(clause: list[str]) -> bool:
    if set(clause) & _NOBODY or " ".join(clause).find("no one") >= 0:
        return True
    return any(token in _WELL and not negated(clause, index) for index, token in enumerate(clause)) and not (
        set(clause) & _CAR_PARTS
    )


_DRIVES = frozenset("drivable driveable drive drives driven drove runs running roadworthy".split())
_GONE = frozenset("towed totaled totalled undrivable wrecked".split())
_STANDS = frozenset("start move budge roll run".split())
"""Words that tell against it when they are denied, and nothing by themselves."""


def read_drivable(value: Any, _: Circumstances) -> bool:
    """Can it be driven?

    Raises:
        FieldError: nothing was said about it, or two things that do not go together.
    """
    if isinstance(value, bool):
        return value
    text = str(value)
    pieces = clauses(text)
    votes = {vote for piece in pieces if (vote := _vote(piece)) is not None}
    if pieces and not votes and (verb := read_verb(" ".join(pieces[0]))) is not None:  # "it is, the lights work"
        votes = {verb}
    if not votes:
        answer = read_yes_no(text)
        contrary = any(_denies(piece) for piece in pieces[1:]) if answer else False
        votes = {answer} if answer is not None and not contrary else votes
    if len(votes) != 1 or hedged(text):
        raise FieldError("I need to know whether it can still be driven: yes or no.")
    return votes.pop()


def speaks_of_driving(text: str) -> bool:
    """Do the words say whether the car can be driven?"""
    tokens = words(text)
    said = " ".join(tokens)
    plain = {"drivable", "driveable", "undrivable", "roadworthy"} | _GONE
    return bool(set(tokens) & plain) or "be driven" in said or "drives fine" in said or "still drive" in said


def was_taken_away(text: str) -> bool:
    """Do the words of a story say that the car was towed or totaled?"""
    return any(
        token in _GONE and not negated(clause, index) for clause in clauses(text) for index, token in enumerate(clause)
    )


def _vote(clause: list[str]) -> bool | None:
    for index, token in enumerate(clause):
        denied = negated([t for t in clause if t != "no"], index - clause[:index].count("no"))
        if token in _GONE:
            return denied
        if token in {"unsafe", "tow"}:
            return False
        if token in _DRIVES:
            return not denied
        if token in _STANDS and denied:
            return False
    return None


def _denies(clause: list[str]) -> bool:
    return negated(clause, len(clause))
