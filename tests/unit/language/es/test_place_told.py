"""Places in Spanish with what is told around them: times, days, homes, corrections."""

from typing import Any

import pytest
from spanish_answers import ASK, asks, reads

TOLD = [
    ("nueve y media en la avenida juárez", {"street": "Avenida Juárez"}),
    ("al cuarto para las nueve en la avenida juárez", {"street": "Avenida Juárez"}),
    ("eran las seis y cuarto en la calle olmo", {"street": "Calle Olmo"}),
    ("el tres de julio en la calle olmo", {"street": "Calle Olmo"}),
    ("el lunes tres en la calle olmo", {"street": "Calle Olmo"}),
    ("en la calle tres de julio", {"street": "Calle Tres de Julio"}),
    ("en la 16 de septiembre en guadalajara", {"street": "16 de Septiembre", "city": "Guadalajara"}),
    ("vivo en la calle olmo 12 y fue en la calle roble", asks({"street": "Calle Roble"})),
    ("mi casa está en la calle olmo pero el choque fue en la calle roble", asks({"street": "Calle Roble"})),
    ("mi dirección es calle olmo 12, pasó en avenida juárez", {"street": "Avenida Juárez"}),
]
CORRECTED = [
    ("en la calle olmo 14, perdón, 41", asks({"street": "Calle Olmo 41"})),
    ("en la calle olmo 14, 41 digo", asks({"street": "Calle Olmo 41"})),
    ("avenida juárez número cien, digo, ciento diez", asks({"street": "Avenida Juárez Número 110"})),
    ("en la calle olmo, calle roble quise decir", {"street": "Calle Roble"}),
    ("en puebla, toluca digo", asks({"city": "Toluca"})),
    ("en la calle olmo digo sevilla", ASK),
]
CITIES = [
    ("en la gran vía de madrid", {"street": "Gran Vía", "city": "Madrid"}),
    ("en la plaza mayor de salamanca", {"street": "Plaza Mayor", "city": "Salamanca"}),
    ("en la calle de granada", {"street": "Calle de Granada"}),
    ("olmo 12 esquina con hidalgo", {"street": "Olmo 12 esquina con Hidalgo"}),
    ("esquina de olmo y puebla", {"street": "Esquina de Olmo y Puebla"}),
]


@pytest.mark.parametrize(("words", "want"), [*TOLD, *CORRECTED, *CITIES])
def test_a_place_is_read_without_what_is_told_around_it(words: str, want: Any) -> None:
    reads("address", words, want, question="¿Dónde pasó?")
