"""What is told beside a value that is whole does not count against it; what may speak of the value does."""

from datetime import datetime
from typing import Any

import pytest

from backend.language.asked import Asked, Choice, Kind
from backend.language.en.english import ENGLISH
from backend.language.es.spanish import SPANISH

NOW = datetime(2026, 10, 14, 16, 20)
QUESTIONS: dict[str, tuple[str, str]] = {
    "phone": ("What is the best number to reach you at?", "¿A qué número le podemos llamar?"),
    "address": ("Where did it happen?", "¿Dónde ocurrió?"),
    "integer": ("How many cars were involved in total?", "¿Cuántos carros hubo en total?"),
    "postal_code": ("What is your zip code?", "¿Cuál es su código postal?"),
    "money": ("How much was the damage?", "¿Cuánto pagó por la grúa?"),
}
CARS = (Choice(1, ("car", "cars", "carro", "carros")), Choice(None, ("mine", "me", "el mío", "yo")))
NUMBER = "+12125550142"


def read(kind: Kind, words: str, *, spanish: bool = False, region: str = "US") -> Any:
    choices = CARS if kind == "integer" else ()
    asked = Asked(kind, NOW, region, question=QUESTIONS[kind][spanish], choices=choices)
    reading = (SPANISH if spanish else ENGLISH).read(words, asked)
    return reading.value if reading.outcome == "value" else reading.outcome


SAID = "two one two five five five oh one four two"
DICHO = "dos uno dos cinco cinco cinco cero uno cuatro dos"


@pytest.mark.parametrize(
    ("remark", "meant"),
    [
        ("{} but not before five", NUMBER),
        ("{} leave a message if i don't answer", NUMBER),
        ("you can call me at {} anytime after three", NUMBER),
        ("i just got a new phone so it's {}", NUMBER),
        ("{} ask for mary", NUMBER),
        ("{} my wife picks up", NUMBER),
        ("{} my husband's is three one two five five five oh one seven seven", "ask"),
        ("{} my old number was better", "ask"),
        ("{} but it's disconnected", "ask"),
        ("{} but that's my old one", "ask"),
        ("{} but i'm not sure about the last two", "ask"),
        ("{} and my work number is three one two five five five oh one seven seven", "ask"),
        ("{} that's wrong", "ask"),
    ],
)
def test_a_phone_number_that_is_whole_is_taken(remark: str, meant: str) -> None:
    assert read("phone", remark.format(SAID)) == meant


@pytest.mark.parametrize(
    ("remark", "meant"),
    [
        ("{} y me puede dejar mensaje", NUMBER),
        ("{} si no contesto mándeme un texto", NUMBER),
        ("{} pregunte por mi esposa", NUMBER),
        ("{} mi hija contesta", NUMBER),
        ("{} mi otro número no sirve", "ask"),
        ("{} pero ya lo cambié", "ask"),
        ("{} pero creo que el último no es", "ask"),
    ],
)
def test_a_spanish_one_is(remark: str, meant: str) -> None:
    assert read("phone", remark.format(DICHO), spanish=True) == meant


AKRON = {"street": "Maple Avenue", "city": "Akron", "state": "OH"}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("pretty much right in front of city hall on maple avenue in akron ohio", AKRON),
        ("in front of my house two eighteen willow lane in akron ohio", {**AKRON, "street": "218 Willow Lane"}),
        ("maple avenue in akron ohio about a mile from my house", AKRON),
        ("it happened on the way home from church on maple avenue in akron ohio", AKRON),
        ("maple avenue in akron ohio just as you come off the bridge", AKRON),
        ("my shop is on maple avenue in akron ohio", "ask"),
        ("before i turned off on maple avenue in akron ohio", "ask"),
        ("maple avenue in akron ohio or maybe oak street", "ask"),
    ],
)
def test_a_place_with_its_street_and_its_city_is_taken(words: str, meant: object) -> None:
    assert read("address", words) == meant


def test_a_place_that_was_told_long_is_taken_with_its_landmark_where_a_short_part_says_the_same() -> None:
    said = read("address", "the walmart parking lot on route 1 in fort wayne")
    assert said == {"street": "Walmart Parking Lot, Route 1", "city": "Fort Wayne"}
    assert read("address", "king street king like the king") == {"street": "King Street"}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("por la western avenue en chicago cerca de la iglesia", {"street": "Western Avenue", "city": "Chicago"}),
        ("afuera de mi casa en la calle laurel en chicago", {"street": "Calle Laurel", "city": "Chicago"}),
        ("afuera de mi casa en la calle laurel o la calle roble en chicago", "ask"),
    ],
)
def test_a_spanish_place_is(words: str, meant: object) -> None:
    assert read("address", words, spanish=True) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("three but one of them took off", 3),
        ("two the other one drove away", 2),
        ("he came out of nowhere so two", 2),
        ("two and he pushed me into another", "ask"),
        ("two but i think one more", "ask"),
    ],
)
def test_a_number_of_all_is_taken(words: str, meant: object) -> None:
    assert read("integer", words) == meant


def test_other_numbers_are() -> None:
    assert read("postal_code", "four five four oh six that's for my house") == "45406"
    assert read("postal_code", "four five four oh six but we moved") == "ask"
    assert read("integer", "cinco carros pero el mío fue el último", spanish=True) == 5
    assert read("money", "ochocientos pesos porque era de noche", spanish=True, region="MX") == {
        "amount": 800,
        "currency": "MXN",
    }
