"""Whether words name a street of some town."""

import re

from stand_in.hearing.plain import plain

__all__ = ["names_a_place"]

_WAY = r"(?:street|avenue|road|boulevard|drive|lane|highway|freeway|parkway|interstate|calle|avenida)"
_STREET = re.compile(
    rf"\b(?!(?:the|a|my|this|that|our|same) {_WAY})[\w'-]+ {_WAY}\b|\b(?:highway|interstate|route) \d+"
)
_TOWN = re.compile(
    r"\bin (?!the\b|an?\b|my\b|front\b|it\b|there\b|our\b|this\b|that\b)[a-z]{3,}"
    rf"|{_WAY} (?:in )?[a-z]{{4,}}(?: [a-z]+)?$"
)


def names_a_place(text: str) -> bool:
    """A street with its name, and a town with it."""
    said = plain(text)
    return bool(_STREET.search(said) and _TOWN.search(said))
