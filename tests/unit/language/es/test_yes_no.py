"""Yes, no, and facts that are told in other words, in Spanish."""

from typing import Any

import pytest
from spanish_answers import ASK, asks, none, reads

from backend.language.asked import Choice

HURT = (
    Choice(
        True,
        (
            "herido", "herida", "heridos", "heridas", "lastim*", "duele", "dolor*", "sangr*", "ambulancia", "hospital",
            "golpe*", "fractur*", "lesion*", "maread*", "inconsciente", "quebr*", "rompi*",
        ),
    ),
    Choice(
        False,
        ("bien?", "ileso", "ilesa", "ilesos", "ilesas", "nadie", "ninguno", "todos bien", "estamos bien", "estoy bien"),
    ),
)  # fmt: skip
RUNS = (
    Choice(True, ("camina", "anda", "funciona", "circula", "se puede manejar", "arranca", "prende")),
    Choice(False, ("grúa", "pérdida total", "deshecho", "inservible", "descompuesto", "destrozado")),
)


YES_NO = [
    ("sí señor", True),
    ("fíjese que no", False),
    ("está bien", True),
    ("no pasa nada dele", True),
    ("nunca dije eso", False),
    ("desde luego que no", False),
    ("sí pero cambie la dirección", False),
    ("supongo que sí", asks(True)),
    ("un momento por favor", none("wait")),
    ("sí", True),
    ("no", False),
    ("claro que sí", True),
    ("sí correcto", True),
    ("sí todo está bien", True),
    ("no gracias", False),
    ("correcto", True),
    ("así es", True),
    ("exacto", True),
    ("no es correcto", False),
    ("no está bien", False),
    ("está mal la calle", False),
    ("todo bien menos la calle", False),
    ("sí pero fue el miércoles", False),
    ("de ninguna manera", False),
    ("para nada", False),
    ("creo que sí", ASK),
    ("puede ser", ASK),
    ("más o menos", ASK),
    ("sí no digo no no sé", ASK),
    ("me lo puede repetir", none("question")),
    ("páseme con un agente por favor", none("person")),
    ("sí y hágalo rápido por favor", True),
    ("cómo no", True),
    ("adelante", True),
    ("ándele pues", True),
    ("por supuesto", True),
    ("claro que no", False),
    ("no hay problema adelante", True),
    ("sí espere el modelo está mal", ASK),
    ("no perdón sí está bien", ASK),
    ("sí el martes", asks(True)),
    ("va", True),
    ("sale", True),
    ("dale", True),
    ("todavía no", False),
    ("mejor no", False),
    ("sí mándemelo", True),
    ("no me lo mande", False),
    ("ok", True),
    ("perfecto", True),
    ("si cambia el día primero sí", False),
    ("no quiero", False),
    ("Sí, está correcto.", True),
    ("no sé", none("unknown")),
    ("qué dijo", none("question")),
    ("sí sin el segundo apellido", False),
]


@pytest.mark.parametrize(("words", "want"), YES_NO)
def test_yes_no(words: str, want: Any) -> None:
    reads("yes_no", words, want, confirms=True, question="¿Es correcto?")


YES_NO_2 = [
    ("sí el martes diecisiete de noviembre", True),
]


@pytest.mark.parametrize(("words", "want"), YES_NO_2)
def test_yes_no_2(words: str, want: Any) -> None:
    reads("yes_no", words, want, confirms=True, question="Entonces, ¿fue el martes 17 de noviembre?")


YES_NO_3 = [
    ("no nadie salió lastimado", False),
    ("todos salimos ilesos", False),
    ("sí me lastimé la rodilla", True),
    ("a mí no me pasó nada pero a mi esposo le duele el pecho", True),
    ("nadie menos el ciclista", True),
    ("espere un momento", none("wait")),
    ("no gracias a dios nadie", False),
    ("nadie salió lastimado", False),
    ("no", False),
    ("sí", True),
    ("no me duele nada", False),
    ("no todos estamos bien", ASK),
    ("todos estamos bien", False),
    ("creo que no", asks(False)),
    ("no sé", none("unknown")),
    ("me duele el cuello", True),
    ("se llevaron al otro señor en ambulancia", True),
    ("nadie excepto mi hija que se golpeó", True),
    ("estoy bien pero mi esposa está sangrando", True),
    ("no que yo sepa", ASK),
    ("no hay heridos", False),
    ("no hubo lesionados", False),
    ("ninguno", False),
    ("mi hijo se quebró el brazo", True),
    ("a mí no pero a mi hija sí", True),
    ("todos bien menos mi mamá", True),
    ("no, a nadie le pasó nada", False),
    ("sí mi esposa", True),
    ("mi esposa sí", True),
    ("pues fíjese que mi esposa sí", True),
    ("no tengo nada dolor", False),
    ("no siento dolor ninguno", False),
    ("no me pasó nada mi hijo se quebró el brazo", True),
    ("gracias a dios no", False),
    ("no para nada", False),
    ("quién", none("question")),
]


@pytest.mark.parametrize(("words", "want"), YES_NO_3)
def test_yes_no_3(words: str, want: Any) -> None:
    reads("yes_no", words, want, choices=HURT, prevails=True, question="¿Alguien salió lastimado?")


YES_NO_4 = [
    ("sí todos bien", False),
    ("no mi esposa está herida", True),
    ("sí", False),
    ("sí gracias a dios", False),
    ("mi esposa sí", none("other")),
]


@pytest.mark.parametrize(("words", "want"), YES_NO_4)
def test_yes_no_4(words: str, want: Any) -> None:
    reads("yes_no", words, want, choices=HURT, prevails=True, question="¿Están todos bien?")


YES_NO_5 = [
    ("no se lo llevó la grúa", False),
    ("no ya no camina", False),
    ("sí todavía camina", True),
    ("sí", True),
    ("no", False),
    ("sí se puede manejar", True),
    ("no, se lo llevaron en grúa", False),
    ("no arranca", False),
    ("camina pero hace mucho ruido", ASK),
    ("creo que sí", ASK),
    ("no hay daño camina bien", True),
    ("no sí camina", True),
    ("no hubo grúa", ASK),
    ("no sé", none("unknown")),
    ("déjeme ver", none("wait")),
    ("está destrozado", False),
    ("ojalá", ASK),
    ("sí pero se lo llevó la grúa", ASK),
    ("fue pérdida total", False),
    ("funciona bien", True),
    ("ya no funciona", False),
    ("sí nomás fue la defensa", True),
]


@pytest.mark.parametrize(("words", "want"), YES_NO_5)
def test_yes_no_5(words: str, want: Any) -> None:
    reads("yes_no", words, want, choices=RUNS, question="¿Todavía se puede manejar el carro?")
