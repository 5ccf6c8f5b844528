"""A value that is told at length, or put together from many pieces, is asked; a short plain answer never is."""

from datetime import datetime
from typing import Any

import pytest

from backend.language.asked import Asked, Kind
from backend.language.en.plainness import PLAINNESS as IN_ENGLISH
from backend.language.es.plainness import PLAINNESS as IN_SPANISH
from backend.language.plainness import Plainness
from backend.language.reading import Reading, nothing, sure

NOW = datetime(2026, 10, 14, 16, 20)
QUESTIONS: dict[str, str] = {"code": "What is your policy number?", "money": "How much was it?"}
PLACE = {"street": "Oak Street", "city": "Dayton"}
SUM = {"amount": 180, "currency": "USD"}


def weighed(rule: Plainness, kind: Kind, words: str, value: Any, *rests_on: str, region: str = "US") -> Reading:
    asked = Asked(kind, NOW, region, question=QUESTIONS.get(kind, ""))
    return rule.weigh(words, asked, sure(value, rests_on))


@pytest.mark.parametrize(
    ("rule", "kind", "words", "value", "rests_on"),
    [
        (IN_ENGLISH, "name", "it's jo ann, jo ann whitby", "Jo Ann Jo Ann Whitby", ()),
        (IN_ENGLISH, "name", "wen wendeline archer", "Wen Wendeline Archer", ()),
        (IN_ENGLISH, "name", "carla m c l e o d stone", "Carla Mcleod Stone", ()),
        (IN_SPANISH, "name", "me llamo ana luz, ana luz prado", "Ana Luz Ana Luz Prado", ()),
        (IN_ENGLISH, "code", "it begins with the letters rgd, that one j two four", "J24", ("j", "two", "four")),
        (IN_SPANISH, "code", "empieza con las letras del papel verde jota 24", "J24", ("jota", "24")),
        (IN_ENGLISH, "email", "you ready then f t r u d y at mail dot com", "youreadythenftrudy@mail.com", ()),
        (IN_SPANISH, "email", "ya lista anote t r i n i arroba mail punto com", "listaanotetrini@mail.com", ()),
        (IN_ENGLISH, "money", "my brother paid the yard one eighty for storage", SUM, ("one", "eighty")),
        (IN_SPANISH, "money", "mi hermano pagó la grúa y guardaron el carro por 180", SUM, ("180",)),
        (IN_ENGLISH, "address", "we had left the diner and were on oak street in dayton", PLACE, ()),
        (IN_SPANISH, "address", "salimos de la iglesia y fue en la calle oak en dayton", PLACE, ()),
    ],
)
def test_what_is_told_at_length_or_in_pieces_is_asked(
    rule: Plainness, kind: Kind, words: str, value: Any, rests_on: tuple[str, ...]
) -> None:
    reading = weighed(rule, kind, words, value, *rests_on)
    assert reading.outcome == "ask"
    assert reading.value == value


@pytest.mark.parametrize(
    ("rule", "kind", "words", "value", "rests_on"),
    [
        (IN_ENGLISH, "name", "my name is mary ellen stone", "Mary Ellen Stone", ()),
        (IN_ENGLISH, "name", "john johnson", "John Johnson", ()),
        (IN_SPANISH, "name", "me llamo maría garcía garcía", "María García García", ()),
        (IN_ENGLISH, "code", "my policy number is j two four", "J24", ("j", "two", "four")),
        (IN_ENGLISH, "code", "um it's x ray two four, please", "X24", ("xray", "two", "four")),
        (IN_SPANISH, "code", "mi número es jota 24", "J24", ("jota", "24")),
        (IN_ENGLISH, "email", "it's t as in tom dot reed at mail dot com", "t.reed@mail.com", ()),
        (IN_ENGLISH, "email", "ben dot reed r e e d at mail dot com", "ben.reed@mail.com", ()),
        (IN_ENGLISH, "email", "trudy t r u d y at mail dot com", "trudy@mail.com", ()),
        (IN_SPANISH, "email", "ka e uve i ene arroba mail punto com", "kevin@mail.com", ()),
        (IN_ENGLISH, "money", "about one eighty i think", SUM, ("one", "eighty")),
        (IN_ENGLISH, "money", "one eighty is what the estimate says", SUM, ("one", "eighty")),
        (IN_ENGLISH, "money", "they quoted me one eighty", SUM, ("one", "eighty")),
        (IN_SPANISH, "money", "fueron como 180 dólares", SUM, ("180", "dolares")),
        (IN_ENGLISH, "address", "on oak street in dayton", PLACE, ()),
        (IN_ENGLISH, "address", "uh it was on oak street near the diner in dayton ohio", {**PLACE, "state": "OH"}, ()),
        (IN_SPANISH, "address", "en la calle oak en dayton", PLACE, ()),
    ],
)
def test_what_is_plain_is_taken(rule: Plainness, kind: Kind, words: str, value: Any, rests_on: tuple[str, ...]) -> None:
    assert weighed(rule, kind, words, value, *rests_on).outcome == "value"


def test_a_place_needs_a_state_only_where_there_are_states() -> None:
    words = "we had left the diner and were on oak street in dayton"
    assert weighed(IN_ENGLISH, "address", words, PLACE, region="GB").outcome == "value"


@pytest.mark.parametrize(
    ("words", "outcome"), [("correct, not a dent", "ask"), ("yes but not today", "value"), ("not today", "value")]
)
def test_a_refusal_that_begins_by_agreeing_is_asked(words: str, outcome: str) -> None:
    asked = Asked("yes_no", NOW, confirms=True)
    assert IN_ENGLISH.weigh(words, asked, sure(False, (words,), against=(words,))).outcome == outcome


@pytest.mark.parametrize("rule", [IN_ENGLISH, IN_SPANISH])
@pytest.mark.parametrize("kind", ["name", "code", "email", "money", "date", "yes_no", "integer", "phone"])
def test_three_words_are_never_too_much(rule: Plainness, kind: Kind) -> None:
    for words in ("one", "one two", "uh one two"):
        assert weighed(rule, kind, words, words).outcome == "value", words


def test_nothing_and_a_doubt_stay_what_they_are() -> None:
    asked = Asked("name", NOW)
    assert IN_ENGLISH.weigh("jo ann jo ann whitby", asked, nothing()) == nothing()
    told = Asked("name", NOW, told=True)
    assert IN_ENGLISH.weigh("jo ann jo ann whitby", told, sure("Jo Ann Jo Ann Whitby")).outcome == "value"
