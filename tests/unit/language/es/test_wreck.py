"""Somebody in a wreck who cannot help themselves, in Spanish, and what is a plain report or over."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "el carro está de cabeza y no puedo abrir la puerta", "hay alguien debajo del carro",
    "mi hijo está debajo del camión", "tengo la pierna prensada", "traigo el pie atorado",
    "el volante me está aplastando", "no tiene pulso", "no sé si está respirando", "no sé si está vivo",
    "estoy colgada del cinturón de cabeza", "el carro va a explotar", "están gritando adentro",
    "el carro está de lado y mi mamá sigue adentro", "el señor del otro carro no responde",
    "está botando mucha sangre", "el fuego se está extendiendo", "las llamas están creciendo",
    "se volcó el camión y el chofer está adentro todavía", "mi esposa sigue adentro y se está quemando",
    "la camioneta está de lado y no podemos abrir las puertas", "la señora del otro carro ya no responde",
]  # fmt: skip
NONE = [
    "el carro se volcó pero todos salimos", "se me volcó el carro la semana pasada", "no hay nadie adentro",
    "el carro está volcado en la zanja pero ya estoy afuera", "nadie está atrapado", "mi gato está debajo del carro",
    "el niño estaba debajo de la mesa", "el cofre está aplastado", "la puerta no abre desde el choque",
    "mi cartera sigue adentro", "qué pasa si el carro va a explotar", "hay un señor adentro de la tienda",
    "estuvo colgando del cinturón hasta que llegaron los bomberos", "mi esposo está trabajando debajo del carro",
    "estoy adentro de la casa y el carro está volcado afuera", "se volcó anoche y no abre la puerta",
    "el señor del otro carro no responde mis llamadas",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_cannot_get_out_of_it_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_a_plain_report_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
