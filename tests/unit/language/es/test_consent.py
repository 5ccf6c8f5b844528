"""What is a yes to a read-back in Spanish, and above all what is none."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick_yaml import read_yaml

from backend.language.asked import Asked
from backend.language.consent import consent_in
from backend.language.es.consent import read_consent
from backend.language.es.yes_no import read_yes_no

READERS = Path(__file__).resolve().parents[3] / "readers"
HALVES = {half: read_yaml((READERS / f"consent_es_{half}.yaml").read_text()) for half in "ab"}
CASES = [(kind, text) for half in HALVES.values() for kind, texts in half.items() for text in texts]
YES = [text for kind, text in CASES if kind == "yes" and read_consent(text) == "yes"]
SPOILERS = [
    "pero", "menos", "excepto", "mal", "nunca", "martes", "mañana", "3", "once", "10:30", "marzo", "sino", "salvo",
    "nadie", "cancele", "incorrecto", "aunque", "cambie",
]  # fmt: skip


@pytest.mark.parametrize("text", HALVES["a"]["yes"])
def test_the_first_half_agrees(text: str) -> None:
    assert read_consent(text) == "yes"


@pytest.mark.parametrize("text", HALVES["a"]["contrary"])
def test_the_first_half_refuses_or_corrects(text: str) -> None:
    assert read_consent(text) in {"no", "correction", "hedged"}


@pytest.mark.parametrize("text", HALVES["a"]["unclear"])
def test_the_first_half_leaves_it_open(text: str) -> None:
    assert read_consent(text) in {"unclear", "hedged"}


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind != "yes"])
def test_nothing_of_either_half_is_taken_for_a_yes(text: str) -> None:
    assert read_consent(text, asked="¿Es todo correcto?") != "yes"


@given(st.sampled_from(YES), st.sampled_from(SPOILERS), st.integers(0, 12))
def test_no_yes_survives_a_contrary_word_a_number_or_a_day(text: str, spoiler: str, place: int) -> None:
    said = text.split()
    said.insert(min(place, len(said)), spoiler)
    assert read_consent(" ".join(said)) != "yes"


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert read_consent(text) in {"yes", "no", "correction", "hedged", "unclear"}


def test_a_bare_no_is_told_from_a_correction() -> None:
    assert read_consent("no, eso está mal") == "no"
    assert read_consent("no eso no está bien") == "no"
    assert read_consent("no fue el martes") == "correction"
    assert read_consent("sí pero fue el martes") == "correction"


@pytest.mark.parametrize(("text", "consent"), [("1", "yes"), ("uno", "yes"), ("2", "no"), ("dos", "no")])
def test_keys_are_an_answer_where_they_were_offered(text: str, consent: str) -> None:
    assert read_consent(text, keys=True) == consent
    assert read_consent(text) != "yes"


def test_words_of_the_question_are_harmless() -> None:
    ask = "¿Le mando el número en un mensaje de texto?"
    assert read_consent("sí, mándeme el mensaje de texto", asked=ask) != "no"
    assert read_consent("sí el mensaje por favor", asked=ask) == "yes"
    assert read_consent("el mensaje", asked=ask) != "yes"


def test_a_question_that_denies_needs_more_than_a_yes() -> None:
    ask = "Nadie salió herido, ¿es correcto?"
    assert read_consent("sí", asked=ask, negative=True) == "unclear"
    assert read_consent("no", asked=ask, negative=True) == "unclear"
    assert read_consent("es correcto", asked=ask, negative=True) == "yes"
    assert read_consent("correcto ni un rasguño", asked=ask, negative=True) == "unclear"


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("no veo por qué no", "yes"), ("no hay ningún error", "yes"), ("no tengo nada en contra", "yes"),
        ("al cien", "yes"), ("no digo que no", "hedged"), ("no es que no quiera", "hedged"), ("no me opongo", "hedged"),
        ("no es que no quiero", "no"), ("no, es que no quiero", "no"), ("no dije eso", "no"),
        ("no hay razón", "correction"),        ("no digo que no pero mejor no", "correction"),
        ("no le escuché bien", "unclear"), ("perdón no alcancé a oír", "unclear"), ("no se oye nada", "unclear"),
        ("no me escuchó bien", "correction"), ("usted no me entendió bien", "correction"),
        ("no, a usted no, le hablaba a mi hijo", "hedged"),
    ],
)  # fmt: skip
def test_a_no_that_refuses_nothing(text: str, consent: str) -> None:
    assert read_consent(text, asked="¿Está todo correcto?") == consent
    question = Asked("yes_no", datetime(2026, 11, 25), "US", question="¿Es correcto?", confirms=True)
    reading = read_yes_no(text, question)
    assert (reading.outcome == "value" and reading.value is True) == (consent == "yes")
    assert not (reading.outcome == "value" and reading.value is False and consent in ("hedged", "unclear"))


def test_the_language_of_the_call_decides() -> None:
    assert consent_in("es-MX", "sí está bien") == "yes"
    assert consent_in("en-US", "sí está bien") != "yes"
