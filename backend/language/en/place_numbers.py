"""Numbers in a place that was read: a house's, a highway's, an exit's; any other is one of something else.

"Three of us on elm street", "at 7, on elm street", "main street, nine thirty": no house has that number.
"""

import re
from collections.abc import Mapping, Sequence

from backend.language.en.figures import is_number
from backend.language.en.roads import WAYS, is_road

__all__ = ["has_another_number"]

_NAMED_BY_NUMBER = frozenset(
    "interstate highway route freeway exit mile marker road hwy rte junction us interchange turnpike ramp kilometer "
    "the number apartment apt unit suite gate terminal level building lot lane platform track county and".split()
)
"""Stand before a number of their own."""
_MEASURED = frozenset("miles mile blocks block feet foot yards yard meters metres kilometers kilometres and".split())
"""Stand behind one that tells how far it is."""
_BY_NUMBER_ALONE = frozenset("highway route rte hwy interstate".split())
_OF_A_COUNTY = frozenset("county state farm ranch township rural".split())
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_THE_NUMBER = re.compile(
    r"\bthe (?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b)", re.IGNORECASE
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_PIECES = re.compile(
    r"(, | (?:on|onto|at|near|off|by|past|between|before|after|behind|in|from|of|across|along|outside|over|under) )",
    re.IGNORECASE,
)


def has_another_number(words: str, value: Mapping[str, str]) -> bool:
    """Is a number in it that may be one of something else?"""
    city = value.get("city", "").lower()
    if any(is_number(word) or word[0].isdecimal() for word in city.split()):
        return True
    street = value.get("street", "").lower()
    if any(street.startswith(time[0].replace(":", "")) for time in _CLOCK.finditer(words)):
        return True
    pieces = [piece.split() for piece in _PIECES.split(street)[::2]]
    if pieces[0] and all(map(str.isdecimal, pieces[0])) and _THE_NUMBER.search(words):
        pieces = pieces[1:]  # "the 405"
    roads = [piece for piece in pieces if is_road(piece)]
    return any(_is_stray(piece, beside=any(road is not piece for road in roads)) for piece in pieces)


def _is_stray(piece: Sequence[str], *, beside: bool) -> bool:
    """Has this piece such a number, ``beside`` a road in another one?"""
    if beside and piece and all(word in _MONTHS or _ORDINAL.fullmatch(word) for word in piece):
        return True
    return any(word.isdecimal() and not _belongs(piece, at, beside=beside) for at, word in enumerate(piece))


def _belongs(piece: Sequence[str], at: int, *, beside: bool) -> bool:
    before = piece[at - 1] if at else ""
    behind = piece[at + 1] if at + 1 < len(piece) else ""
    if behind in _MEASURED:
        return True
    if before in WAYS and piece[0].isdecimal() and before not in _BY_NUMBER_ALONE:
        return at > 1 and piece[at - 2] in _OF_A_COUNTY  # "12 county road 16", and not "14 oak road 16"
    if before:
        return before in _NAMED_BY_NUMBER or not beside
    return not beside or (bool(behind) and is_road(piece))
