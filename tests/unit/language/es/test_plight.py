"""Quién está mal ahora, y qué solo suena así."""

import pytest

from backend.language.es.peril import needs_help_now

NEEDED = [
    "dejé al niño encerrado", "le dio un derrame", "le acaba de dar un derrame a mi mamá", "el coche está ardiendo",
    "caímos a un canal y no podemos abrir", "huele muchísimo a gas",
    "se cayó un poste encima de la camioneta con nosotros dentro", "creo que está muerto el otro señor",
    "atropellé a una señora", "le acabo de pegar a un niño", "el niño se tomó el anticongelante",
    "mi hija se tragó un frasco de pastillas", "hay un perrito encerrado en un carro al sol y ya no se mueve",
    "se me quedó el pie atorado", "cerré el carro con el bebé adentro", "un tipo está jalando a una mujer",
    "nos van a chocar", "me acaba de dar una cachetada",
]  # fmt: skip
NONE = [
    "a mi papá le dio un infarto hace dos años", "atropellé a un perro", "ya me dio hambre",
    "me dio un ataque de risa", "atropellaron a mi vecino el año pasado", "me tomé mis pastillas como siempre",
    "me estoy ahogando en papeles", "el motor está muerto",
    "se cayó un poste en la calle", "le dio un golpe a mi puerta", "no le dio ningún infarto",
    "el niño se tomó la leche", "me quedé en las vías ayer",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_quien_esta_mal_necesita_ayuda_ya(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_lo_que_paso_o_solo_suena_asi_no_la_necesita(said: str) -> None:
    assert not needs_help_now(said)
