"""The people whom words speak of: the caller, relatives and friends, with their names, and what they did in the car."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from backend.language.en.figures import is_number
from backend.language.en.kin import KIN
from backend.language.en.not_names import EITHER, FILLERS, NOT_NAMES
from backend.language.en.spoken.tokens import words

__all__ = ["Person", "persons", "plain_names"]

Role = Literal["driver", "companion", "denied", "open"]

_END = "|"
"""A pause between the words, where punctuation was heard."""
_ME = frozenset("i i'm me myself self caller policyholder".split())
_OBJECT = frozenset("with to beside behind hit at for of around by past into from".split())
"""Before "me": somebody else did something. Only "by me" says that it was they."""
_DETERMINERS = frozenset("my our his her their the a an caller's".split())
_NAMING = frozenset("named called".split())
_BETWEEN = _DETERMINERS | {_END, "and", "also", "both"}
_MOST_NAMES = 2
_SHORTEST_VERB = 5
"""Longer words that end in "ing" are taken for verbs."""
_DID = re.compile(
    r"^(?:who |that |\| )?(?:(?:was|were|is|am|had been|he|she|did|just|only|actually|the one|who|himself|herself) )*"
    r"(?:(?:test )?driving|drove|drives|drive|borrowed it|borrowed|took it|took the car|had borrowed|had it|use it"
    r"|take it|borrow it|behind the wheel|at the wheel|the driver|in the driver's seat)\b"
)
_ONLY_WAS = re.compile(r"^(?:who |that )?(?:was|did|am|is)(?: (?:yes|yeah|of course|alone|by myself))?(?: \||$)")
_ON_THE_WAY = re.compile(
    r"^(?:was |were )?(?:just )?(?:taking|going|coming|heading|pulling|backing|turning|parking|alone|by myself)\b"
)
_AT_THE_WHEEL = re.compile(
    r"\b(?:driver (?:was|is)|driven by|driving was|drove was|wheel was|it was|that was|it is|that is)$"
    r"|^(?:it's|that's)$|\bby$"
)
_RODE = re.compile(
    r"^(?:(?:was|were|is|are|who|sat|sitting|riding|rode|also|both|just|all|came|had|in|along) )*"
    r"(?:next to|beside|with (?:me|us|him|her|them)|in the (?:back|passenger|front|car|seat)|on the passenger"
    r"|passengers?"
    r"|a passenger|as (?:a )?passengers?|along|riding|in it|asleep)\b"
)
_TOOK_ALONG = re.compile(
    r"\b(?:with|beside|next to|taking|driving|drove|and had|had|dropping off|bringing|passengers?"
    r"(?: (?:was|were|is|are))?)(?: (?:only|just|both|also))?$"
)
_ELSEBODY = re.compile(
    r"\b(?:behind|for|to|of|at|after|from|towards|picking up|visiting|meeting|pick up|see|visit)(?: [\w']+)?$"
    r"|\b(?:phone|talking|speaking|spoke|talked|texting|call)(?: [\w']+)? (?:with|to)$"
)
"""Before somebody who was not in the car: "to my brother", "behind my sister", "on the phone with my wife"."""
_NOT = re.compile(r"\b(?:not|wasn't|isn't|weren't)$")
_ELSEWHERE = re.compile(
    r"^(?:was|were) (?:at (?!the wheel)|away|in bed|in the (?:house|store|shop|office|garden|kitchen)|out|upstairs"
    r"|sleeping|shopping|walking|working)\b"
)
_DID_NOT = re.compile(r"^(?:wasn't|was not|didn't|did not|isn't|is not|am not|weren't|not)\b")
_AFTER_NAMES = frozenset(
    "was were is are and who my our in had did drove sat with next as but driving at on i he she they only just her "
    "his when has does from because home there borrowed stolen drive asked wanted needed used took let lent lives"
    " says said"
    " works older younger old "
    "years year named whoever whom test somebody's someone's".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is spoken of.

    Args:
        kin: what they are to the caller, in the caller's word; empty for the caller, and where only a name was said.
        name: as it was said, in small letters.
        role: what the words say of them; ``open`` when nothing.
        before: the words since the person before.
    """

    kin: str
    name: str
    role: Role
    before: str

    @property
    def is_caller(self) -> bool:
        """Is it the one who speaks?"""
        return not self.kin and not self.name


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kin: str
    name: str


def persons(text: str) -> list[Person]:
    """The people of ``text``, in the order in which they are spoken of."""
    tokens = _tokens(text)
    found = sorted([*_callers(tokens), *_relatives(tokens)], key=lambda one: one.start)
    found = sorted([*found, *_named_drivers(tokens, found)], key=lambda one: one.start)
    people: list[Person] = []
    for place, one in enumerate(found):
        begin = found[place - 1].end if place else 0
        follows = found[place + 1].start if place + 1 < len(found) else len(tokens)
        before, after = " ".join(tokens[begin : one.start]), " ".join(tokens[one.end : follows])
        people.append(Person(one.kin, one.name, _role(one, before, after), before))
    return _together(people)


def plain_names(text: str) -> list[str]:
    """Names that stand by themselves, where the words hold nothing else: "laura and ben"."""
    names: list[list[str]] = [[]]
    for token in _tokens(text):
        if token in {_END, "and"}:
            names.append([])
        elif token not in {"just", "only", "yes", "yeah", "well", "um", "uh", "also"}:
            names[-1].append(token)
    named = [name for name in names if name]
    fine = all(len(name) <= _MOST_NAMES + 1 and all(map(_may_be_name, name)) for name in named)
    return [" ".join(name) for name in named] if fine else []


