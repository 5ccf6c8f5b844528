"""When a place that was read is none, or another one: the rule of doubt for what somebody says of where they were.

A street and a city are made of names. A place that holds a verb, a relative, or nothing but "the light"; one that they
came from or were going to; one that somebody else named, or that was denied: each of them is asked again.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["PlaceDoubt"]


@dataclass(frozen=True, slots=True)
class PlaceDoubt:
    """The rule for one language; all words in its plain spelling.

    Args:
        words: the words of an answer, or of a part of the place.
        no_part: words that are in no street and no city: "says", "yesterday", "my".
        no_city: those that are in no city, beside these: "exit", "apartment".
        general: what a place may be beside its name: "light", "parking", "corner".
        small: words that are neither: "the", "at".
        articles: those of them that a city may begin with: "los".
        numbered: what has a number that is no name by itself: "exit".
        verbs: how a word ends that is no name.
        whence: what stands before a place that they came from, or were going to.
        denied: what says that a place was not it.
        heard: what says that somebody else named it.
        near: what stands before a thing that the place is only near.
        is_road: do these words name a road? A place on one is known, whatever it is near.
        rings: roads of which a city has one or two, so that they are known with the city: "periférico".
    """

    words: Callable[[str], Sequence[str]] = field(repr=False)
    no_part: frozenset[str] = field(repr=False)
    no_city: frozenset[str] = field(repr=False)
    general: frozenset[str] = field(repr=False)
    small: frozenset[str] = field(repr=False)
    articles: frozenset[str]
    numbered: frozenset[str] = field(repr=False)
    verbs: re.Pattern[str] = field(repr=False)
    whence: re.Pattern[str] = field(repr=False)
    denied: re.Pattern[str] = field(repr=False)
    heard: re.Pattern[str] = field(repr=False)
    near: re.Pattern[str] = field(repr=False)
    is_road: Callable[[Sequence[str]], bool]
    rings: frozenset[str] = frozenset()

    def why(self, text: str, value: Mapping[str, str]) -> str:
        """Why this place is to be asked again, in a few words for an operator; empty when it is not."""
        street, city = self.words(value.get("street", "")), self.words(value.get("city", ""))
        plain = " ".join(self.words(text))
        reasons = (
            (any(self._is_no_name(word) for word in (*street, *city)), "words that are in no place"),
            (self._is_no_city(city), "words that are in no city"),
            (bool(street) and not city and self._is_general(street), "no certain place"),
            (self._is_only_near(street) and not (city and self.rings.intersection(street)), "only what it is near"),
            (_said_twice(street), "one place twice"),
            (self._speaks_of(self.denied, plain, {*street, *city}), "a place that it was not"),
            (self.heard.search(plain) is not None, "somebody else's word"),
            (self._speaks_of(self.whence, plain, {*street, *city}), "a place on the way"),
        )
        return next((reason for holds, reason in reasons if holds), "")

    def _is_no_name(self, word: str) -> bool:
        return word in self.no_part or self.verbs.fullmatch(word) is not None

    def _is_no_city(self, city: Sequence[str]) -> bool:
        if not city:
            return False
        return not self.no_city.isdisjoint(city) or city[0] in self.small - self.articles or city[-1] in self.small

    def _is_general(self, street: Sequence[str]) -> bool:
        """Has it no name? A number is one, but that of an exit."""
        return not any(
            word not in self.small and word not in self.general and not (word.isdecimal() and before in self.numbered)
            for before, word in zip(("", *street), street, strict=False)
        )

    def _is_only_near(self, street: Sequence[str]) -> bool:
        return self.near.search(" ".join(street)) is not None and not self.is_road(street)

    def _speaks_of(self, pattern: re.Pattern[str], plain: str, parts: set[str]) -> bool:
        """Does a name of the place stand right behind such words?"""
        return any(
            word in parts
            for found in pattern.finditer(plain)
            for word in plain[found.end() :].split()[:2]
            if word not in self.small and word not in self.general
        )


def _said_twice(street: Sequence[str]) -> bool:
    pairs = list(itertools.pairwise(street))
    return len(set(pairs)) < len(pairs)
