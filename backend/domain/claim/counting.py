"""How many vehicles had a part in it, the caller's own included."""

import re
from typing import Any

from backend.domain.claim.field import Circumstances, FieldError
from backend.domain.spoken.clauses import clauses
from backend.domain.spoken.numbers import in_figures, read_number
from backend.domain.spoken.tokens import words

__all__ = ["read_count", "speaks_of_count"]

_CAR = (
    r"(?:cars?|trucks?|vans?|suvs?|bus(?:es)?|motorcycles?|motorbikes?|bikes?|pickups?|trailers?|taxis?|cabs?|semis?|"
    r"vehicles?|minivans?|scooters?|sedans?|tractors?|ambulances?)"
)
_OWN = re.compile(
    rf"\b(?:my|our)(?: own)?(?: \w+)? {_CAR}\b|\b(?:my|our) (?:own )?{_CAR}\b|\b(?:mine|me|myself|us|ours)\b|\bi\b"
)
_OTHERS = re.compile(rf"\b(\d+) (?:others?\b|more\b|further\b|additional\b|extra\b)(?: {_CAR})?")
_ANOTHER = re.compile(rf"\b(?:another|the other|an other)(?: (?:\w+ )?{_CAR}| one| driver| guy)?\b")
_NAMED = re.compile(rf"\b(?:a|an|the|one|some|his|her|their|this|that)(?: (?!and\b|my\b)\w+)? {_CAR}\b")
_TOTAL = re.compile(
    rf"\b(\d+)(?: (?!others?\b|more\b|further\b|additional\b|extra\b)\w+)? {_CAR}\b|\b(\d+) of us\b|"
    r"\b(\d+) (?:in total|in all|altogether|all together|total)\b"
)
_ALONE = re.compile(
    r"\b(?:nobody else|no one else|no other|nothing else|no others|(?:just|only) (?:me|mine|my|us|ours|our)|"
    rf"(?:just|only) the one|alone|only one {_CAR}|by myself)\b"
)
_SOMEBODY = re.compile(
    r"\b(?:him|her|he|she|them|they"
    r"|(?:that|this|the|some)(?: other)? (?:guy|lady|man|woman|driver|person|kid|fellow))\b"
)
"""Somebody else, who stands for their car in a short answer: "him and me"."""
_NO_COUNT = re.compile(rf"\bto\b(?! {_CAR}\b)(?!$)|\b(?:no|none)\b")
""" "To" may be a two that was misheard, in front of cars or alone; a no counts nothing."""
_IS_NOT = frozenset("isn't wasn't aren't weren't".split())
_SHORT = 6
_MOST = 50


def read_count(value: Any, _: Circumstances) -> int:
    """The number of vehicles in all.

    Raises:
        FieldError: none was said, or two that do not go together.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return _sound(value)
    text = _without_denials(str(value))
    tokens = words(text)
    said = " ".join(in_figures(["2" if token in {"couple", "pair"} else token for token in tokens]))
    said = re.sub(r"\ba 2 (?:of )?", "2 ", said)
    if said.startswith("both") or " both " in f" {said} ":
        return 2
    if re.search(r"\b\d+ of us in (?:the|my|our) ", said):  # those are people
        raise FieldError("I need a number of vehicles.")
    totals = {int(next(filter(None, match.groups()))) for match in _TOTAL.finditer(said)}
    others = sum(int(number) for number in _OTHERS.findall(said))
    rest = _OWN.sub(" mine ", _OTHERS.sub(" ", _TOTAL.sub(" ", said)))
    others += len(_ANOTHER.findall(rest)) + len(_NAMED.findall(_ANOTHER.sub(" ", rest)))
    own = "mine" in rest.split()
    if own and not others and len(tokens) <= _SHORT:
        others = len(_SOMEBODY.findall(rest))
    return _sound(_decide(said, totals, others, own, text))


def _without_denials(text: str) -> str:
    """Without the clauses that only say what was no car: "only mine, the tree isn't a car"."""
    pieces = clauses(text)
    kept = [piece for piece in pieces if not any(token in _IS_NOT for token in piece)]
    return " , ".join(" ".join(piece) for piece in kept) if kept and len(kept) < len(pieces) else text


def _decide(said: str, totals: set[int], others: int, own: bool, text: str) -> int:
    alone = _ALONE.search(said) is not None
    numbers = {int(token) for token in said.split() if token.isdecimal()}
    told = totals | {int(number) for number in _OTHERS.findall(said)}
    unexplained = bool(told) and not numbers <= told
    if len(totals) > 1 or (alone and others) or (totals and others and max(totals) < others) or unexplained:
        raise FieldError("I understood more than one number.")
    if totals:
        return max(totals)
    if others:
        return others if not own and re.search(r"\b(?:total|in all|altogether|involved)\b", said) else others + 1
    if alone or said in {"me", "mine", "myself"}:
        return 1
    number = next(iter(numbers), None) or read_number(_NO_COUNT.sub(" ", text.lower()))
    if len(numbers) > 1 or not number or {"second", "seconds", "minute", "moment"} & set(said.split()):
        raise FieldError("I need a number of vehicles.")
    return number


def speaks_of_count(text: str) -> bool:
    """Do the words say how many vehicles there were?"""
    return _TOTAL.search(" ".join(in_figures(words(text)))) is not None


def _sound(number: int) -> int:
    if not 1 <= number <= _MOST:
        raise FieldError("I need a number of vehicles.")
    return number