def _tokens(text: str) -> list[str]:
    whole = re.sub(r"\b(\w+) in[ -]law\b", r"\1-in-law", text.lower())
    whole = re.sub(
        r"\b(ex|step)[ -](?=(?:wife|husband|girlfriend|boyfriend|son|daughter|father|mother)\b)", _apart, whole
    )
    pieces = [words(piece) for piece in re.split(r"[,;.!?()]+(?:\s|$)|\(", whole)]
    return [token for piece in pieces if piece for token in (*piece, _END)][:-1]


def _apart(found: re.Match[str]) -> str:
    """ "Ex wife" is hers no longer; a "step son" is a stepson."""
    return "step" if found[1] == "step" else "ex-"


def _callers(tokens: Sequence[str]) -> Iterator[_Found]:
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        if token in _ME and not (token == "me" and before in _OBJECT and tokens[place - 2 : place] != ["driven", "by"]):
            yield _Found(place, place + 1, "", "")


def _relatives(tokens: Sequence[str]) -> Iterator[_Found]:
    used = 0
    for place, token in enumerate(tokens):
        if token not in KIN or place < used:
            continue
        start = place
        while start > used and (tokens[start - 1] in _DETERMINERS or tokens[start - 1].endswith("'s")):
            start -= 1
        first = _name_before(tokens, start, used)
        if first < start:
            name, start, end = _joined(tokens[first:start]), first, place + 1
        else:
            end = _name_behind(tokens, place + 1)
            name = _joined(tokens[place + 1 : end])
        used = end
        yield _Found(start, end, token, name)


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(token for token in tokens if token not in {_END, "her", "his", "name", "is"} | _NAMING)


def _name_before(tokens: Sequence[str], start: int, floor: int) -> int:
    """ "Sofia Garcia, my daughter": where the name begins; ``start`` when there is none."""
    end = start - 1 if start > floor and tokens[start - 1] == _END else start
    first = end
    while first > floor and end - first <= _MOST_NAMES and _may_be_name(tokens[first - 1]):
        first -= 1
    opens = first == floor or tokens[first - 1] in {_END, "and", "was", "by", "with", "it's", "yes", "just", "is", "me"}
    return first if first < end and end - first <= _MOST_NAMES + 1 and opens else start


def _name_behind(tokens: Sequence[str], start: int) -> int:
    """ "My wife Laura": where the name ends; ``start`` when there is none."""
    at = start + 1 if start < len(tokens) and tokens[start] in {*_NAMING, _END} else start
    if tokens[at : at + 3] in (["her", "name", "is"], ["his", "name", "is"]):
        start = at = at + 3
    end = at
    while end < len(tokens) and end - at < _MOST_NAMES and _may_be_name(tokens[end]):
        end += 1
    if end == at or (at < len(tokens) and at > start and tokens[start] == _END and not _closes(tokens, end)):
        return start
    if end - at > 1 and not _closes(tokens, end):  # "my brother tom backed out": the second word is no name
        end -= 1
    return end


def _closes(tokens: Sequence[str], end: int) -> bool:
    return end >= len(tokens) or tokens[end] == _END or tokens[end] in _AFTER_NAMES


def _may_be_name(token: str) -> bool:
    return (
        token.replace("'", "").replace("-", "").isalpha()
        and token not in KIN
        and not is_number(token)
        and token not in _ME
        and token not in _AFTER_NAMES
        and not token.endswith("'s")
        and not (token.endswith("ing") and len(token) > _SHORTEST_VERB)
        and token not in NOT_NAMES | FILLERS | EITHER
    )


def _named_drivers(tokens: Sequence[str], known: Sequence[_Found]) -> Iterator[_Found]:
    """ "Tom Baker was driving": a name with nothing else to tell that it is one."""
    taken = {place for one in known for place in range(one.start, one.end)}
    for place in range(len(tokens)):
        after = " ".join(tokens[place:])
        if place in taken or not (_DID.match(after) or (_ONLY_WAS.match(after) and tokens[place] in {"was", "did"})):
            continue
        first = place
        while first and first - 1 not in taken and place - first < 3 and _may_be_name(tokens[first - 1]):
            first -= 1
        if first < place and (not first or tokens[first - 1] not in _DETERMINERS):  # "the van drove off"
            yield _Found(first, place, "", " ".join(tokens[first:place]))
            return


def _role(one: _Found, before: str, after: str) -> Role:
    is_caller = not one.kin and not one.name
    if _NOT.search(before) or _DID_NOT.match(after):
        return "denied"
    if _ELSEWHERE.match(after) or (not is_caller and _ELSEBODY.search(before) and not _DID.match(after)):
        return "denied"
    if _DID.match(after) or _ONLY_WAS.match(after) or (is_caller and _ON_THE_WAY.match(after)):
        return "driver"
    if _AT_THE_WHEEL.search(before):
        return "driver"
    if _RODE.match(after) or (not is_caller and _TOOK_ALONG.search(before)):
        return "companion"
    return "open"


def _together(people: list[Person]) -> list[Person]:
    """ "My wife and my son were with me": those who are named in one breath did the same."""
    found = list(people)
    for order in (range(1, len(found)), range(len(found) - 1, 0, -1)):
        for place in order:
            one, other = found[place - 1], found[place]
            joined = set(other.before.split()) <= _BETWEEN and not (one.is_caller or other.is_caller)
            if joined and "companion" in {one.role, other.role} and "open" in {one.role, other.role}:
                found[place - 1 : place + 1] = [replace(one, role="companion"), replace(other, role="companion")]
    return found
