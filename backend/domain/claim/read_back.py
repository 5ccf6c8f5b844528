"""The claim read back to its caller: nothing is filed that was not read.

There are two parts of at most 35 words each, the question behind them included. What does not fit is said in fewer
words, then in a further part; it is never cut.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.claim.field import Field, PartKey
from backend.domain.claim.saying import in_fewer_words
from backend.domain.claim.story import in_second_person

__all__ = ["MOST_WORDS", "PARTS", "SpokenPart", "changed_words", "read_back"]

PARTS: tuple[PartKey, ...] = ("what_and_when", "who_and_how")
MOST_WORDS = 35
"""Words of one part, with the question that is asked behind it."""

_ROOM = MOST_WORDS - 4
"""Words left beside "Is that all correct?" or "And is that right?"."""
_LEAD = "Let me read that back."
_IN_YOUR_WORDS = "What happened is noted in your words."
_STORY = "incident_description"
_LONGEST = 16
"""A value that takes more words is said to be noted as the caller said it."""
_LAST = ("injuries", "vehicles_involved", "trip_purpose", "passengers")
"""Said behind the others of their part."""


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """What is read and confirmed at one go.

    Args:
        key: tells it from the other parts.
        names: the fields whose values it says.
        say: the words, without the question behind them.
    """

    key: str
    names: tuple[str, ...]
    say: str


def read_back(fields: Mapping[str, Any], form: Sequence[Field]) -> list[SpokenPart]:
    """The whole claim in parts, every value in one of them."""
    return [part for key in PARTS for part in _parts(key, fields, form)]


def changed_words(names: Collection[str], fields: Mapping[str, Any], form: Sequence[Field]) -> str:
    """Only the fields of a part that have changed since the caller heard all of it; empty where that is too long."""
    clauses = [_clause(one, fields) or _open(one, fields) for one in form if one.name in names]
    told = ", ".join(clause for clause in clauses if clause) or "that is noted"
    told = f"it was {told}" if told.startswith(("at ", "around ", "with ", "without ", "a ", "another ")) else told
    said = f"Then {told}, and the rest as I read it."
    return said if _count(said) <= _ROOM else ""


def _parts(key: PartKey, fields: Mapping[str, Any], form: Sequence[Field]) -> list[SpokenPart]:
    told = [one for one in form if one.part == key and one.name in fields]
    if not told:
        return []
    told.sort(key=lambda one: one.name in _LAST)
    said = [(one.name, clause) for one in told if one.name != _STORY and (clause := _clause(one, fields))]
    open_ones = [one.label for one in told if one.label and fields[one.name] is None]
    if open_ones:
        said.append(("", f"still open: {', '.join(open_ones)}"))
    story = next((_clause(one, fields) for one in told if one.name == _STORY), "")
    packed = _packed(said, story)
    names = [[name for name, _ in group if name] for group in packed]
    if silent := [one.name for one in told if one.name not in {name for group in names for name in group}]:
        names[0] = [*silent, *names[0]]  # the story, and what goes without saying
    return [
        SpokenPart(
            key if not place else f"{key}_{place + 1}", tuple(names[place]), _sentence_of(group, story, place, key)
        )
        for place, group in enumerate(packed)
    ]


def _packed(said: list[tuple[str, str]], story: str) -> list[list[tuple[str, str]]]:
    """The clauses in as few parts as hold them, in fewer words where that saves one."""
    least = min(_count(_sentence(story)), _count(_IN_YOUR_WORDS)) if story else 0
    if _count(*(clause for _, clause in said)) + least > _ROOM:
        said = [(name, in_fewer_words(clause)) for name, clause in said]
    groups: list[list[tuple[str, str]]] = [[]]
    room = _ROOM - least
    for name, clause in said:
        if _count(clause) > room and groups[-1]:
            groups.append([])
            room = _ROOM
        groups[-1].append((name, clause))
        room -= _count(clause)
    return groups


def _sentence_of(group: list[tuple[str, str]], story: str, place: int, key: PartKey) -> str:
    body = _sentence(", ".join(clause for _, clause in group))
    told = _sentence(story) if not place else ""
    if told and _count(told, body) > _ROOM:
        told = _IN_YOUR_WORDS
    lead = _LEAD if key == PARTS[0] and not place and _count(_LEAD, told, body) <= _ROOM else ""
    return " ".join(part for part in (lead, told, body) if part)


def _clause(one: Field, fields: Mapping[str, Any]) -> str:
    if one.name not in fields:
        return ""
    clause = one.say(fields[one.name], fields)
    if one.name == _STORY:
        return in_second_person(clause)
    if _count(clause) > _LONGEST:
        return f"{one.label or one.name.replace('_', ' ')} as you said it"
    return clause


def _open(one: Field, fields: Mapping[str, Any]) -> str:
    return f"{one.label} stays open" if one.label and fields.get(one.name) is None else ""


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
