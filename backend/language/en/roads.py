"""Streets as they are written: "sixty one oh two hill road" is "6102 Hill Road", "interstate ten" "Interstate 10"."""

import re
from collections.abc import Mapping, Sequence

from backend.language.en.figures import ORDINALS, figures, is_number
from backend.language.en.number_words import number_at

__all__ = ["DIRECTIONS", "NUMBERED", "WAYS", "is_road", "renumbered", "says_another_number", "street_written"]

WAYS = frozenset(
    "street avenue road boulevard drive lane highway freeway parkway way court circle place terrace plaza square trail "
    "turnpike expressway pike alley loop crescent close row mews broadway causeway beltway bypass st ave rd blvd dr ln "
    "hwy pkwy ct av".split()
)
"""What a street's name ends with."""
DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest northbound southbound eastbound westbound"
    " n s e w nw ne sw se".split()
)
NUMBERED = frozenset(
    "interstate highway route freeway exit mile marker road hwy rte junction us interchange turnpike ramp"
    " kilometer loop fm rm".split()
)
"""Stand before the number that a road is called by."""
_LETTERED = re.compile(r"^(?:[abm])$")
_SMALL = frozenset(
    "of and the at in on near by a to from between corner off along next front outside past with behind".split()
)
_LEADS_ON = re.compile(r", (?=(?:near|and|at|off|by|between|next|in|outside|across|behind|close|past|on|just)\b)")
"""A comma that stands before such a word is none."""
_LED_TO = re.compile(r"^(?:on|onto|at|along|down|up) (?:(?:the|an?) )?(?=\w)", re.IGNORECASE)
_ABBREVIATED = {"i": "I-", "u.s": "US", "us": "US", "sr": "SR", "fm": "FM", "rm": "RM"}
_LONE = frozenset("i us sr".split())


def is_road(words: Sequence[str]) -> bool:
    """Do these words name a road: with what a street's name ends with, or a number behind "interstate"?"""
    for place, word in enumerate(words):
        if (
            word in WAYS
            and place
            and words[place - 1] not in {"the", "a", "my", "this", "that", "your", "our", "on", "of"}
        ):
            return True
        if (word in NUMBERED or word in _LONE or _LETTERED.match(word)) and _numbers_follow(words, place + 1):
            return True
        if re.fullmatch(r"(?:i|us|sr|a|m|b)-?\d+", word):
            return True
    return False


def says_another_number(words: Sequence[str]) -> bool:
    """Does another number stand behind a house's road: "44 oak lane 46", before "i mean"?"""
    said = [word for word in words if word.isalnum()]
    behind = list(said)
    while behind and is_number(behind[-1]):
        behind.pop()
    return len(behind) < len(said) and len(behind) > 2 and behind[-1] in WAYS and is_number(behind[0])


def _numbers_follow(words: Sequence[str], place: int) -> bool:
    return place < len(words) and (is_number(words[place]) or words[place] in {"oh"})


def street_written(pieces: Sequence[Sequence[tuple[str, str]]]) -> str:
    """The pieces of a street, each word in small letters and as it came, as one is written down: without the "on the"
    that leads to it."""
    street = ", ".join(filter(None, map(_road_written, pieces)))
    return _LED_TO.sub("", _LEADS_ON.sub(" ", street))


def renumbered(street: str, corrected: Mapping[str, str]) -> Mapping[str, str]:
    """What a correction says; of a bare number, the street with that number ("44 Oak Lane, no, 46")."""
    number = corrected.get("street", "")
    if not (number.isdecimal() and re.match(r"\d+ \D", street)):
        return corrected
    return {**corrected, "street": f"{number} {street.partition(' ')[2]}"}


def _road_written(words: Sequence[tuple[str, str]]) -> str:
    """The words, each in small letters and as it came, as a street is written."""
    out: list[str] = []
    place = 0
    while place < len(words):
        run = _run(words, place)
        if run > place:
            out.append(_number([small for small, _ in words[place:run]]))
            place = run
        else:
            out.append(_word(*words[place], first=not out))
            place += 1
    return _joined(out)


def _run(words: Sequence[tuple[str, str]], place: int) -> int:
    """Where the number ends that begins here; a street that is called by an ordinal takes it along."""
    at = place
    while at < len(words) and (
        is_number(words[at][0]) or (at > place and words[at][0] in {"oh", "and"} and _goes_on(words, at))
    ):
        at += 1
    if at < len(words) and words[at][0] in ORDINALS:
        at += 1
    return at


def _goes_on(words: Sequence[tuple[str, str]], at: int) -> bool:
    behind = words[at + 1][0] if at + 1 < len(words) else ""
    if words[at][0] == "and":
        return words[at - 1][0] == "hundred" and (is_number(behind) or behind in ORDINALS)
    return is_number(behind) or behind == "oh"


def _number(words: Sequence[str]) -> str:
    last = ORDINALS.get(words[-1])
    if last is None:
        return "".join(_counted(words))
    before = _counted(words[:-1])
    total = last
    if before:  # "forty second", "one hundred and tenth"
        spoken = before[-1] if len(before) == 1 else ""  # "three fifty fifth avenue" is 350 on Fifth
        if (
            spoken.isdecimal()
            and not _is_house(words[0])
            and int(spoken) % 10 == 0
            and last < (100 if int(spoken) % 100 == 0 else 10)
        ):
            total += int(spoken)
            before = before[:-1]
    return " ".join([*(["".join(before)] if before else []), _ordinal(total)])


def _is_house(word: str) -> bool:
    """ "350 fifth avenue", where the recognizer wrote the house in figures and its street in words."""
    return word.isdecimal() and len(word) > 1


def _counted(words: Sequence[str]) -> list[str]:
    """In figures: "two hundred twelve" is one number, "sixty one oh two" are three."""
    plain = [
        word for at, word in enumerate(words) if word != "and" and not (word == "oh" and words[at - 1] == "hundred")
    ]
    whole = number_at(plain, 0) if {"hundred", "thousand"} & set(plain) else None
    return [str(whole[0])] if whole is not None and whole[1] == len(plain) else figures(plain)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _word(small: str, raw: str, *, first: bool) -> str:
    if small in _ABBREVIATED:
        return _ABBREVIATED[small]
    if small in {"nw", "ne", "sw", "se"}:
        return small.upper()
    if small in _SMALL:
        return small.capitalize() if first and small not in {"and", "of"} else small
    if re.fullmatch(r"[a-z]+-?\d+", small):
        return raw.upper()
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", small):
        return small
    if re.search(r"[^\W\d_].*[A-ZÀ-Þ]", raw):
        return raw
    return "-".join(part[:1].upper() + part[1:] for part in small.split("-"))


def _joined(parts: Sequence[str]) -> str:
    """ "I-" and "10" as one, and "A" and "40" in Britain."""
    text = " ".join(parts)
    text = re.sub(r"\bI- (?=\d)", "I-", text)
    return re.sub(r"\b([ABMabm]) (?=\d+\b)", lambda road: road[1].upper(), text)
