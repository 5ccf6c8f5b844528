"""Who wants no more of what they came for in Spanish, who has the wrong number, and what only sounds like it."""

import pytest

from backend.language.es.leaving import says_goodbye, withdraws


@pytest.mark.parametrize(
    "text",
    [
        "olvídelo", "ya no quiero hacer el reporte", "mejor no", "cancélelo por favor", "no quiero seguir",
        "cambié de opinión", "sabe qué, déjelo así", "no lo registre", "no registre nada, mi marido lo va a pagar",
        "mejor no haga ningún reporte", "ya no quiero el reclamo", "nos arreglamos entre nosotros",
        "no hace falta que lo registre", "mejor dejémoslo así", "ya la encontré, no la bloquee",
        "ay, ya regresó la luz, olvídelo",
    ],
)  # fmt: skip
def test_who_withdraws(text: str) -> None:
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    [
        "no", "no quiero equivocarme", "no sé", "mejor no, fue el miércoles", "olvidé la fecha",
        "él no quiso hacer el reporte", "no registre nada todavía", "no ponga que iba rápido", "no necesito nada más",
        "no quiero el reporte a nombre de él", "no haga eso por favor fue el martes", "no ponga eso",
        "me dijo que lo arreglamos entre nosotros y se fue", "el otro propuso que lo pagamos en efectivo",
    ],
)  # fmt: skip
def test_who_only_sounds_like_it(text: str) -> None:
    assert not withdraws(text)


@pytest.mark.parametrize(
    ("text", "leaves"),
    [("ay perdón número equivocado", True), ("me equivoqué de número", True), ("me equivoqué de día", False)],
)
def test_a_wrong_number_is_a_goodbye(text: str, leaves: bool) -> None:
    assert says_goodbye(text) is leaves


@pytest.mark.parametrize("again", ["no ", "sabe que no no "])
def test_words_that_come_again_and_again_are_read_at_once(again: str) -> None:
    assert not withdraws(again * 200 + "maybe")
