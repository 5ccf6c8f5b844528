"""A name and numbers in what a caller says in English, one at a time or all in one breath."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from backend.language.en.alike_names import is_said, same_person
from backend.language.en.number_runs import Number, grouped, read_numbers, without_false_starts
from backend.language.en.told_name import ToldNames
from backend.language.parts import NumberPart, Parts, PartsAsked, ends_of
from backend.language.tokens import words

__all__ = ["ENGLISH_PARTS"]

_LINKS = frozenset("is are was as for it's that's being".split())
_BETWEEN = frozenset(
    "and my the is are it's its code number numbers digits digit of , . ; : - name full then with a for so that's in "
    "also i live at four 4 five 5".split()
)
"""Words around numbers that say nothing of their own."""
_POLITE = frozenset("uh um er hi hello hey yes yeah sure okay well this speaking here name please it".split())
_LEADS = _POLITE | frozenset(
    "my full first last name's is it's i'm i am the that's that so oh no well um called call me under be would with to "
    "you're said say as in and mister mrs miss ms doctor sorry".split()
)
"""Words that may stand before one's own name."""
_NEAR = 5
_BEHIND = 5
_NAMED = re.compile(r"\b(?:name(?:'s| is)|this is|call me|speaking with)\b", re.IGNORECASE)
_I_AM = re.compile(r"\b(?:I'?m|I am|It'?s) (?=[A-Z]\w+ [A-Z])")
"""Before words that are written as a name: "I'm bleeding badly" introduces nobody."""


class _EnglishParts:
    """``PartsReader`` of English."""

    def read(self, text: str, asked: PartsAsked) -> Parts:
        """A number is the part that it is called, that was asked for, or, where nothing but a name stands beside it,
        the one of its length."""
        return _Utterance(text, asked).parts()

    def numbers(self, texts: Iterable[str], parts: Iterable[NumberPart]) -> frozenset[str]:
        """Every whole number, as it was said and as each part would count it."""
        said, kinds = list(texts), list(parts)
        joined = [f"{one} {two}" for one, two in pairwise(said)]
        found: set[str] = set()
        for text in [*said, *joined]:
            numbers = read_numbers(text)
            found |= {one.digits for part in kinds for one in grouped(numbers, part.digits).found}
            for number in numbers.found:
                found |= {number.digits + number.tail, *(_value(number, part) for part in kinds)}
                found |= (
                    {number.tail} if any(part.plus and len(number.digits) == part.digits for part in kinds) else set()
                )
        return frozenset(found - {""})

    def is_said(self, name: str, texts: Iterable[str]) -> bool:
        """By spelling and by sound."""
        return is_said(name, texts)

    def same_person(self, said: str, name: str) -> bool:
        """Order, middle names and likeness of sound are forgiven; half a name is not."""
        return same_person(said, name)

    def names_at_end(self, answer: str) -> Sequence[str]:
        """Behind "the name is", and behind nothing that may tell whose name it is."""
        return ends_of(words(answer), _LEADS)


ENGLISH_PARTS = _EnglishParts()


