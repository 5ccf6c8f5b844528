"""Quien perdió a alguien pide arreglar sus papeles; quien cuenta una muerte de este momento necesita ayuda ya."""

import pytest

from backend.language.es.bereavement import may_have_died, mourns
from backend.language.es.peril import needs_help_now
from backend.language.es.possible_peril import may_need_help

MOURNED = [
    "mi mamá falleció y necesito quitarla de la póliza", "mi esposo falleció y su nombre sigue en la póliza",
    "mi papá murió y quiero darlo de baja", "mi suegro falleció y nos dejó su casa", "falleció mi esposo",
    "mi tío murió y yo heredé lo suyo", "el titular de la póliza falleció",
    "mi abuelo acaba de morir y hay que cambiar el nombre",
    "perdí a mi esposo en junio y los recibos siguen llegando a su nombre",
    "hubo una muerte en la familia y quiero cambiar mi fecha de pago",
]  # fmt: skip
NOW = [
    "mi esposo se acaba de morir en el carro", "mi papá está muerto en el piso", "encontré muerto a mi papá",
    "creo que mi esposo está muerto", "tuve un accidente y mi esposo murió",
    "hay dos muertos enfrente", "creo que lo maté",
    "mi mamá está muerta", "se nos murió el niño ahorita", "hubo un choque y murió una señora",
]  # fmt: skip
ASKED = ["mi mamá ya murió", "mi bebé se murió", "el otro chofer murió"]
NOTHING = ["se me murió la batería", "se murió mi celular y perdí mis contactos", "nadie murió", "el motor está muerto"]


@pytest.mark.parametrize("said", MOURNED)
def test_who_mourns_is_in_no_danger_and_is_not_asked(said: str) -> None:
    assert mourns(said) and not needs_help_now(said) and not may_need_help(said)


@pytest.mark.parametrize("said", NOW)
def test_a_death_of_this_moment_is_an_emergency(said: str) -> None:
    assert needs_help_now(said) and not mourns(said)


@pytest.mark.parametrize("said", ASKED)
def test_a_death_of_which_nothing_says_when_it_was_is_asked_about(said: str) -> None:
    assert may_need_help(said) and not needs_help_now(said) and not mourns(said)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_nobodys_death_is_none(said: str) -> None:
    assert not needs_help_now(said) and not mourns(said) and not may_have_died(said)


def test_who_is_asked_about_the_hurt_is_believed_a_death_of_which_nothing_says_otherwise() -> None:
    assert may_have_died("mi esposo murio") and not may_have_died("mi esposo murio en marzo")
