"""A road that has no name: "some gravel road", "a one way street". No name of a street stands behind an "a"."""

import re

from backend.language.en.roads import WAYS, is_road

__all__ = ["is_only_a_nameless_road"]

_LIKE = (
    r"(?:gravel|dirt|back|side|county|country|farm|ranch|logging|forest|mountain|rural|old|new|small|little|tiny|narrow"
    r"|long|busy|big|quiet|dark|wide|windy|winding|curvy|two|three|four|one|single|lane|way|main|city|public|private"
    r"|service|frontage|access|paved|unpaved|residential|neighborhood|random|cul-de|de|sac|muddy|icy|steep|bumpy)"
)
_ROADS = rf"(?:{'|'.join(sorted(WAYS - {'av', 'ave', 'dr', 'rd', 'st'}, key=len, reverse=True))})s?"
_NAMELESS = re.compile(
    rf"\b(?:an?|some|one of (?:the|those|these)|this|those|these) (?:{_LIKE} )*{_ROADS}\b"
    r"(?! (?:called|named|number|of|\d)\b)"
)


def is_only_a_nameless_road(said: str) -> bool:
    """Do these words, in small letters, speak of such a road and name no other?"""
    rest, found = _NAMELESS.subn(" ", said)
    return found > 0 and not is_road(rest.split()) and " and " not in rest
