"""Places as callers describe them: street, city, state, zip."""

import re
from dataclasses import dataclass

from backend.language.tokens import words

__all__ = ["Place", "ends_in_city_or_state", "may_be_a_city", "read_place", "street_in"]

_STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
    "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC",
    "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
    "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX",
    "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV",
    "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
_CITIES = {
    "chicago": "IL", "houston": "TX", "dallas": "TX", "austin": "TX", "san antonio": "TX", "seattle": "WA",
    "miami": "FL", "denver": "CO", "boston": "MA", "atlanta": "GA", "phoenix": "AZ", "philadelphia": "PA",
    "detroit": "MI", "san francisco": "CA", "los angeles": "CA", "san diego": "CA", "new york city": "NY",
    "new york": "NY", "portland": "OR", "las vegas": "NV", "orlando": "FL", "tampa": "FL", "minneapolis": "MN",
    "cleveland": "OH", "columbus": "OH", "nashville": "TN", "memphis": "TN", "baltimore": "MD", "charlotte": "NC",
    "pittsburgh": "PA", "cincinnati": "OH", "st louis": "MO", "saint louis": "MO", "kansas city": "MO",
    "sacramento": "CA", "oakland": "CA", "san jose": "CA", "brooklyn": "NY", "milwaukee": "WI", "tucson": "AZ",
}  # fmt: skip
_LAST = re.compile(rf"\b(?:{'|'.join(sorted({*_STATES, *_CITIES}, key=len, reverse=True))})\W*$", re.IGNORECASE)
_CODES = frozenset(_STATES.values())
_ZIP = re.compile(r"\b\d{5}\b")
_NO_NAMES = frozenset(
    "um uh er hm what sorry pardon hello yes no okay i it the a my you he she we they know sure that this".split()
)
_NO_CITY = frozenset(
    "the a my front it there here him her them us me this that these those our his their an one two and with".split()
)
_STREETISH = frozenset(
    "street avenue road boulevard drive lane highway corner freeway parkway interstate route exit".split()
)

_WAY = r"(?:street|avenue|road|boulevard|drive|lane|highway|freeway|parkway)"
_NAMED = r"(?:(?!(?:on|at|near|along|of|was|is) )[\w'-]+ )"
_STREET = re.compile(
    rf"(?:\b(?:on|at|near|along|of|(?:it|that|this|street|place|location) (?:was|is)) "
    rf"|^(?:(?:no|not|yes|yeah|sorry|well|rather) )*(?!(?:i|he|she|they|we|you|my|his|her|a|an)\b)"
    rf"(?={_NAMED}{{1,3}}?{_WAY}\b))"
    rf"(?!the {_WAY}\b)((?:the )?{_NAMED}{{1,5}}?{_WAY}(?: and {_NAMED}{{1,3}}{_WAY})?"
    rf"|(?:interstate|highway|route) [\w-]+)\b"
)
"""After a word of place; or with nothing before it, as somebody answers who is asked what to change."""


@dataclass(frozen=True, slots=True)
class Place:
    """What of a place was understood; empty where it was not said."""

    street: str = ""
    city: str = ""
    state: str = ""
    """Two-letter code."""
    zipcode: str = ""


def ends_in_city_or_state(text: str) -> bool:
    """Does it end where a spoken address ends?"""
    return _LAST.search(text) is not None


def street_in(text: str) -> str:
    """The street that is named in words which tell more than that; empty when none is."""
    found = _STREET.search(" ".join(words(text)))
    return found.group(1) if found else ""


def may_be_a_city(text: str) -> bool:
    """Could these words, alone, name a city that is not known here?"""
    said = words(text)
    return 1 <= len(said) <= 3 and not set(said) & (_STREETISH | _NO_NAMES) and not any(map(str.isdigit, said))


def read_place(text: str) -> Place:
    """Split a described place: ``"at the corner of main street and fifth avenue in chicago illinois"``."""
    said = " ".join(words(text))
    zipcode = match.group() if (match := _ZIP.search(said)) else ""
    said = _ZIP.sub("", said).strip()
    said, state = _state(said, text)
    said, city, state = _city(said, state, text)
    street = re.sub(r"^(?:it (?:was|happened)|i was|we were|that was)\b", "", said).strip()
    street = re.sub(r"^(?:at|on|in|near|by)\s+", "", street)
    street = re.sub(r"\b(?:in|at|on|and|of|near)$", "", street.strip()).strip()
    return Place(_title(street), _title(city), state, zipcode)


def _state(said: str, text: str) -> tuple[str, str]:
    for name in sorted(_STATES, key=len, reverse=True):
        if match := re.search(rf"\b{name}$|\b{name}\b(?! (?:street|avenue|road|drive))", said):
            if name in {"new york", "washington"} and said[: match.start()].rstrip().endswith(("in", "at", "on")):
                continue
            return (said[: match.start()] + said[match.end() :]).strip(), _STATES[name]
    code = re.search(r",\s*([A-Z]{2})\b", text)
    if code and code.group(1) in _CODES:
        return re.sub(rf"\b{code.group(1).lower()}\b", "", said).strip(), code.group(1)
    return said, ""


def _city(said: str, state: str, text: str) -> tuple[str, str, str]:
    for name in sorted(_CITIES, key=len, reverse=True):
        if match := re.search(rf"\b(?:in |at |near )?{name}\b", said):
            return (said[: match.start()] + said[match.end() :]).strip(), name, state or _CITIES[name]
    if state == "NY" and re.search(r"\bnew york\b", text.lower()) and not re.search(r"\bin (?:\w+ ?){1,2}$", said):
        return said, "new york", state  # the city, where no other is named
    match = re.search(r"\bin (?:the city of )?((?:\w+ ?){1,3})$", said)
    if match and not set(match.group(1).split()) & (_STREETISH | _NO_CITY):
        return said[: match.start()].strip(), match.group(1).strip(), state
    return said, "", state


def _title(text: str) -> str:
    small = {"of", "and", "the", "at", "in", "on", "near", "by"}
    parts = [part if index and part in small else part.capitalize() for index, part in enumerate(text.split())]
    return " ".join(parts)
