"""Words that may stay: ordinary ones, those of the business, and the few that are never a name."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["PLAIN", "Vocabulary", "also_names", "words_in"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = ("'s", "’s", "s", "es", "ed", "d", "ing", "ly", "er")
_SHORTEST_STEM = 4
PLAIN = frozenset(
    # the words that hold a sentence together: no name is made of them, so they stay even where a name is expected
    "a about after all am an and are as at be been before but by can can't could did didn't do does don't for "
    "from get got had has have he her here his how i i'd i'll i'm i've if in is isn't it it's just like me my "
    "no not now of on or our out please she so sorry thank thanks that that's the their them then there they "
    "this to too uh um up us was we were what when where which who with would yes yeah you your name last "
    "first is spelled called mister speaking al con como de del donde el en es ese esa esta este está eso esto "
    "estoy gracias ha he hola la las le lo los me mi no nos para pero por que qué se señor señora si sí soy su "
    "sus también te tengo un una uno y ya yo nombre apellido "
    "llamo habla".split()
)
"""The tier below: what stays after "my name is"."""


@cache
def ordinary() -> frozenset[str]:
    """Ordinary words of the languages that there are lists of. Reads files when it is first asked."""
    return _read("words/en.txt") | _read("words/es.txt")


@cache
def also_names() -> frozenset[str]:
    """Those of them that are names of people, too. Reads a file when it is first asked."""
    return _read("also_names.txt")


def _read(name: str) -> frozenset[str]:
    lines = files("backend.disguise").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


class Vocabulary:
    """Words that may stay in a call.

    Args:
        store: texts of the agent store by lasting name. What it writes in small letters is business; what only ever
            has a capital may be somebody's name in an example, and is none.
        choices: what its forms offer to choose from: makes of cars, kinds of accounts.
        known: what the record knows this caller by. None of it may stay, whatever list it is in.
    """

    def __init__(self, store: Mapping[str, str], choices: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        texts = (text for name, text in store.items() if not name.startswith("rehearsals/"))
        business = {word for text in texts for word in WORD.findall(text) if word.islower()}
        offered = {word for choice in choices for word in words_in(choice)}
        self._may_stay = ordinary() | business | offered
        theirs = {word for value in known for word in words_in(value)}
        self._known, self._known_plain = theirs - PLAIN, theirs & PLAIN

    def knows(self, word: str, before: str, after: str, *, named: bool) -> bool:
        """Does the record know the caller by this word here?

        One that holds sentences together counts only where a name is expected, or beside another word of theirs.
        """
        if word in self._known or word.removesuffix("'s") in self._known:
            return True
        beside = {before, after, after.removesuffix("'s")}
        return word in self._known_plain and (named or bool(beside & self._known))

    def has(self, word: str) -> bool:
        """May this word stay?"""
        plain = word.casefold().replace("’", "'")
        if plain in self._known or plain.removesuffix("'s") in self._known:
            return False
        return plain in PLAIN or plain in self._may_stay or self._is_form_of_one(plain)

    def _is_form_of_one(self, word: str) -> bool:
        """Is it an ordinary word with an ending?"""
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return any(len(stem) >= _SHORTEST_STEM and stem in ordinary() for stem in stems)