class _Utterance:
    """One utterance, and what may be told in it."""

    def __init__(self, text: str, asked: PartsAsked) -> None:
        self._text = text
        self._asked = asked
        self._labels = _Labels(asked.numbers)
        self._names = ToldNames(asked.strange)
        self._by_name = {part.name: part for part in asked.numbers}
        wanted = [self._by_name[asked.asked]] if asked.asked in self._by_name else asked.numbers
        whole = {length for part in wanted for length in (part.digits, part.digits + part.plus)}
        self._numbers = without_false_starts(read_numbers(text), whole)
        if asked.asked in self._by_name:
            self._numbers = grouped(self._numbers, self._by_name[asked.asked].digits)

    def parts(self) -> Parts:
        """What it says."""
        name = self._name() if self._asked.name else ""
        found: dict[str, set[str]] = {part: set() for part in self._by_name}
        doubt: set[str] = set()
        for number, part in self._told(named=bool(name), alone=self._says_nothing_else(name)):
            value = _value(number, self._by_name[part])
            found[part].add(value)
            if len(value) != self._by_name[part].digits:
                doubt.add(part)
        for part, values in found.items():
            if len(values) > 1 or (values and self._numbers.doubt):
                doubt.add(part)
        sure = {part: next(iter(values)) for part, values in found.items() if values and part not in doubt}
        return Parts(sure | ({self._asked.name: name} if name else {}), frozenset(doubt))

    def _told(self, *, named: bool, alone: bool) -> list[tuple[Number, str]]:
        """Each number with the part that it is for; numbers of other things are left out."""
        tokens, numbers = self._numbers.tokens, self._numbers.found
        found: list[tuple[Number, str]] = []
        rest: list[Number] = []
        floor = 0
        for place, number in enumerate(numbers):
            following = numbers[place + 1].start if place + 1 < len(numbers) else len(tokens)
            part = self._labels.before(tokens[floor : number.start])
            floor = number.end
            if part is None:
                part, used = self._labels.behind(tokens[number.end : following], self._fits(number))
                floor += used
            if part is None and not named and self._may_be_plus(place):
                continue
            part = part or self._by_question(number, alone=alone)
            if part is not None:
                found.append((number, part))
            else:
                rest.append(number)
        return found + (self._by_the_others(rest, {part for _, part in found}) if named else [])

    def _fits(self, number: Number) -> set[str]:
        return {part.name for part in self._asked.numbers if len(_value(number, part)) == part.digits}

    def _by_the_others(self, rest: Sequence[Number], known: set[str]) -> list[tuple[Number, str]]:
        """Beside a name and all other numbers, called by name: the one number that is as long as the last part."""
        missing = [part for part in self._asked.numbers if part.name not in known]
        if not known or len(missing) != 1:
            return []
        fitting = [number for number in rest if not number.tail and len(number.digits) == missing[0].digits]
        return [(fitting[0], missing[0].name)] if len(fitting) == 1 else []

    def _may_be_plus(self, place: int) -> bool:
        """ "60601 1234": a zip code with its four more digits, or a zip code and something else? That is asked."""
        numbers = self._numbers.found
        before = numbers[place - 1] if place else None
        if before is None or before.end != numbers[place].start:
            return False
        return any(part.plus and len(before.digits) == part.digits for part in self._asked.numbers)

    def _by_question(self, number: Number, *, alone: bool) -> str | None:
        asked = self._asked.asked if self._asked.asked in self._by_name else None
        if asked and len(self._numbers.found) == 1:
            return asked
        if asked or (alone and self._asked.by_length):
            return self._of_length(len(number.digits)) or asked
        return None

    def _of_length(self, digits: int) -> str | None:
        fitting = [part.name for part in self._asked.numbers if digits in (part.digits, part.digits + part.plus)]
        return fitting[0] if len(fitting) == 1 else None

    # -- the name -------------------------------------------------------------------------

    def _name(self) -> str:
        is_asked = self._asked.asked == self._asked.name
        if not is_asked and not _NAMED.search(self._text) and not _I_AM.search(self._text.replace("’", "'")):
            return self._unasked_name()
        if not self._numbers.found:
            return self._names.told(self._text)
        for beside in self._beside():
            name = self._names.told(" ".join(beside))
            if name and (is_asked or len(name.split()) > 1):
                return name
        return ""

    def _unasked_name(self) -> str:
        """Of somebody who has not been asked: beside a number that is called by name, or at the beginning."""
        tokens = self._numbers.tokens
        if any(self._labels.before(tokens[: number.start][-_NEAR:]) for number in self._numbers.found):
            return next(filter(None, map(self._names.whole, self._beside())), "")
        return self._names.opening(self._text) if self._asked.opening else ""

    def _beside(self) -> list[list[str]]:
        """The words between the numbers, without those that only link them."""
        tokens = self._numbers.tokens
        found: list[list[str]] = []
        begin = 0
        for number in [*self._numbers.found, None]:
            end = number.start if number else len(tokens)
            words = list(tokens[begin:end])
            while words and (words[-1] in _BETWEEN or words[-1] in self._labels.words):
                words.pop()
            found.append([word for word in words if word.isalpha() or "'" in word or len(word) > 1])
            begin = number.end if number else end
        return found

    def _says_nothing_else(self, name: str) -> bool:
        """Is there nothing beside the numbers but a name and words that link them?"""
        known = {*name.casefold().replace("-", " ").split(), *_BETWEEN, *_POLITE, *self._labels.words}
        return all(word in known for words in self._beside() for word in words if len(word) > 1)


class _Labels:
    """What callers call each number."""

    def __init__(self, parts: Iterable[NumberPart]) -> None:
        self._parts: Mapping[tuple[str, ...], str] = {
            tuple(label.split()): part.name for part in parts for label in part.labels
        }
        self.words = frozenset(word for label in self._parts for word in label)
        self._longest = max((len(label) for label in self._parts), default=0)

    def before(self, tokens: Sequence[str]) -> str | None:
        """What the words before a number call it; the nearest counts."""
        return next(filter(None, (self._at(tokens, place) for place in range(len(tokens) - 1, -1, -1))), None)

    def behind(self, tokens: Sequence[str], fitting: Container[str]) -> tuple[str | None, int]:
        """ "60601 is my zip code": the part, and how many tokens said so. Without a word that links them it counts for
        a number of the right length only: "60601 social 4821" calls the second one so."""
        if not tokens or tokens[0] not in _LINKS:
            part = self._at(tokens, 0) if tokens else None
            return (part, 1) if part and part in fitting else (None, 0)
        for place in range(1, min(_BEHIND, len(tokens))):
            if part := self._at(tokens, place):
                return part, place + 1
        return None, 0

    def _at(self, tokens: Sequence[str], place: int) -> str | None:
        lengths = range(self._longest, 0, -1)
        found = (self._parts.get(tuple(tokens[place : place + length])) for length in lengths)
        return next(filter(None, found), None)


def _value(number: Number, part: NumberPart) -> str:
    if not part.plus:
        return number.digits + number.tail
    more = (len(number.digits), len(number.tail)) in ((part.digits, part.plus), (part.digits + part.plus, 0))
    return number.digits[: part.digits] if more else number.digits + number.tail
