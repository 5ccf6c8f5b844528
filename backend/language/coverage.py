"""What an answer leaves unread beside its value: where words that carry meaning stand there, it is asked.

A reader finds a value; this looks at all that it did not look at. An allow-list says what may stay unread: words that
only hold a sentence together, courtesies, the words of the question, and what may be told beside a kind of value.
Everything else is a doubt, be it "supposed", "my neighbor's" or a word that nobody has heard.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from backend.language.asked import Asked, Choice, Kind
from backend.language.attribution import Attribution
from backend.language.mail_ends import MAIL_ENDS
from backend.language.reading import Reading
from backend.language.same_once import same_once

__all__ = ["Coverage"]

_WHY = "words beside it were not understood"
_SPARE = 1
"""Words that nobody knows beside a fact, where nothing turns it: "it rides up on a flatbed"."""
_TOLD = 2
"""Words that nobody has to know of what is mostly told with a fact: "nobody's hurt, it drives fine"."""
_SHORT = 4
"""Letters of a word that may say something of a thing with a name: shorter ones are its versions ("GT", "SX")."""
_FEWEST = 5
"""Figures of a number that may be told to be made up: four alike are often a real one."""
_PLAIN_NUMBER = 10
"""Figures of a phone number without its country."""
_SAMPLE = "example"
"""Name of the domains that RFC 2606 sets aside for samples: who tries a line out has an address there."""
_OPEN_END = "zzz"
"""Stands for the star of "bleed*" while its word goes through the plain spelling."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The rule for one language.

    Args:
        words: an answer's words in the plain spelling that all the sets are written in.
        silent: what may stay unread in every answer.
        strict: the kinds of which every word that carries meaning must be read, and what else may stay unread there.
        of_people: what else may, where one clause is enough for an answer ("nobody except my wife").
        loose: the kinds beside which a story may be told, as beside a day: only words that suppose are a doubt.
        no_names: words that stand in no name.
        no_places: words that stand in no street and no city.
        supposes: words of what was not so, or is always so: "if", "almost", "anyway".
        answers: the bare yes and no. Where an answer begins with one, and nothing in it turns, more is only told.
        fillers: what may stand before such a yes or no.
        turns: words that take back, limit or suppose: "but", "almost", "his".
        stand_ins: what is said for an address of mail that nobody has: "test", "something", "example".
        doubts: turns of phrase that no reader of that kind takes in, unless it says so: "monday, the one before".
        turning: words that speak against a value of that kind: "not", "but", "I mean", "before". Its reader has to say
            that it weighed them.
        spelling: how a letter is told by a word: "b as in boy".
        whose: when a value belongs to something else than what was asked for.
        articles: what stands before a road that is called by its number.
    """

    words: Callable[[str], Sequence[str]] = field(repr=False)
    silent: frozenset[str] = field(repr=False)
    strict: Mapping[Kind, frozenset[str]] = field(repr=False)
    of_people: frozenset[str] = field(repr=False)
    loose: frozenset[Kind]
    no_names: frozenset[str] = field(repr=False)
    no_places: frozenset[str] = field(repr=False)
    supposes: frozenset[str] = field(repr=False)
    answers: frozenset[str] = field(repr=False)
    fillers: frozenset[str] = field(repr=False)
    turns: frozenset[str] = field(repr=False)
    stand_ins: frozenset[str] = field(repr=False)
    articles: frozenset[str]
    doubts: Mapping[Kind, re.Pattern[str]] = field(repr=False)
    turning: Mapping[Kind, frozenset[str]] = field(repr=False)
    spelling: re.Pattern[str] = field(repr=False)
    whose: Attribution = field(default=Attribution(), repr=False)

    def weigh(self, text: str, asked: Asked, reading: Reading) -> Reading:
        """The reading, or a doubt with its value where something was left unread. Told in passing, it is as "
        "it was."""
        if reading.outcome != "value" or asked.told or asked.confirms:
            return reading
        unread = self.unread(text, asked, reading)
        if not unread:
            return reading
        return replace(reading, outcome="ask", candidates=(reading.value,), unread=unread, why=_WHY)

    def unread(self, text: str, asked: Asked, reading: Reading) -> tuple[str, ...]:
        """The words that are in no part of the reading, and might make it another one."""
        words = self.words(text)
        heard = self._plainly((*reading.rests_on, *reading.against))
        if odd := self._odd(asked.kind, reading.value, words):
            return odd
        if turn := self._turn(asked.kind, words, heard):
            return turn
        if unweighed := self._unweighed(asked, reading, words):
            return unweighed
        known = (self._theirs(asked) - self.silent) | self._plainly(reading.against)
        if another := self.whose.another(asked.kind, words, self._plainly(reading.rests_on), known):
            return (another,)
        if self._may_be_told(asked) or (asked.prevails is not None and reading.value == asked.prevails):
            told = heard | _plain(asked.beside, asked.told_with, self.words)
            return tuple(word for word in words if word in self.supposes and word not in told)
        if asked.kind not in self.strict or _is_open(asked):
            return ()
        turned = not self.turns.isdisjoint(words)
        if asked.kind == "yes_no" and not turned and self._is_plain(words):
            return ()
        left = self._left(words, heard, asked)
        fact = asked.kind == "yes_no" and asked.prevails is None
        if fact and len(told := self._left(words, heard, asked, told=frozenset())) > _TOLD:
            return told
        return left if len(left) > (_SPARE if fact and not turned else 0) else ()

    def _may_be_told(self, asked: Asked) -> bool:
        """May a story stand beside the value? Beside a choice, where the store does not say what may: "somebody stole
        it from my bag" is an answer to what became of a card."""
        return asked.kind in self.loose or (asked.kind == "choice" and not asked.beside and not _is_open(asked))

    def _turn(self, kind: Kind, words: Sequence[str], heard: set[str]) -> tuple[str, ...]:
        """A turn of phrase that changes such a value, where its reader did not take it in."""
        pattern = self.doubts.get(kind)
        found = pattern.search(" ".join(words)) if pattern else None
        read = found is not None and heard.issuperset(found[0].split())
        return () if found is None or read else (found[0],)

    def _unweighed(self, asked: Asked, reading: Reading, words: Sequence[str]) -> tuple[str, ...]:
        """Words that speak against the value, and of which no reader says that it weighed them.

        A place is made of names, so that such a word within one was not weighed either. Where one clause is enough for
        an answer, they speak against the other answer only.
        """
        turning = self.turning.get(asked.kind, frozenset())
        if turning.isdisjoint(words) or (asked.prevails is not None and reading.value == asked.prevails):
            return ()
        parts = reading.against if asked.kind == "address" else (*reading.rests_on, *reading.against)
        weighed = self._plainly(parts)
        said = itertools.dropwhile(self.fillers.__contains__, words)  # "sorry, willow court"
        return tuple(word for word in dict.fromkeys(said) if word in turning and word not in weighed)

    def _odd(self, kind: Kind, value: Any, words: Sequence[str]) -> tuple[str, ...]:
        """Words in a value that none has: "works with me" is nobody's name, "but I live" no street.

        An address of mail that ends in no way that is known may have a word at its end that was said behind it. A
        street that is a number (but "the 405"), "test at test dot com" and five zeros are asked again, too.
        """
        match kind:
            case "name" | "person":
                name = value if isinstance(value, str) else str(value.get("name", ""))
                return tuple(word for word in self.words(name) if word in self.no_names)
            case "address":
                street = str(value.get("street", ""))
                if street.isdecimal() and self.articles.isdisjoint(words):
                    return (street,)
                return tuple(word for word in self.words(f"{street} {value.get('city', '')}") if word in self.no_places)
            case "email":
                name, _, domain = str(value).partition("@")
                end = domain.rpartition(".")[2]
                owner = domain.partition(".")[0].removeprefix(_SAMPLE)
                odd = [part for part in (name, owner) if part in self.stand_ins]
                return tuple(odd) if end in MAIL_ENDS else (end,)
            case "digits" | "code" | "postal_code" | "phone":
                return (str(value),) if _is_made_up(str(value)) else ()
            case _:
                return ()

    def _left(
        self, words: Sequence[str], heard: set[str], asked: Asked, told: frozenset[str] | None = None
    ) -> tuple[str, ...]:
        """The words that carry meaning, and are in no part of the reading, nor in the question or the store.

        Numbers and marks are none: the readers judge them. ``told`` is what may be told with such a value, where it is
        not what the language says.
        """
        theirs = self._theirs(asked)
        known = _store_words(asked.choices, self.words)
        fine = heard | theirs | (self.of_people if asked.prevails is not None else frozenset())
        fine |= self.silent | (self.strict[asked.kind] if told is None else told)
        least = _SHORT if asked.kind == "group" else 1
        if asked.kind == "name":
            words = self.spelling.sub("", " ".join(words)).split()
        return tuple(
            word
            for word in dict.fromkeys(words)
            if word not in fine and not known.fullmatch(word) and word.isalpha() and len(word) >= least
        )

    def _theirs(self, asked: Asked) -> set[str]:
        """The words of the question, and those that the store tells with it."""
        return {*self.words(asked.question), *_plain(asked.beside, asked.told_with, self.words)}

    def _plainly(self, parts: Sequence[str]) -> set[str]:
        return {word for part in parts for word in self.words(part)}

    def opening(self, text: str) -> str:
        """The plain yes or no that the answer begins with; empty where it begins with none."""
        first = self._first(self.words(text))
        return first if first in self.answers else ""

    def is_turned(self, text: str) -> bool:
        """Has it a word that takes back, limits or supposes?"""
        return not self.turns.isdisjoint(self.words(text))

    def _is_plain(self, words: Sequence[str]) -> bool:
        return self._first(words) in self.answers

    def _first(self, words: Sequence[str]) -> str:
        return next((word for word in words if word not in self.fillers), "")


def _is_made_up(value: str) -> bool:
    """One figure over and over: said to say something."""
    figures = value.removeprefix("+")[-_PLAIN_NUMBER:]
    return figures.isdecimal() and len(figures) >= _FEWEST and len(set(figures)) == 1


def _is_open(asked: Asked) -> bool:
    """May it be told at any length, as what callers call for?"""
    return asked.ordered or asked.otherwise is not None


@same_once
def _plain(
    beside: tuple[str, ...], told_with: tuple[str, ...], words: Callable[[str], Sequence[str]]
) -> frozenset[str]:
    """The words of the store's phrases in the plain spelling, found out once for all answers."""
    return frozenset(word for phrase in (*beside, *told_with) for word in words(phrase))


@same_once
def _store_words(choices: tuple[Choice, ...], words: Callable[[str], Sequence[str]]) -> re.Pattern[str]:
    """The words that the store's choices are told by: they were looked at, though they may have said nothing."""
    written = " ".join(hint for one in choices for hint in one.words).replace("*", _OPEN_END)
    each = sorted({re.escape(word).replace(_OPEN_END, r"\w*") for word in words(re.sub(r"[|+?@]", " ", written))})
    return re.compile("|".join(each) or r"(?!)")
