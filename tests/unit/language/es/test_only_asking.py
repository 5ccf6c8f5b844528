"""Quien solo pregunta, supone o se queja no reporta nada; quien pregunta por lo que pasó, sí."""

import pytest

from backend.language.es.only_asking import only_asks

NOTHING = [
    "no estoy reportando nada, solo quiero saber si me sube la prima", "supongamos que choco, ¿eso lo cubre?",
    "¿qué pasa si choco un carro rentado?", "solo es una pregunta sobre choques", "quiero poner una queja",
    "me llegó una carta de un reclamo contra mí", "todavía no ha pasado nada",
]  # fmt: skip
SOMETHING = [
    "tuve un choque", "solo quiero saber si lo cubre, ayer me chocaron", "quiero hacer un reporte", "me robaron el "
    "carro",
    "me pegaron por atrás hace una hora y solo quiero saber qué hago",
]  # fmt: skip


@pytest.mark.parametrize("said", NOTHING)
def test_who_reports_nothing(said: str) -> None:
    assert only_asks(said)


@pytest.mark.parametrize("said", SOMETHING)
def test_who_reports_something_whatever_they_ask(said: str) -> None:
    assert not only_asks(said)
