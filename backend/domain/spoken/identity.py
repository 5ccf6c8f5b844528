"""Name, zip code and last four digits in what a caller says, one at a time or all in one breath."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from backend.domain.spoken.digits import Number, Numbers, read_numbers
from backend.domain.spoken.names import opening_name, read_person, whole_name

__all__ = ["Heard", "Part", "read_identity", "said_numbers"]

Part = Literal["full_name", "zip_code", "last4"]

_LENGTH: dict[Part, int] = {"zip_code": 5, "last4": 4}
_OTHER: dict[Part, Part] = {"zip_code": "last4", "last4": "zip_code"}
_ZIP_LABELS = frozenset("zip zipcode postal postcode".split())
_LAST4_LABELS = frozenset("social ssn".split())
_LAST = frozenset("last final".split())
_FOUR = frozenset("four 4 for fore".split())
_LINKS = frozenset("is are was as for it's that's being".split())
_BETWEEN = frozenset(
    "and my the is are it's its code number numbers digits digit of , . ; : - name full then with a security for "
    "social ssn four 4 last final zip zipcode postal postcode so that's in also i live at five 5".split()
)
"""Words around numbers that say nothing of their own."""
_NEAR = 5
_NAMED = re.compile(r"\b(?:name(?:'s| is)|this is|call me|speaking with)\b", re.IGNORECASE)
_I_AM = re.compile(r"\b(?:I'?m|I am|It'?s) (?=[A-Z]\w+ [A-Z])")
"""Before words that are written as a name: "I'm bleeding badly" introduces nobody."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an utterance says of who speaks; ``doubt`` holds the parts that have to be asked again."""

    full_name: str = field(default="", repr=False)
    zip_code: str = field(default="", repr=False)
    last4: str = field(default="", repr=False)
    doubt: frozenset[Part] = frozenset()

    def get(self, part: Part) -> str:
        """One part; empty when it was not said."""
        return {"full_name": self.full_name, "zip_code": self.zip_code, "last4": self.last4}[part]


def read_identity(text: str, asked: Part | None, *, opening: bool = True) -> Heard:
    """What ``text`` says of the three parts.

    A number is a zip code or the last four digits by what it is called, by what was asked, or by its length when
    nothing but a name stands beside it. Too many or too few digits, a second value, or a word that takes something
    back leave a doubt.

    Args:
        text: what was said.
        asked: the part that was asked for.
        opening: are they the first words, in which a name may stand that nobody asked for?
    """
    numbers = read_numbers(text)
    name = _name(numbers, text, asked, opening=opening)
    alone = _says_nothing_else(numbers, name)
    found: dict[Part, set[str]] = {"zip_code": set(), "last4": set()}
    doubt: set[Part] = set()
    for number, part in _labeled(numbers, asked, alone=alone, named=bool(name)):
        value = _value(number, part)
        found[part].add(value)
        if len(value) != _LENGTH[part]:
            doubt.add(part)
    for part, values in found.items():
        if len(values) > 1 or (values and numbers.doubt):
            doubt.add(part)
    sure = {part: values.pop() if part not in doubt and values else "" for part, values in found.items()}
    return Heard(name, sure["zip_code"], sure["last4"], frozenset(doubt))


def said_numbers(texts: Iterable[str]) -> frozenset[str]:
    """Every whole number in what was said, with and without a zip code's plus four: the witness for what a model
    passes on. Of two utterances that follow each other the number may be one."""
    said = list(texts)
    joined = [f"{one} {two}" for one, two in pairwise(said)]
    found: set[str] = set()
    for text in [*said, *joined]:
        for number in read_numbers(text).found:
            found |= {number.digits + number.tail, _value(number, "zip_code")}
            found |= {number.tail} if len(number.digits) == _LENGTH["zip_code"] else set()
    return frozenset(found - {""})


def _value(number: Number, part: Part) -> str:
    if part != "zip_code":
        return number.digits + number.tail
    plus_four = (len(number.digits), len(number.tail)) in ((5, 4), (9, 0))
    return number.digits[:5] if plus_four else number.digits + number.tail


