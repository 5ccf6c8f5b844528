"""Names of people as they are written: "María de la Luz Peña", "O'Brien", "McGregor", "Jean-Luc"."""

import re
from collections.abc import Sequence

from backend.language.es.not_names import PARTICLES
from backend.language.es.words import folded

__all__ = ["written"]

_CAPITAL = frozenset({"san", "santa"})


def written(parts: Sequence[str]) -> str:
    """The parts of a name with their capitals; a particle between two of them stays small."""
    last = len(parts) - 1
    return " ".join(
        part.lower() if 0 < place < last and folded(part) in PARTICLES - _CAPITAL else _part(part)
        for place, part in enumerate(parts)
    )


def _part(part: str) -> str:
    return "-".join(_word(one) for one in part.split("-") if one)


def _word(word: str) -> str:
    if re.search(r"[^\W\d_].*[A-ZÀ-Þ]", word) and not word.isupper():  # as somebody wrote it: "DeShawn"
        return word
    plain = word.lower()
    if found := re.match(r"^([od])'(.{2,})$", plain):
        return f"{found[1].upper()}'{_word(found[2])}"
    if plain.startswith("mc") and len(plain) > len("mcx"):
        return "Mc" + plain[2:].capitalize()
    return plain[:1].upper() + plain[1:]
