"""A list of those who took part is counted where the whole answer is one, and asked where one may be said twice."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Choice
from backend.language.en.english import ENGLISH
from backend.language.es.spanish import SPANISH

NOW = datetime(2026, 10, 14, 16, 20)
IN_ENGLISH = (
    Choice(1, ("car", "cars")),
    Choice(1, ("truck", "trucks", "van", "vans", "bus", "taxi", "motorcycle", "jeep", "pickup")),
    Choice(1, ("honda", "tesla", "subaru", "camry", "civic"), offered=False),
    Choice(None, ("mine", "my car", "me", "us", "ours")),
)
IN_SPANISH = (
    Choice(1, ("carro", "carros")),
    Choice(1, ("camión", "camiones", "moto", "taxi", "troca", "van")),
    Choice(1, ("honda", "jetta"), offered=False),
    Choice(None, ("el mío", "mi carro", "yo")),
)
BESIDE = ("tree", "deer", "árbol", "perro")


def counted(words: str, language: str = "en") -> object:
    spanish = language == "es"
    question = "¿Cuántos carros hubo en total?" if spanish else "How many cars were involved in total?"
    choices = IN_SPANISH if spanish else IN_ENGLISH
    asked = Asked("integer", NOW, question=question, choices=choices, beside=BESIDE)
    reading = (SPANISH if spanish else ENGLISH).read(words, asked)
    return reading.value if reading.outcome == "value" else reading.outcome


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("two trucks a motorcycle and me", 4),
        ("me the honda and the pickup", 3),
        ("me in the jeep and him in the camry", 2),
        ("there were three of us involved me a tesla and a subaru", 3),
        ("just the two of us me and the other driver", 2),
        ("my car a taxi and a bus", 3),
        ("mine his and the one he shunted", 3),
        ("just me and a tree", 1),
        ("a taxi two cars and mine", 4),
        ("two cars hit my car", "ask"),  # is it one of them?
        ("me and the other car a honda", "ask"),  # once more what the other car is?
        ("my car a honda and his", "ask"),
        ("two cars a truck and me", "ask"),
        ("it was a twenty nineteen civic that hit me", "ask"),  # a year counts nothing
        ("he rear ended me and pushed me into another car", "ask"),
        ("two then another one slid into us", "ask"),
    ],
)
def test_a_list_is_counted_and_what_may_be_said_twice_is_asked(words: str, meant: object) -> None:
    assert counted(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("somos dos el señor y yo", 2),
        ("dos camiones una moto y mi carro", 4),
        ("el mío y dos que estaban estacionados", 3),
        ("el mío una troca y una van", 3),
        ("yo y un perro", 1),
        ("mi carro un honda y otro", "ask"),
        ("yo y mi esposa", "ask"),
    ],
)
def test_a_spanish_list_is(words: str, meant: object) -> None:
    assert counted(words, "es") == meant
