"""A street and a city in words that tell a story, or put a place right: where it is named, the address is read."""

import re
from datetime import datetime

from backend.language.asked import Asked
from backend.language.en.address import read_address
from backend.language.en.city import ends_in_place
from backend.language.en.roads import WAYS, is_road
from backend.language.words import words_of

__all__ = ["place_in"]

_WAY = r"(?:street|avenue|road|boulevard|drive|lane|highway|freeway|parkway)"
_NAMED = r"(?:(?!(?:on|at|near|along|of|was|is|uh|um|er) )[\w'-]+ )"
_STREET = re.compile(
    rf"(?:\b(?:on|at|near|along|of|(?:it|that|this|street|place|location) (?:was|is)) (?:(?:uh|um|er|a) )*"
    rf"|^(?:(?:no|not|yes|yeah|sorry|well|rather),? )*(?!(?:i|he|she|they|we|you|my|his|her|a|an)\b)"
    rf"(?={_NAMED}{{1,3}}?{_WAY}\b))"
    rf"(?!the {_WAY}\b)(?:the )?(?={_NAMED}{{1,5}}?{_WAY}\b|(?:interstate|highway|route) [\w-]+)",
    re.IGNORECASE,
)
"""After a word of place; or with nothing before it, as somebody answers who is asked what to change."""
_THE_CITY = re.compile(r",? (?:and )?the city (?:is|was|should be) ", re.IGNORECASE)
_AND = re.compile(rf" and (?!{_NAMED}{{1,3}}?{_WAY}\b).*$", re.IGNORECASE)
"""What is told behind a street: "delancey street and scraped my door"."""
_CITY_BEFORE = re.compile(r"\bin ((?:[\w'-]+ ){0,3}[\w'-]+),?$", re.IGNORECASE)
_WORD = re.compile(r"[\w'-]+")
_NOW = Asked("address", datetime(2000, 1, 1))
"""No reading of a place depends on the day."""


def place_in(text: str) -> dict[str, str]:
    """Street, city, state and zip code, only the parts said; no city without a street."""
    said = _THE_CITY.sub(" in ", " ".join(text.split()))
    found = _STREET.search(said)
    if found is None:
        return {}
    begin = found.start() if found.group().lower().startswith("not ") else found.end()
    place = _read(_AND.sub("", _up_to_the_city(said[begin:])))
    if not is_road(words_of(place.get("street", ""))):
        return {}
    before = _CITY_BEFORE.search(said[: found.start()].rstrip())
    if before is not None and "city" not in place and ends_in_place(before[1]):
        place |= _read(before.group())
    return place


def _read(words: str) -> dict[str, str]:
    reading = read_address(words, _NOW)
    return dict(reading.value or next(iter(reading.candidates), None) or {})


def _up_to_the_city(words: str) -> str:
    """A road, to the city and state behind it where they are known; else to the first pause."""
    end = 0
    for word in _WORD.finditer(words):
        here = words[: word.end()]
        after = _WORD.match(words, word.end() + 1)
        goes_on = after is not None and after[0].lower() in WAYS
        if ends_in_place(here) and is_road(words_of(here)) and not goes_on:
            end = word.end()
        elif end:
            break
    return words[:end] if end else re.split(r"[,.;] ?(?=\D|$)", words)[0]
