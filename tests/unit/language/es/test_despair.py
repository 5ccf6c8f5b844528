"""Who speaks of ending or harming their own life, in Spanish, and what only sounds like it."""

import pytest

from backend.language.es.despair import despairs
from backend.language.es.safety import read_safety

WISHES = [
    "me pegó un camión y ojalá me hubiera matado",
    "ojalá no hubiera despertado",
    "nadie me va a extrañar",
    "choqué y ya no quiero vivir",
    "me quiero matar",
    "quiero morirme",
    "me voy a matar",
    "estoy pensando en suicidarme",
    "mi hijo se quiere matar",
    "ya no quiero seguir viviendo",
    "ojalá me hubiera muerto en el choque",
    "no tengo nada por que vivir",
    "voy a quitarme la vida",
    "quiero hacerme daño",
    "todos estarían mejor sin mí",
    "siento que me quiero morir",
    "creo que me voy a matar",
    "No. Me quiero matar",
    "Nadie, me quiero morir",
    "no, pero me quiero matar",
    "no tengo seguro y quiero morirme",
    "me quiero morir de una vez",
]
NONE = [
    "ojalá me hubieran ayudado",
    "ojalá no hubiera pasado",
    "mi esposa me va a matar",
    "casi me mato",
    "mi marido va a matarme cuando vea el carro",
    "no me quiero morir",
    "el perro se murió",
    "casi me muero del susto",
    "no quiero vivir aquí cerca del accidente otra vez",
    "por poco me mato",
    "por poco y me mato en el choque",
    "Por poco, me mato",
    "Casi, me mato",
    "me maté trabajando",
    "el otro conductor casi nos mata",
    "No, no me quiero matar",
    "me quiero morir de la vergüenza",
    "me voy a morir de frío",
    "quiero morirme de la pena",
]


@pytest.mark.parametrize("text", WISHES)
def test_who_wants_to_die_or_to_harm_themselves_is_heard_and_needs_help_now(text: str) -> None:
    assert despairs(text)
    assert read_safety(text, asked=True).urgent
    assert read_safety(text, asked=False).urgent


@pytest.mark.parametrize("text", NONE)
def test_a_near_miss_a_denial_or_a_turn_of_speech_is_no_such_wish(text: str) -> None:
    assert not despairs(text)
