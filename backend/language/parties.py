"""Counts a list of those who took part: "me, the other guy and a parked van", "just the two of us, me and the lady".

A list is a grammar of its own: things and people joined by a pause or an "and", each one of what is counted or
somebody who brought one, and the caller. Where the whole answer is such a list, with a number of all before or behind
it that agrees, it is the count; where any word of it is something else, nothing is said here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Parties"]

_LEAST = 2
"""Members of a list: one thing by itself is none."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The grammar of one language; every pattern is matched in its plain spelling, with marks as words of their own.

    Args:
        leads: what leads to a list and says nothing: "it was", "just".
        joins: what joins two members.
        ends: what may stand behind a list and says nothing: "that's it".
        own: the caller, or the caller's own.
        others: one thing beside it, or ``number`` of them.
        nothing: what is no such thing, though it took part: a tree, a deer.
        total: how many it was in all; its ``number`` is a figure, or a word of ``numbers``.
        numbers: number words.
        apposed: what may say once more what stands before it, where no "and" is between or behind: "and the other car,
            a bus".
        named: what makes that likely: a name ("a honda"), or a number of things before it ("two cars, a truck and me").
        plain: members that nothing is said once more of: "a taxi", "me".
        pauses: joins that are no "and".
    """

    leads: re.Pattern[str] = field(repr=False)
    joins: re.Pattern[str] = field(repr=False)
    ends: re.Pattern[str] = field(repr=False)
    own: re.Pattern[str] = field(repr=False)
    others: re.Pattern[str] = field(repr=False)
    nothing: re.Pattern[str] = field(repr=False)
    total: re.Pattern[str] = field(repr=False)
    numbers: Mapping[str, int] = field(repr=False)
    apposed: re.Pattern[str] = field(repr=False)
    named: re.Pattern[str] = field(repr=False)
    plain: re.Pattern[str] = field(repr=False)
    pauses: frozenset[str]

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        """How many there are in all; two numbers where one of them may have been said twice, and none where it is no
        plain list with the caller's own in it."""
        text = " ".join(words)
        totals: set[int] = set()
        owns = others = members = again = 0
        firmly = False
        at, before, joined = self._behind(self.leads, text, 0), "", True
        while at < len(text):
            start = at
            other, total = self.others.match(text, at), self.total.match(text, at)
            if (at := self._behind(self.joins, text, start)) > start:
                joined = joined or not self.pauses.issuperset(text[start:at].split())
                again = again if firmly or not joined else 0  # "my car, a van and a bus"
                continue
            if total and (other is None or total.end() > other.end() or (not members and total.end() == other.end())):
                totals.add(self._number(total["number"]))
                at, before, joined = total.end(), total[0], False
                continue
            if ends := self.ends.match(text, start):
                at = ends.end()
                continue
            if own := self._longer(text, start):
                owns, at = owns + 1, own.end()
            elif other:
                if not joined and self.apposed.match(text, start) and not self.plain.fullmatch(before):
                    again, firmly = again + 1, firmly or bool(self.named.search(f"{before} {other[0]}"))
                others, at = others + self._number(other["number"] or "1"), other.end()
            elif none := self.nothing.match(text, start):
                at = none.end()
            else:
                return ()
            members, before, joined = members + 1, text[start:at], False
        listed = others + owns
        if owns != 1 or members < _LEAST or not totals <= {listed, listed - again}:
            return ()
        return (listed,) if not again or (totals == {listed} and not firmly) else (listed, listed - again)

    def _longer(self, text: str, at: int) -> re.Match[str] | None:
        """The caller's own, unless it is the beginning of something else: "my wife's car"."""
        own, other = self.own.match(text, at), self.others.match(text, at)
        return own if own is not None and (other is None or other.end() <= own.end()) else None

    def _number(self, said: str) -> int:
        return int(said) if said.isdecimal() else self.numbers[said]

    @staticmethod
    def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
        found = pattern.match(text, at)
        return found.end() if found else at
