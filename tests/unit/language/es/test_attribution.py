"""Spanish days, times, sums and numbers that are told of something else are asked."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Kind
from backend.language.named import language_named

NOW = datetime(2026, 9, 16, 12, 30)
QUESTIONS: dict[Kind, str] = {
    "date": "¿Cuándo ocurrió?",
    "time": "¿Como a qué hora fue?",
    "money": "¿De cuánto es el daño, más o menos?",
    "postal_code": "¿Cuál es su código postal?",
}


@pytest.mark.parametrize(
    ("kind", "words", "outcome"),
    [
        ("date", "la cita en el taller es el viernes", "ask"),
        ("date", "me llegó la carta el lunes", "ask"),
        ("date", "el accidente fue el viernes", "value"),
        ("date", "no fue el jueves fue el miércoles", "value"),
        ("time", "la grúa llegó a las nueve de la noche", "ask"),
        ("time", "tengo que colgar a las cinco de la tarde", "ask"),
        ("time", "serían las seis y cuarto de la tarde", "value"),
        ("money", "pagué ochenta mil por el carro", "ask"),
        ("money", "mi renta es de dos mil", "ask"),
        ("money", "el daño es de dos mil", "value"),
        ("postal_code", "mi casa es doce trescientos", "ask"),
        ("postal_code", "el código es cero seis siete cero cero", "value"),
    ],
)
def test_whose_it_is_decides(kind: Kind, words: str, outcome: str) -> None:
    asked = Asked(kind, NOW, region="MX", question=QUESTIONS[kind], past=kind == "date")
    assert language_named("es-MX").read(words, asked).outcome == outcome
