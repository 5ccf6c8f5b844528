"""The street and the town that words name."""

import re

from stand_in.hearing.plain import plain

__all__ = ["names_a_place", "read_place"]

_WAY = r"(?:street|avenue|road|boulevard|drive|lane|highway|freeway|parkway|interstate|calle|avenida)"
_STREET = re.compile(
    rf"\b(?!(?:the|a|my|this|that|our|same) {_WAY})[\w'-]+ {_WAY}\b|\b(?:highway|interstate|route) \d+"
)
_TOWN = re.compile(
    r"\bin (?!the\b|an?\b|my\b|front\b|it\b|there\b|our\b|this\b|that\b)[a-z]{3,}"
    rf"|{_WAY} (?:in )?[a-z]{{4,}}(?: [a-z]+)?$"
)
_STATE = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois"
    "|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri"
    "|montana|nebraska|nevada|ohio|oklahoma|oregon|pennsylvania|tennessee|texas|utah|vermont|virginia|washington"
    "|wisconsin|wyoming"
)
_PLACE = re.compile(
    rf"(?:(?:it was|it happened|that was|i was|at|on|in) )*(?P<street>(?:[\w'-]+ ){{1,3}}{_WAY})(?: in)? "
    r"(?P<city>(?!the\b|my\b|and\b|near\b|at\b|by\b)[a-z]{4,}(?: (?!and\b)[a-z]{4,})??)"
    rf"(?: (?P<state>{_STATE}))?"
)


def names_a_place(text: str) -> bool:
    """A street with its name, and a town with it."""
    said = plain(text)
    return bool(_STREET.search(said) and _TOWN.search(said))


def read_place(text: str) -> dict[str, str] | None:
    """Street and town, where the words are these and little else: "on wacker drive in chicago"."""
    found = _PLACE.fullmatch(plain(text))
    if found is None:
        return None
    city, state = found["city"], found["state"]
    return {"street": found["street"].title(), "city": city.title()} | ({"state": state.title()} if state else {})
