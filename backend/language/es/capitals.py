"""Names of people as they are written: "María de la Luz Peña", "O'Brien", "McGregor", "Jean-Luc"."""

from collections.abc import Sequence

from backend.language.capitals import capitals_of
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
    return "-".join(capitals_of(one) for one in part.split("-") if one)
