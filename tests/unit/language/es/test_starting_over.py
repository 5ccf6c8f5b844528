"""Who would like to begin anew in Spanish, and who only speaks of beginning."""

import pytest

from backend.language.es.starting_over import starts_over


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("¿podemos empezar de nuevo? me equivoqué", True), ("quiero empezar desde el principio", True),
        ("perdón, volvamos a empezar por favor", True), ("mejor empecemos otra vez", True),
        ("empezó a llover otra vez", False), ("al principio de la calle", False), ("el carro no arranca", False),
    ],
)  # fmt: skip
def test_who_wants_to_begin_anew(text: str, anew: bool) -> None:
    assert starts_over(text) is anew
