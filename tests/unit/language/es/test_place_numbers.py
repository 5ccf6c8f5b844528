"""Numbers beside a Spanish place."""

from typing import Any

import pytest
from spanish_answers import ASK, reads

ROWS = [
    ("íbamos cuatro en la calle olmo", ASK),
    ("dos carros en la avenida juárez", ASK),
    ("avenida juárez 14, bueno 41", ASK),
    ("carretera 57 kilómetro 12", {"street": "Carretera 57 Kilómetro 12"}),
    ("calle 57 con 60 en mérida", {"street": "Calle 57 con 60", "city": "Mérida"}),
    ("boulevard olmo 12 interior 3", {"street": "Boulevard Olmo 12 Interior 3"}),
    ("avenida 16 de septiembre 20", {"street": "Avenida 16 de Septiembre 20"}),
    ("350 Park Avenue", {"street": "350 Park Avenue"}),
]


@pytest.mark.parametrize(("words", "want"), ROWS)
def test_only_the_numbers_of_a_place_stand_in_it(words: str, want: Any) -> None:
    reads("address", words, want, question="¿Dónde pasó?")
