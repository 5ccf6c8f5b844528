"""What of a described place was put right: "44 oak lane, no, 46", "44 oak lane, 46 i mean"."""

import re
from collections.abc import Mapping

from backend.language.en.figures import ORDINALS, is_number
from backend.language.en.roads import WAYS, is_road
from backend.language.words import words_of

__all__ = ["is_part_of_a_street", "names_two_roads", "parts_said"]

_TAKES_BACK = re.compile(
    r"(?:,|\.\.\.|\b)\s*(?:no wait|wait no|no sorry|sorry no|sorry|i mean|i meant|actually|rather|scratch that"
    r"|make (?:that|it)|no)[\s,]+(?=\w)",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    r"[\s,]+(?P<sign>(?:no,? )?(?:i mean|i meant|i should say|rather|is what i meant?)|(?:i'm )?sorry)\W*$",
    re.IGNORECASE,
)
"""The same said behind what is right."""
_PAUSE = re.compile(r"(?:,|\.\.\.)\s*(?!.*(?:,|\.\.\.))")
"""The last one."""
_NOT_BUT = re.compile(r"\bnot\b.*?\bbut\b", re.IGNORECASE)
_NOT_THIS = re.compile(r"^\s*not \w+,? (?=\w+ \w)", re.IGNORECASE)
"""What a correction takes back by its name: "no, not street, boulevard"."""
_NOT_THAT_WAY = re.compile(
    r"^\W*(?:(?:no|well|it's|it was|it is|that's)[\s,]+)*not (?:on )?(?P<name>[\w']+) (?P<way>\w+)[\s,]+"
    r"(?:it's |it was |on )?(?=(?P=name) (?!(?P=way)\b)(?P<other>\w+))",
    re.IGNORECASE,
)
"""Another road of the same name, denied: "not oak street, oak avenue"."""
_ROADS = re.compile(r"(?<=\w) (?:street|avenue|road|boulevard|drive|lane|court)\b", re.IGNORECASE)
_MEET = re.compile(r"\b(?:and|at|near|off|by|between|to|from|with|meets|crosses|behind|of)\b", re.IGNORECASE)


def parts_said(text: str) -> tuple[list[str], str]:
    """What was said first, and what it was put right to; and why that is no plain correction, or nothing."""
    told, why = _signs_first(_without_its_namesake(text))
    first, *others = _TAKES_BACK.split(_NOT_BUT.sub("", told))
    parts = [first, *(_NOT_THIS.sub("", part) for part in others)]
    return [part for part in parts if part.strip(" ,.")], why


def _without_its_namesake(text: str) -> str:
    found = _NOT_THAT_WAY.match(text)
    return text[found.end() :] if found and {found["way"].lower(), found["other"].lower()} <= WAYS else text


def is_part_of_a_street(corrected: Mapping[str, str]) -> bool:
    """Is what it was put right to no more than a number: of a house, or one of two streets that meet?"""
    street = corrected.get("street", "")
    return len(corrected) == 1 and re.fullmatch(r"\d+(?:st|nd|rd|th)?", street) is not None


def names_two_roads(part: str) -> bool:
    """Does it name two, which it does not say to meet: "12 oak street, oak avenue"?"""
    return len(_ROADS.findall(part)) > 1 and _MEET.search(part) is None


def _signs_first(text: str) -> tuple[str, str]:
    """With the sign of a correction before what is right, where it stood behind it."""
    found = _AT_THE_END.search(text)
    if found is None:
        return text, ""
    said = text[: found.start()]
    pause = _PAUSE.search(said)
    before, new = (said[: pause.start()], said[pause.end() :]) if pause else _number_apart(said)
    if _takes_the_place_of(new, before):
        return f"{before}, i mean {new}", ""
    return (said, "") if "sorry" in found["sign"].lower() else (said, "something was put right")


def _number_apart(said: str) -> tuple[str, str]:
    """A number that is said behind a street, from the street."""
    words = said.split()
    at = len(words)
    while at and is_number(words[at - 1].lower()):
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at < len(words) else ("", said)


def _takes_the_place_of(new: str, before: str) -> bool:
    """Are they of one sort: a number and a street that has one, two streets, two names?"""
    words, behind = words_of(before), words_of(new)
    if not words or not behind:
        return False
    if all(is_number(word) or word in ORDINALS for word in behind):
        return is_road(words)
    return is_road(words) == is_road(behind)
