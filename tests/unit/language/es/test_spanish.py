"""Spanish as a language: whatever the words are, no reader raises, and none takes long."""

from datetime import datetime
from typing import get_args

import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from backend.language.asked import Asked, Choice, Kind
from backend.language.es.numbers import in_figures, number_words
from backend.language.es.spanish import SPANISH
from backend.language.es.words import folded, said
from backend.language.named import language_named

KINDS: tuple[Kind, ...] = get_args(Kind)
NOW = datetime(2026, 11, 21, 10, 15)
CHOICES = (Choice(True, ("sangre", "no camina")), Choice(False, ("bien?",)), Choice(None, ("el mío",)))
CARS = (Choice(1, ("carro", "coche")), Choice(1, ("camión",)), Choice(None, ("el mío", "yo")))
PARTS = {"year": Asked("integer", NOW, digits=4), "make": Asked("choice", NOW, choices=(Choice("Ford"),))}
VOCABULARY = (
    "no sí el la los a las de en y o con sin mi yo que fue era uno dos tres cuatro treinta cien mil millón doble cero "
    "lunes viernes pasado ayer antier hoy mañana noche tarde julio noviembre hace días semana media cuarto para punto "
    "arroba guion bajo com calle avenida esquina ciudad denver texas pesos dólares be ve eñe ese hijo luis esposa "
    "nadie espere perdón creo pero menos el mío otro carro 12 3/11 8:30 60601 2026-02-30 $1,500 ford ¿ ? , ... é ñ"
).split()
ANSWERS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(
    words=ANSWERS, region=st.sampled_from(["MX", "US"]), past=st.booleans(), future=st.booleans(), some=st.booleans()
)
@example(words="", region="MX", past=True, future=False, some=True)
@example(words="el 31 de febrero de 99999999999999999999", region="US", past=True, future=True, some=True)
def test_no_reader_raises(words: str, region: str, past: bool, future: bool, some: bool) -> None:
    """Each answer is read by every reader: to make one takes longer than that."""
    for kind in KINDS:
        note(f"read as {kind}")
        asked = Asked(
            kind,
            NOW,
            region,
            choices=CHOICES if some else (),
            past=past,
            future=future,
            parts=PARTS,
            confirms=not some,
            prevails=True if some else None,
        )
        reading = SPANISH.read(words, asked)
        assert reading.outcome in ("value", "ask", "none")
        if reading.outcome == "value":
            assert reading.value is not None or kind == "choice"  # one of the choices stands for None
            assert SPANISH.say(kind, reading.value, asked)


@given(words=ANSWERS)
@example(words="no cero")
def test_what_is_counted_is_a_number_or_asked(words: str) -> None:
    reading = SPANISH.read(words, Asked("integer", NOW, choices=CARS))
    assert all(isinstance(value, int) and value >= 0 for value in reading.candidates)
    assert reading.outcome != "value" or isinstance(reading.value, int)


@given(value=st.integers(0, 999_999))
def test_a_number_that_is_said_is_read_as_itself(value: int) -> None:
    assert in_figures(folded(number_words(value)).split()) == [str(value)]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("treinta y un mil", "31000"),
        ("trescientos un mil", "301000"),
        ("ochenta doscientos dos", "80 202"),
        ("dos mil dieciocho", "2018"),
        ("un millón doscientos", "1000200"),
        ("un carro y una moto", "un carro y una moto"),
        ("cuarenta ocho", "40 8"),
        ("No sé, señor Peña", "no sé senor pena"),
        ("a las 9:30 p. m.", "a las 9:30 pm"),
    ],
)
def test_the_plain_spelling(words: str, figures: str) -> None:
    assert said(words).plain == figures


def test_any_tag_of_spanish_finds_it() -> None:
    assert language_named("es-MX") is language_named("es-US") is SPANISH


def test_every_kind_has_a_reader() -> None:
    assert set(SPANISH.readers) == set(KINDS)
