"""Spanish words of a question that is said again before its answer."""

from backend.language.echo import Echo

__all__ = ["ECHO"]

ECHO = Echo(
    yes=frozenset("si sí simon claro".split()),
    no=frozenset("no nel nope".split()),
    denials=frozenset("nadie ninguno ninguna nada nunca ni sin tampoco".split()),
    joints=frozenset("y pero pues bueno eh este".split()),
    small=frozenset(
        "es esta fue hubo hay se puede alguien algun alguna la el lo los las un una que todavia de"
        " salio quedo ahi".split()
    ),
)
"""The rule for Spanish."""
