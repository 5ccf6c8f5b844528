"""Names of people as they are written: O'Brien, McGregor, van Dyke, D'Angelo, Jean-Luc."""

import re
from collections.abc import Sequence

from backend.language.capitals import capitals_of

__all__ = ["PARTICLES", "written"]

PARTICLES = frozenset("de la las los del della da das dos du di van von der den ter y bin ibn al le".split())
"""Small in the middle of a name."""
_ALSO_FIRST_NAMES = frozenset({"al", "le", "y"})
_MAC = re.compile(r"^mac(?=(?:donald|gregor|leod|arthur|pherson|millan|intyre|dougall|farlane|naughton|namara)$)")
_ROMAN = frozenset("ii iii iv".split())
_SUFFIXES = {"jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr."}


def written(parts: Sequence[str]) -> str:
    """The parts of a name with their capitals. A part that has some already keeps them."""
    joined = _apostrophes(parts)
    return " ".join(_part(part, first=not place, last=place == len(joined) - 1) for place, part in enumerate(joined))


def _apostrophes(parts: Sequence[str]) -> list[str]:
    """ "O brien" and "mc gregor" as one word each."""
    joined: list[str] = []
    for place, part in enumerate(parts):
        if joined and place > 0 and joined[-1].lower() in {"o", "o'"} and len(part) > 2:
            joined[-1] = "O'" + part
        elif joined and joined[-1].lower() in {"mc", "mac"} and len(part) > 2:
            joined[-1] = joined[-1].lower() + part
        else:
            joined.append(part)
    return joined


def _part(part: str, *, first: bool, last: bool) -> str:
    plain = part.lower()
    if last and not first and plain in _SUFFIXES:
        return _SUFFIXES[plain]
    if last and not first and plain in _ROMAN:
        return plain.upper()
    if plain in PARTICLES and not first and not last:
        return plain
    if plain in PARTICLES - _ALSO_FIRST_NAMES and first and not last:
        return plain.capitalize()
    return "-".join(_word(one) for one in part.split("-") if one)


def _word(word: str) -> str:
    plain = word.lower()
    return "Mac" + plain[3:].capitalize() if _MAC.match(plain) else capitals_of(word)
