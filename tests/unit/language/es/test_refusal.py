"""What refuses plainly in Spanish, and what only holds a word that denies."""

import pytest

from backend.language.consent import consent_in
from backend.language.es.refusal import refuses_plainly

RIGHT = "¿Es correcto?"
FILE = "¿Registro ya el reclamo?"
NOBODY = "Entonces, ¿no hubo heridos?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no fue el domingo en la noche", RIGHT), ("para nada", RIGHT), ("no está bien", RIGHT), ("nel", RIGHT),
        ("ni de chiste", FILE), ("todavía no falta que llegue mi hijo", FILE), ("olvídelo ya no quiero nada", FILE),
        ("de ninguna manera", FILE), ("no gracias no me llegan los mensajes", FILE), ("hay un error", RIGHT),
        ("no señorita es con ve chica", RIGHT), ("no tengo correo", "¿Le mando un correo?"),
        ("no mi hijo se pegó", NOBODY),
    ],
)  # fmt: skip
def test_who_refuses_or_puts_right(text: str, asked: str) -> None:
    assert refuses_plainly(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no le veo inconveniente", FILE), ("no sea malito regístrelo", FILE), ("no lo dude", FILE),
        ("no hay nada que cambiarle", RIGHT), ("no gracias a dios ninguno", NOBODY), ("no ni uno", NOBODY),
    ],
)  # fmt: skip
def test_who_denies_something_else_is_asked_again(text: str, asked: str) -> None:
    assert not refuses_plainly(text, asked)
    assert consent_in("es-MX", text, asked=asked, plainly=True) not in ("yes", "no", "correction")
