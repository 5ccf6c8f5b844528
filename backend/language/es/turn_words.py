"""Spanish words of turn-taking: what a sentence does not end with, and short whole answers."""

from backend.language.es.digits import one_by_one, runs_of_digits
from backend.language.es.words import said

__all__ = ["SHORT_ANSWERS", "TRAILING", "digits_said"]

TRAILING = frozenset(
    (
        "y e o u pero porque que el la los las un una unos unas mi mis su sus nuestro nuestra de del a al en "
        "con sin para "
        "por desde hasta entre sobre como cuando donde quien cual si es era fue son estaba iba muy más eh este "
        "pues número"
    ).split()
)
"""Words after which nobody stops who has finished."""
SHORT_ANSWERS = frozenset(
    "sí si no correcto claro exacto bueno gracias adiós dale ok okay perfecto nadie ninguno yo".split()
)
"""A whole answer by themselves."""


def digits_said(text: str) -> int:
    """How many digits were said: ``"ochenta doscientos"`` are five."""
    return sum(len(run.value) for run in runs_of_digits(one_by_one(said(text).plain)))
