"""Places that are none, that were only on the way, or that somebody else named."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.en.address import read_address as read_english
from backend.language.en.place_doubt import why_in_doubt
from backend.language.es.addresses import read_address as read_spanish
from backend.language.es.place_doubt import PLACE_DOUBT

ASKED = Asked("address", datetime(2026, 10, 14, 16, 20), question="Where did it happen?")
PREGUNTA = Asked("address", datetime(2026, 10, 14, 16, 20), "MX", question="¿Dónde ocurrió?")


@pytest.mark.parametrize(
    "words",
    [
        "my wife says oak street",
        "i live on oak street",
        "i was coming from oak street",
        "i was turning from oak onto elm in dayton",
        "at the light",
        "in a parking garage downtown",
        "oak street yes oak street",
        "it was not on oak street",
        "not oak street elm street",
        "at the oak street exit",
        "oak street near elm",
        "the roundabout by the old mill",
        "right outside the hospital in dayton",
        "exit fourteen",
        "between dallas and fort worth",
        "1420 oak street apartment five",
    ],
)
def test_english_places_that_are_asked_again(words: str) -> None:
    assert read_english(words, ASKED).outcome != "value"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("heading to dallas on i thirty five", {"street": "I-35"}),
        ("on the m six near stafford", {"street": "M6", "city": "Stafford"}),
        ("dayton no columbus", {"city": "Columbus"}),
        ("yesterday on king street around five", {"street": "King Street"}),
        ("king street um charleston", {"street": "King Street", "city": "Charleston"}),
        ("i live in leeds but this was on deansgate in manchester", {"street": "Deansgate", "city": "Manchester"}),
    ],
)
def test_english_places_that_are_taken(words: str, value: dict[str, str]) -> None:
    reading = read_english(words, ASKED)
    assert (reading.outcome, reading.value) == ("value", value)


@pytest.mark.parametrize(
    "words",
    [
        "saliendo de puebla",
        "llegando a puebla",
        "con rumbo a puebla",
        "de puebla a cholula",
        "vivo en juárez",
        "según el policía en juárez",
        "no fue en puebla fue en cholula",
        "en un puente",
        "en el periférico a la altura de san jerónimo",
        "en la diez",
        "en insurgentes",
        "en juárez digo en hidalgo",
        "a dos cuadras de juárez",
        "dando vuelta en hidalgo",
    ],
)
def test_spanish_places_that_are_asked_again(words: str) -> None:
    assert read_spanish(words, PREGUNTA).outcome != "value"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("en houston la calle westheimer", {"street": "Calle Westheimer", "city": "Houston"}),
        ("cerca de puebla", {"city": "Puebla"}),
        ("a las siete y media de la mañana en calle cinco en puebla", {"street": "Calle Cinco", "city": "Puebla"}),
        ("en los ángeles", {"city": "Los Ángeles"}),
        ("en la glorieta de la minerva", {"street": "Glorieta de la Minerva"}),
    ],
)
def test_spanish_places_that_are_taken(words: str, value: dict[str, str]) -> None:
    reading = read_spanish(words, PREGUNTA)
    assert (reading.outcome, reading.value) == ("value", value)


def test_why_is_said_without_the_callers_words() -> None:
    assert why_in_doubt("from oak street", {"street": "Oak Street"}) == "a place on the way"
    assert PLACE_DOUBT.why("en fernando", {"street": "Fernando"}) == ""
