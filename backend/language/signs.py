"""Words that speak about other words: denials, corrections, hedges, alternatives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backend.language.grammar import class_of

__all__ = ["Sign", "SignWords", "Sort"]

Sort = Literal["denial", "correction", "afterthought", "hedge", "about", "or"]
"""
denial        what follows is not meant: "not"
correction    what was said before is taken back: "no wait", "i mean"
afterthought  a correction when something follows, nothing at the end: "actually"
hedge         not sure: "maybe"
about         not exact: "around", "or so"
or            one of several
"""


@dataclass(frozen=True, slots=True)
class Sign:
    """One of them, and where it stands."""

    sort: Sort
    start: int
    end: int


class SignWords:
    """The signs of a language."""

    def __init__(self, phrases: Mapping[Sort, Iterable[str]]) -> None:
        self._find = class_of({phrase: sort for sort, each in phrases.items() for phrase in each})

    def find(self, words: Sequence[str]) -> list[Sign]:
        """All signs, from left to right, none within another."""
        found: list[Sign] = []
        at = 0
        while at < len(words):
            match = self._find(words, at)
            if match is not None:
                found.append(Sign(match[0], at, match[1]))
            at = match[1] if match else at + 1
        return found
