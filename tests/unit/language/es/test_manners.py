"""Whom a Spanish answer is spoken to, and how people swear, changes no answer."""

import pytest

from backend.language.es.consent import read_consent
from backend.language.es.manners import plain_speech


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("sí señorita", "sí"), ("yo, joven", "yo"), ("así es, jefe", "así es"), ("dos pinches carros", "dos carros"),
        ("a huevo", "sí"), ("era un joven", "era un joven"), ("con mi amigo", "con mi amigo"), ("joven", "joven"),
        ("fíjese que no", "no"), ("pues fíjese que mi esposa sí", "pues mi esposa sí"), ("no, fíjate", "no"),
        ("fíjese", "fíjese"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_left_out_and_nothing_else(text: str, plain: str) -> None:
    assert plain_speech(text) == plain


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("sí señorita", "yes"),
        ("a huevo", "yes"),
        ("no, joven", "no"),
        ("1", "unclear"),
        ("dos", "unclear"),
        ("no tiene nada de malo, está bien", "hedged"),
        ("no me puedo quejar", "hedged"),
        ("no, está mal", "no"),
    ],
)
def test_a_yes_stays_one_and_a_no_too(text: str, consent: str) -> None:
    assert read_consent(text, asked="¿Es todo correcto?") == consent
