"""Which of a few offered things is meant: "the civic", "the first one", "yes" where there is only one."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from backend.language.asked import Asked
from backend.language.en.consent import read_consent
from backend.language.en.figures import is_number, years_in
from backend.language.en.number_words import DIGITS, TEENS, TENS
from backend.language.en.yes_no import read_yes_no
from backend.language.tokens import words

__all__ = ["owned", "which"]

_ORDINALS: Mapping[str, int] = {"first": 0, "second": 1, "third": 2, "last": -1}
_HARMLESS = frozenset(
    "a an the my our own that that's this it's it is was one ones yes yeah yep yup correct right exactly of course um "
    "uh er well oh only on with you have same indeed so i said told and by way which mentioned have i've got thank "
    "thanks please you again like as sure there number".split()
)
"""What people say around the name of a thing that is known: nothing that speaks of another one."""
_THE_ONE = frozenset({"that's the one", "that is the one", "it's the one", "that one", "that's it", "the one you said"})
_AGREES = frozenset({"yes", "yeah", "yep", "yup", "right", "correct", "exactly"})
_NEWER, _OLDER = frozenset("new newer newest".split()), frozenset("older oldest old".split())
_YEAR_WORDS = frozenset({*DIGITS, *TEENS, *TENS, "oh", "and", "hundred", "thousand"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 12
_ANY = Asked("yes_no", datetime(2000, 1, 1))
"""A plain question: whatever it was, "it is" agrees."""


def which(text: str, offered: Sequence[tuple[str, ...]], beside: Collection[str]) -> int | None:
    """The place of the one that is meant where nothing else is said; ``None`` where that is not certain."""
    harmless = _HARMLESS | set(beside)
    tokens = words(text)
    if not tokens or len(tokens) > _LONGEST:
        return None
    if len(offered) == 1 and _agrees(text, tokens, harmless):
        return 0
    fitting = [place for place, parts in enumerate(offered) if _names_only(tokens, parts, harmless)]
    if not fitting and len(offered) > 1:
        fitting = _counted(tokens, offered, harmless)
    return fitting[0] if len(fitting) == 1 else None


def owned(text: str, offered: Sequence[tuple[str, ...]]) -> int | None:
    """The place of the one that a story calls the teller's own: "with my escape", "in our old honda"."""
    said = " ".join(words(text))
    found = [place for place, parts in enumerate(offered) if _is_mine(said, parts)]
    return found[0] if len(found) == 1 else None


def _is_mine(said: str, parts: Sequence[str]) -> bool:
    own = {word for part in parts if not _YEAR.fullmatch(part) for word in words(part)} - _YEAR_WORDS
    names = "|".join(map(re.escape, sorted(own)))
    return bool(names) and re.search(rf"\b(?:my|our) (?:[\w'-]+ ){{0,3}}?(?:{names})\b", said) is not None


def _agrees(text: str, tokens: Sequence[str], harmless: Collection[str]) -> bool:
    """ "Yes that's my only one": a yes, or that it was the one, and nothing that speaks against it."""
    if read_consent(text) == "yes":
        return True
    if not set(tokens) <= set(harmless):
        return False
    agreed = not _AGREES.isdisjoint(tokens) or " ".join(tokens) in _THE_ONE
    return agreed or read_yes_no(text, _ANY).value is True


def _year_of(parts: Sequence[str]) -> int | None:
    return next((int(part) for part in parts if _YEAR.fullmatch(part)), None)


def _years(tokens: Sequence[str]) -> list[int]:
    """The years that are said; "two thousand nineteen hundred" is 2019, too."""
    return [one.year for one in years_in([token for token in tokens if token != "hundred"])]


def _names_only(tokens: Sequence[str], parts: Sequence[str], harmless: Collection[str]) -> bool:
    """Is a part of this one said, and beside it nothing of any other?"""
    own = {word for part in parts if not _YEAR.fullmatch(part) for word in words(part)}
    rest = [token for token in tokens if token not in own]
    named = bool(len(rest) < len(tokens) and (set(tokens) & own) - set(harmless))
    if (year := _year_of(parts)) is not None and _years(rest) == [year]:
        named, rest = True, [token for token in rest if not (is_number(token) or token in _YEAR_WORDS)]
    return named and set(rest) <= set(harmless)


def _counted(tokens: Sequence[str], offered: Sequence[tuple[str, ...]], harmless: Collection[str]) -> list[int]:
    """ "The first one", "the newer one": by the order in which they were offered, or by year."""
    ages = set(tokens) & (_NEWER | _OLDER)
    if not set(tokens) - set(_ORDINALS) - ages <= set(harmless):
        return []
    places = {place for token in tokens if (place := _ORDINALS.get(token)) is not None}
    if len(places) == 1 and not ages:
        place = places.pop()
        return [place % len(offered)] if place < len(offered) else []
    years = [year for parts in offered if (year := _year_of(parts)) is not None]
    if places or len(ages) != 1 or len(set(years)) < len(offered):
        return []
    return [years.index(max(years) if ages & _NEWER else min(years))]
