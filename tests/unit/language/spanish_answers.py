"""A table of Spanish answers: the words, and what they come to."""

from datetime import datetime
from typing import Any

from backend.language.asked import Asked, Kind
from backend.language.es.spanish import SPANISH

ASK = "<ask>"
"""It is asked again, whatever the candidates are."""
SATURDAY = "2026-11-21T10:15"


def asks(*candidates: Any) -> tuple[Any, ...]:
    """It is asked again, and these may have been meant."""
    return (ASK, *candidates)


def none(kind: str) -> tuple[str, str]:
    """It is no answer, but a plea for time, a question, or the like."""
    return ("<none>", kind)


CARS = tuple(
    "carro coche auto camioneta moto modelo árbol choqué manejaba manejando llevaba parado estacionado parqueado "
    "vacío accidente".split()
)
"""What a store of cars says that answers are told with."""


def reads(kind: Kind, words: str, want: Any, *, now: str = SATURDAY, region: str = "MX", **more: Any) -> None:
    """Assert that an answer is read as it should be."""
    asked = Asked(kind, datetime.fromisoformat(now), region, **{"told_with": CARS, **more})
    reading = SPANISH.read(words, asked)
    if want == ASK:
        assert reading.outcome == "ask", (words, reading.value)
    elif isinstance(want, tuple) and want[0] == ASK:
        assert (ASK, *reading.candidates) == want, words
    elif isinstance(want, tuple):
        assert ("<none>", reading.nothing) == want, words
    else:
        assert (reading.outcome, reading.value) == ("value", want), (words, reading.why)
