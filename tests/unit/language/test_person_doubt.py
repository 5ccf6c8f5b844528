"""Who it was is asked again, though somebody was named."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.en.english import ENGLISH
from backend.language.en.person_doubt import PERSON_DOUBT as IN_ENGLISH
from backend.language.es.person_doubt import PERSON_DOUBT as IN_SPANISH
from backend.language.es.spanish import SPANISH

NOW = datetime(2026, 10, 14, 16, 20)
ENGLISH_ASKED = Asked("person", NOW, question="Who was driving?")
SPANISH_ASKED = Asked("person", NOW, "MX", question="¿Quién manejaba?")


@pytest.mark.parametrize(
    "words",
    [
        "a teenager hit me",
        "no comment",
        "they said it was me but it wasn't",
        "the police say it was me",
        "my brother and his friend",
        "my husband usually drives",
        "my wife was riding with me",
    ],
)
def test_english(words: str) -> None:
    assert ENGLISH.read(words, ENGLISH_ASKED).outcome != "value"


@pytest.mark.parametrize(
    "words",
    [
        "dicen que fui yo pero no",
        "mi hijo dice que él no",
        "seguramente mi hijo",
        "siempre maneja mi esposo",
        "mi hijo iba conmigo",
        "yo y mi esposo",
        "mi hermana y su novio",
    ],
)
def test_spanish(words: str) -> None:
    assert SPANISH.read(words, SPANISH_ASKED).outcome != "value"


def test_a_light_is_no_parking_place() -> None:
    assert IN_ENGLISH.why("i was parked at a light", {"who": "nobody"})
    assert IN_SPANISH.why("estaba parado en el semaforo", {"who": "nobody"})
    assert not IN_ENGLISH.why("it was parked", {"who": "nobody"})


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("my daughter her name is megan", {"who": "other", "name": "Megan", "relationship": "child"}),
        ("my husband says hi he drove", None),
        ("i was turning left when he hit me", {"who": "caller"}),
    ],
)
def test_english_that_is_taken(words: str, value: dict[str, str] | None) -> None:
    reading = ENGLISH.read(words, ENGLISH_ASKED)
    assert (reading.value if reading.outcome == "value" else None) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mi hija menor ana", {"who": "other", "name": "Ana", "relationship": "child"}),
        ("un empleado mío", {"who": "other", "relationship": "employee"}),
        ("mi esposa manejaba yo iba atrás", {"who": "other", "relationship": "spouse"}),
    ],
)
def test_spanish_that_is_taken(words: str, value: dict[str, str]) -> None:
    reading = SPANISH.read(words, SPANISH_ASKED)
    assert (reading.outcome, reading.value) == ("value", value)
