"""Words of peril that are asked about, and the same words where nobody can be in danger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.es.peril import needs_help_now
from backend.language.es.possible_peril import may_need_help

ASKED = [
    "estoy embarazada y chocamos", "mi abuela es diabética y está temblando", "tengo un vidrio clavado en la pierna",
    "se nos cayo una torre de luz encima", "el agua ya llega al tablero", "mi abuela se quedo toda aguada",
    "tiene los labios morados", "hay un cable tirado encima del carro", "sale un poco de humo del motor",
    "un hombre me viene siguiendo", "mi hijo se trago algo", "estamos en el rio", "mi esposa tiene contracciones",
    "ayuda por favor", "manden una ambulancia", "esta muy palido", "me aprieta el pecho", "traigo sangre en la cara",
]  # fmt: skip
NEVER = [
    "me chocaron por atras y nadie salio herido", "el humo de las bolsas de aire", "estoy atorado en el trafico",
    "la bomba de agua", "ayudeme a hacer un reporte", "iba por debajo del puente", "bateria muerta",
    "paso en la gasolinera", "pegue contra un hidrante", "vivo en la calle rio grande", "todos estamos bien",
    "ayer hubo un incendio", "el carro que venia siguiendo me pego", "tengo seguro contra incendio", "cubre el agua",
    "un carro color morado", "no siento que sea mi culpa",
    "quiero agregar a mi esposa embarazada", "se rompió el vidrio",
    "me robaron las llantas",
]  # fmt: skip
WELL = ["nadie salió herido", "nadie está lastimado", "todos estamos bien"]


@pytest.mark.parametrize("said", ASKED)
def test_who_may_be_in_danger_is_asked_or_surely_is(said: str) -> None:
    assert may_need_help(said) or needs_help_now(said)


@pytest.mark.parametrize("said", NEVER)
def test_nobody_is_asked_who_only_names_such_a_thing(said: str) -> None:
    assert not may_need_help(said)


@given(st.sampled_from(ASKED), st.sampled_from(WELL), st.booleans())
def test_no_account_by_which_nobody_is_hurt_is_asked_about(said: str, well: str, first: bool) -> None:
    assert not may_need_help(f"{well}. {said}" if first else f"{said}. {well}") or needs_help_now(said)
