"""Lo que pasó, lo de siempre, lo temido o visto, y lo que sigue."""

import pytest

from backend.language.es.bygone import is_bygone


@pytest.mark.parametrize(
    "said",
    [
        "se quemo el mes pasado", "pense que olia a gas", "me tome mis pastillas como siempre",
        "vi en las noticias un choque con fuego", "casi me da un infarto",
        "a mi papa le dio un infarto hace 2 anos", "me cubre si hay fuego",
    ],
)  # fmt: skip
def test_lo_que_ya_no_es_se_conoce(said: str) -> None:
    assert is_bygone(said)


@pytest.mark.parametrize(
    "said",
    [
        "se esta quemando", "sigue atrapado desde ayer", "me tome todas las pastillas anoche",
        "pense que dormia esta morado", "se tomo las pastillas antes de que yo llegara", "se las tomo de una vez",
        "tomo cloro con la comida", "no respira desde ayer", "casi no puede respirar",
    ],
)  # fmt: skip
def test_lo_que_sigue_se_queda(said: str) -> None:
    assert not is_bygone(said)