def _labeled(numbers: Numbers, asked: Part | None, *, alone: bool, named: bool) -> list[tuple[Number, Part]]:
    """Each number with the part that it is for; numbers of other things are left out."""
    found: list[tuple[Number, Part]] = []
    rest: list[Number] = []
    floor = 0
    for place, number in enumerate(numbers.found):
        following = numbers.found[place + 1].start if place + 1 < len(numbers.found) else len(numbers.tokens)
        part = _label(numbers.tokens[floor : number.start])
        floor = number.end
        if part is None:
            part, used = _label_behind(numbers.tokens[number.end : following])
            floor += used
        if part is None and not named and _may_be_plus_four(numbers.found, place):
            continue
        part = part or _by_question(number, asked, count=len(numbers.found), alone=alone)
        if part is not None:
            found.append((number, part))
        else:
            rest.append(number)
    return found + (_by_the_others(rest, [part for _, part in found]) if named else [])


def _by_the_others(rest: Sequence[Number], known: Sequence[Part]) -> list[tuple[Number, Part]]:
    """Beside a name and one part that was called by name: the one number that is as long as the other part."""
    other = _OTHER[known[0]] if len(known) == 1 else None
    fitting = [number for number in rest if other and not number.tail and len(number.digits) == _LENGTH[other]]
    return [(fitting[0], other)] if other and len(fitting) == 1 else []


def _may_be_plus_four(found: Sequence[Number], place: int) -> bool:
    """ "60601 1234": a zip code with its four more digits, or a zip code and something else? That is asked."""
    before = found[place - 1] if place else None
    return before is not None and len(before.digits) == 5 and before.end == found[place].start


def _by_question(number: Number, asked: Part | None, *, count: int, alone: bool) -> Part | None:
    if asked in _LENGTH and count == 1:
        return asked
    by_length: dict[int, Part] = {5: "zip_code", 9: "zip_code", 4: "last4"}
    if alone or asked in _LENGTH:
        return by_length.get(len(number.digits)) or (asked if asked in _LENGTH else None)
    return None


def _label(tokens: Sequence[str]) -> Part | None:
    """What the words before a number call it; the nearest counts."""
    for place in range(len(tokens) - 1, -1, -1):
        if tokens[place] in _ZIP_LABELS:
            return "zip_code"
        if tokens[place] in _LAST4_LABELS or _says_last_four(tokens, place):
            return "last4"
    return None


def _label_behind(tokens: Sequence[str]) -> tuple[Part | None, int]:
    """ "60601 is my zip code": the part, and how many tokens said so."""
    if not tokens or (tokens[0] not in _LINKS and tokens[0] not in _ZIP_LABELS):
        return None, 0
    for place in range(min(4, len(tokens))):
        part = _label(tokens[place : place + 2])
        if part is not None:
            return part, place + 2
    return None, 0


def _says_last_four(tokens: Sequence[str], place: int) -> bool:
    return tokens[place] in _LAST and place + 1 < len(tokens) and tokens[place + 1] in _FOUR


def _name(numbers: Numbers, text: str, asked: Part | None, *, opening: bool) -> str:
    if asked != "full_name" and not _NAMED.search(text) and not _I_AM.search(text.replace("’", "'")):
        return _unasked_name(numbers, text, opening=opening)
    if not numbers.found:
        return read_person(text)
    for words in _beside(numbers):
        name = read_person(" ".join(words))
        if name and (asked == "full_name" or len(name.split()) > 1):
            return name
    return ""


def _unasked_name(numbers: Numbers, text: str, *, opening: bool) -> str:
    """Of somebody who has not been asked: beside a number that is called zip code or last four, or at the beginning."""
    if any(_label(numbers.tokens[: number.start][-_NEAR:]) for number in numbers.found):
        named = (whole_name(words) for words in _beside(numbers))
        return next(filter(None, named), "")
    return opening_name(text) if opening else ""


def _beside(numbers: Numbers) -> list[list[str]]:
    """The words between the numbers, without those that only link them."""
    found: list[list[str]] = []
    begin = 0
    for number in [*numbers.found, None]:
        end = number.start if number else len(numbers.tokens)
        words = list(numbers.tokens[begin:end])
        while words and words[-1] in _BETWEEN:
            words.pop()
        found.append([word for word in words if word.isalpha() or "'" in word or len(word) > 1])
        begin = number.end if number else end
    return found


def _says_nothing_else(numbers: Numbers, name: str) -> bool:
    """Is there nothing beside the numbers but a name and words that link them?"""
    known = set(name.casefold().replace("-", " ").split())
    rest = [
        word
        for words in _beside(numbers)
        for word in words
        if word not in known and word not in _BETWEEN and len(word) > 1
    ]
    polite = set("uh um er hi hello hey yes yeah sure okay well this speaking here name please it".split())
    return all(word in polite for word in rest)
