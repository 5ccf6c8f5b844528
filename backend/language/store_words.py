"""The words of a store that say something, in a small notation, found in what a caller said.

towed                 a word, or words that follow each other
bleed*                words that begin so
broke|broken          one of these
broke|broken + arm    both in one clause, in any order
damage?               weak: it counts only where nothing else says anything
{part}                a list of the store, put in by ``expand``
@person               a list of the language: wanting a person, being in danger, somebody
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from backend.language.asked import Choice
from backend.language.same_once import same_once

__all__ = ["Found", "Hint", "expand", "find", "hints_of", "plain_phrases", "sole_sign"]

_NOTATION = frozenset("*+{}@")
_LIST = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: groups of alternatives that must all stand in one clause."""

    value: Any
    groups: tuple[re.Pattern[str], ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hint that stands in a clause."""

    value: Any
    first: int
    """Place of its first word in the clause."""
    last: int
    """Place of the first word of its last group."""
    words: str = field(repr=False)
    weak: bool = False


def expand(words: Iterable[str], lists: Mapping[str, str]) -> tuple[str, ...]:
    """The hints with the store's own lists in the places of their names."""
    return tuple(_LIST.sub(lambda name: lists.get(name[1], name[0]), hint) for hint in words)


def plain_phrases(hints: Iterable[str]) -> Iterator[str]:
    """The words and phrases among the hints that callers may say as they stand, with neither a star nor a plus."""
    for hint in hints:
        if not set(hint) & _NOTATION:
            yield from hint.rstrip("?").split("|")


def hints_of(choices: Sequence[Choice], own: Mapping[str, str]) -> tuple[Hint, ...]:
    """The hints of all choices, ready to be looked for; ``own`` are the lists of the language."""
    return _all_hints(choices, own) if isinstance(choices, tuple) else _hints(choices, own)


def _hints(choices: Sequence[Choice], own: Mapping[str, str]) -> tuple[Hint, ...]:
    lists = tuple(own.items())
    return tuple(hint for one in choices for hint in _compiled(one.words, lists, _Value(one.value)))


_all_hints = same_once(_hints)
"""Of choices that a store has."""


def find(hints: Iterable[Hint], clause: str) -> Iterator[Found]:
    """The hints that stand in the words of one clause."""
    for hint in hints:
        places = [match for group in hint.groups if (match := group.search(clause))]
        if len(places) == len(hint.groups) and not _overlap(places):
            starts = sorted(clause.count(" ", 0, match.start()) for match in places)
            said = " ".join(match.group() for match in places)
            yield Found(hint.value, starts[0], starts[-1], said, hint.weak)


def sole_sign(hints: Iterable[Hint], clause: str) -> Found | None:
    """The sign that stands in the words; ``None`` where there is none, or where several do not agree."""
    found = list(find(hints, clause))
    strong = [one for one in found if not one.weak] or found
    return strong[0] if strong and all(one.value == strong[0].value for one in strong) else None


class _Value:
    """A value of any type, for the memory of hints: a list cannot be looked up."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return hash((type(self.value), repr(self.value)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Value) and type(self.value) is type(other.value) and self.value == other.value


@lru_cache(1024)
def _compiled(words: tuple[str, ...], own: tuple[tuple[str, str], ...], value: _Value) -> tuple[Hint, ...]:
    lists = dict(own)
    return tuple(_hint(re.sub(r"@(\w+)", lambda name: lists.get(name[1], ""), word), value.value) for word in words)


def _hint(text: str, value: Any) -> Hint:
    weak = text.endswith("?")
    groups = tuple(_group(group) for group in text.removesuffix("?").lower().split("+"))
    return Hint(value, groups, weak)


def _group(text: str) -> re.Pattern[str]:
    either = "|".join(_words(one) for one in text.split("|") if one.strip()) or r"(?!)"
    return re.compile(rf"(?<![^ ])(?:{either})(?![^ ])")


def _words(text: str) -> str:
    return re.escape(" ".join(text.split())).replace(r"\*", r"[^ ]*").replace(r"\ ", " ")


def _overlap(places: Sequence[re.Match[str]]) -> bool:
    ends = sorted((match.start(), match.end()) for match in places)
    return any(one[1] > other[0] for one, other in itertools.pairwise(ends))
