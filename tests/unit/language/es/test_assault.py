"""Who is shot at, stabbed, held or broken in on, in Spanish, and what only sounds like it or is over."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "traen pistolas", "un tipo armado está afuera de mi casa", "está armado",
    "hay hombres armados en la tienda", "nos tienen de rehenes", "me tiene amenazada con un cuchillo",
    "nos están asaltando", "se está metiendo alguien a mi casa", "hay un ladrón en mi casa",
    "están balaceando", "se oyen balazos", "me quiere matar", "le está pegando a mi mamá",
    "tengo una herida de bala", "me dieron un balazo", "le dispararon a mi hermano", "lo apuñalaron",
    "me secuestraron", "creo que está muerto", "mataron a mi vecino",
]  # fmt: skip
NONE = [
    "el guardia está armado", "me tiene encerrada en un contrato", "me quieren matar con estos cobros",
    "le está pegando a la pelota", "creo que está muerto el transformador", "hay un muerto de hambre aquí",
    "hay alguien en la casa para recibir al técnico", "el técnico se metió a la casa y sigue ahí",
    "mi esposo está con el arma de caza",
    "no está armado", "estoy armado de paciencia", "fue hace dos años cuando me apuntaron con una pistola",
    "el año pasado me dieron un balazo", "vendo cuchillos", "calle de las armas", "está muerto el teléfono",
    "me mata el precio", "soy de la tienda de armas", "me asaltaron el mes pasado",
    "hay un técnico en mi casa", "parece que está muerta la batería",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_attacked_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_or_no_attack_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
