"""A name and numbers in what a caller says in Spanish, one at a time or all in one breath."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from backend.language.es.alike_names import is_said, same_person
from backend.language.es.digits import one_by_one, runs_of_digits, without_false_starts
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.told_name import TOLD_AROUND, told_name
from backend.language.es.words import said
from backend.language.parts import NumberPart, Parts, PartsAsked, ends_of

__all__ = ["SPANISH_PARTS"]

_LEADS = TOLD_AROUND | frozenset("nombres apellido apellidos servidor servidora yo mire no perdon".split())
"""Words that may stand before one's own name."""
_FIRST_MARK = 0xE100
"""Stands for the name of a part in the plain spelling: no letter, so that it ends a row of digits."""
_LINK = re.compile(r"^(?: |es|son|seria|serian|como|de|mi|mis|el|la|los|las|su|para|ese|ese es|y ese|esos)*$")


@dataclass(frozen=True, slots=True)
class _Run:
    digits: str = field(repr=False)
    start: int
    end: int


class _SpanishParts:
    """``PartsReader`` of Spanish."""

    def read(self, text: str, asked: PartsAsked) -> Parts:
        """A number is the part that it is called, that was asked for, or, where nothing but a name stands beside it,
        the one of its length."""
        return _Utterance(text, asked).parts()

    def numbers(self, texts: Iterable[str], parts: Iterable[NumberPart]) -> frozenset[str]:
        """Every whole number, as it was said and as each part would count it."""
        told, kinds = list(texts), list(parts)
        joined = [f"{one} {two}" for one, two in pairwise(told)]
        found: set[str] = set()
        for text in [*told, *joined]:
            for run in runs_of_digits(one_by_one(said(text).plain)):
                found |= {run.value, *(_value(run.value, part) for part in kinds)}
        return frozenset(found - {""})

    def is_said(self, name: str, texts: Iterable[str]) -> bool:
        """By spelling and by sound."""
        return is_said(name, texts)

    def same_person(self, said: str, name: str) -> bool:
        """Likeness of sound, middle names and a second surname are forgiven; half a name is not."""
        return same_person(said, name)

    def names_at_end(self, answer: str) -> Sequence[str]:
        """Behind "me llamo", and behind nothing that may tell whose name it is."""
        return ends_of(said(answer).plain.split(), _LEADS)


SPANISH_PARTS = _SpanishParts()


class _Utterance:
    """One utterance, and what may be told in it."""

    def __init__(self, text: str, asked: PartsAsked) -> None:
        self._text, self._asked = text, asked
        self._answer = said(text)
        self._by_name = {part.name: part for part in asked.numbers}
        self._marks = {chr(_FIRST_MARK + at): part.name for at, part in enumerate(asked.numbers)}
        wanted = [self._by_name[asked.asked]] if asked.asked in self._by_name else asked.numbers
        whole = {length for part in wanted for length in (part.digits, part.digits + part.plus)}
        self._plain = without_false_starts(one_by_one(self._marked(self._answer.plain)), whole)
        self._runs = [_Run(run.value, run.start, run.end) for run in runs_of_digits(self._plain)]

    def parts(self) -> Parts:
        """What it says."""
        name = self._name() if self._asked.name else ""
        found: dict[str, set[str]] = {part: set() for part in self._by_name}
        doubt: set[str] = set()
        for digits, part in self._told(name):
            value = _value(digits, self._by_name[part])
            found[part].add(value)
            if len(value) != self._by_name[part].digits:
                doubt.add(part)
        unsure = hedged(self._answer) or CORRECTION.search(self._plain) is not None
        doubt |= {part for part, values in found.items() if len(values) > 1 or (values and unsure)}
        sure = {part: next(iter(values)) for part, values in found.items() if values and part not in doubt}
        return Parts(sure | ({self._asked.name: name} if name else {}), frozenset(doubt))

    def _marked(self, plain: str) -> str:
        """The plain spelling with a mark in the place of each part's name."""
        labels = [
            (said(label).plain, mark)
            for mark, part in zip(self._marks, self._asked.numbers, strict=True)
            for label in part.labels
        ]
        for label, mark in sorted(labels, key=lambda one: -len(one[0])):
            counted = r"(?: (?:\d )?(?:digitos|numeros|cifras))?(?: de)?"
            plain = re.sub(rf"\b{re.escape(label)}\b{counted}", f" {mark} ", plain)
        return plain

    def _told(self, name: str) -> list[tuple[str, str]]:
        """Each number with the part that it is for; numbers of other things are left out."""
        found: list[tuple[str, str]] = []
        rest: list[_Run] = []
        used = 0
        for place, run in enumerate(self._runs):
            following = self._runs[place + 1].start if place + 1 < len(self._runs) else len(self._plain)
            part = self._before(self._plain[used : run.start])
            used = run.end
            if part is None:
                part, length = self._behind(self._plain[run.end : following], run.digits)
                used += length
            part = part or self._by_question(run.digits, name)
            if part is None:
                rest.append(run)
            else:
                found.append((run.digits, part))
        return found + (self._by_the_others(rest, {part for _, part in found}) if name else [])

    def _before(self, words: str) -> str | None:
        """What the words before a number call it; the nearest counts."""
        marks = [character for character in words if character in self._marks]
        return self._marks[marks[-1]] if marks else None

    def _behind(self, words: str, digits: str) -> tuple[str | None, int]:
        """ "80202 es mi código postal": the part, where the number is as long as it."""
        at = next((at for at, character in enumerate(words) if character in self._marks), None)
        if at is None or not _LINK.match(words[:at]):
            return None, 0
        part = self._marks[words[at]]
        fits = len(_value(digits, self._by_name[part])) == self._by_name[part].digits
        return (part, at + 1) if fits else (None, 0)

    def _by_question(self, digits: str, name: str) -> str | None:
        asked = self._asked.asked if self._asked.asked in self._by_name else None
        if asked and len(self._runs) == 1:
            return asked
        if asked or (self._asked.by_length and self._says_nothing_else(name)):
            return self._of_length(len(digits)) or asked
        return None

    def _of_length(self, digits: int) -> str | None:
        fitting = [part.name for part in self._asked.numbers if digits in (part.digits, part.digits + part.plus)]
        return fitting[0] if len(fitting) == 1 else None

    def _by_the_others(self, rest: Sequence[_Run], known: set[str]) -> list[tuple[str, str]]:
        """Beside a name and all other numbers, called by name: the one number that is as long as the last part."""
        missing = [part for part in self._asked.numbers if part.name not in known]
        if not known or len(missing) != 1:
            return []
        fitting = [run.digits for run in rest if len(run.digits) == missing[0].digits]
        return [(fitting[0], missing[0].name)] if len(fitting) == 1 else []

    def _says_nothing_else(self, name: str) -> bool:
        known = {*said(name).plain.split(), *TOLD_AROUND}
        words = re.sub(rf"\d|[{''.join(self._marks)}]" if self._marks else r"\d", " ", self._plain).split()
        return all(word in known or len(word) == 1 for word in words)

    def _name(self) -> str:
        labels: Mapping[str, str] = {label: part.name for part in self._asked.numbers for label in part.labels}
        asked = self._asked.asked == self._asked.name
        opening, strange = self._asked.opening, self._asked.strange
        return told_name(self._text, labels, strange, asked=asked, opening=opening, numbers=bool(self._runs))


def _value(digits: str, part: NumberPart) -> str:
    return digits[: part.digits] if part.plus and len(digits) == part.digits + part.plus else digits
