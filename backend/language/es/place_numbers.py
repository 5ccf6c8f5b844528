"""Numbers in a Spanish place that was read: a house's, a highway's, a kilometer; any other is one of something else."""

import re

from backend.language.es.calendar import MONTHS
from backend.language.es.words import folded

__all__ = ["has_another_number"]

_NAMED_BY_NUMBER = frozenset(
    "numero num km kilometro salida interior int departamento depto edificio local piso manzana lote bloque y e con "
    "entre esquina carretera autopista ruta calle avenida interestatal highway exit a eje".split()
)
"""Stand before a number of their own."""
_ELSEWHERE_BEHIND = re.compile(
    r"^\d+(?: [a-z]+)? (?:en|por|sobre) (?:(?:la|el) )?(?:calle|avenida|carretera|autopista)\b"
)
""" "Tres en la calle morelos": people, or cars."""


def has_another_number(street: str) -> bool:
    """Is a number in it that may be one of something else: "avenida juárez 14 bueno 41"?"""
    words = folded(street).split()
    numbers = [
        at for at, word in enumerate(words) if word.isdecimal() and not MONTHS.keys() & set(words[at + 2 : at + 3])
    ]
    if _ELSEWHERE_BEHIND.match(" ".join(words)):
        return True
    return any(words[at - 1] not in _NAMED_BY_NUMBER for at in numbers[1:])
