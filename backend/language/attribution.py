"""Whose value it is: "the tow was a hundred", "the shop closes at nine", "my pin is one one nine two".

A day, a time, a sum or a number may belong to something else than what was asked for. In the clause around the value,
a subject that the question does not know and a verb that links it to the value, or what others did then, say so.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from backend.language.asked import Kind

__all__ = ["Attribution"]

_NEVER = re.compile(r"(?!)")
_LONGEST = 7
"""Words of a subject: "the appointment that I had at the shop"."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The rule for one language, in the plain spelling of its coverage.

    Args:
        links: verbs that give a value to their subject: "is", "was".
        openers: what a named thing begins with: "my", "the".
        joints: where another clause begins: "and", "because".
        subjects: words that begin a clause of their own: "it", "we".
        again: words that lead back to what was asked for: "was", "happened".
        own: things of which the value may be said for each kind: "the date", "my number".
        acts: what says, around a value of that kind, that it is the time or the price of something else.
        names: what such a value is called by where it is another one: the "claim" of "my claim number".
    """

    links: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    joints: frozenset[str] = field(default=frozenset(), repr=False)
    subjects: frozenset[str] = field(default=frozenset(), repr=False)
    again: frozenset[str] = field(default=frozenset(), repr=False)
    own: Mapping[Kind, frozenset[str]] = field(default_factory=dict[Kind, frozenset[str]], repr=False)
    acts: Mapping[Kind, re.Pattern[str]] = field(default_factory=dict[Kind, re.Pattern[str]], repr=False)
    names: Mapping[Kind, re.Pattern[str]] = field(default_factory=dict[Kind, re.Pattern[str]], repr=False)

    def another(self, kind: Kind, words: Sequence[str], value: Collection[str], known: AbstractSet[str]) -> str:
        """The words that give the value to something else; empty when none do.

        Args:
            kind: what the value is.
            words: the answer, without marks.
            value: the words that the value rests on.
            known: the words of the question, and those that the store tells with it.
        """
        if kind not in self.own:
            return ""
        start, end = _longest_run(words, value)
        first = max((at + 1 for at in range(start) if words[at] in self.joints), default=0)
        last = next((at for at in range(end, len(words)) if words[at] in self.joints), len(words))
        before, behind = words[first:start], words[end:last]
        around = " ".join((*before, *words[start:end], *behind))
        name = self.names.get(kind, _NEVER).search(around)
        if name is not None and known.isdisjoint(name[0].split()):
            return name[0]
        act = self.acts.get(kind, _NEVER).search(around)
        if act is not None and known.isdisjoint(act[0].split()) and not self._goes_on(act.end(), before):
            return act[0]
        clause = max((at + 1 for at, word in enumerate(before) if word in self.subjects), default=0)
        subject = self._subject(before[clause:])
        return "" if not subject or not {*self.own[kind], *known}.isdisjoint(subject) else " ".join(subject)

    def _goes_on(self, end: int, before: Sequence[str]) -> bool:
        """Does another clause begin between what others did and the value: "I found it there, it was at noon"?"""
        return not self.again.isdisjoint(" ".join(before)[end:].split())

    def _subject(self, before: Sequence[str]) -> Sequence[str]:
        """The named thing before the last link; empty where a pronoun or nothing stands there."""
        link = next((at for at in range(len(before) - 1, -1, -1) if before[at] in self.links), 0)
        named = [at for at in range(max(link - _LONGEST, 0), link) if before[at] in self.openers]
        return before[named[0] : link] if named and named[-1] < link - 1 else ()


def _longest_run(words: Sequence[str], value: Collection[str]) -> tuple[int, int]:
    """Where most words of the value stand together; the last of them where two are alike."""
    best, start = (0, 0), 0
    for at in range(len(words) + 1):
        if at < len(words) and words[at] in value:
            continue
        if at > start and at - start >= best[1] - best[0]:
            best = (start, at)
        start = at + 1
    return best
