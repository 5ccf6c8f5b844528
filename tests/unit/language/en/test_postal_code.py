"""Zip codes and postcodes as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.postal_code import read_postal_code
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_postal_code


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("six zero six zero one", "value", "60601"),
        ("60601-1234", "value", "60601-1234"),
        ("six oh six oh one dash one two three four", "value", "60601-1234"),
        ("606011234", "value", "60601-1234"),
        ("sixty six oh one", "ask", "60601"),
        ("sixty sixty one", "ask", "60601"),
        ("zip is 60601", "value", "60601"),
        ("nine eight one", "ask", None),
        ("seven seven double oh two", "value", "77002"),
        ("60601 no 60602", "value", "60602"),
        ("it's sixty-oh-six oh one", "ask", None),
        ("my zip code is seven seven zero zero two and my name is bob", "value", "77002"),
        ("one oh oh one eight", "value", "10018"),
        ("three three one hundred", "value", "33100"),
        ("33 1 hundred", "ask", None),
        ("twenty one two oh one", "value", "21201"),
        ("7 7 0 0 2", "value", "77002"),
        ("six zero six zero one six zero six zero one", "value", "60601"),
        ("ninety-four thousand one hundred five", "value", "94105"),
        ("9 4 1 0 5 in san francisco", "value", "94105"),
        ("SW1A 2AA", "none", None),
    ],
)
def test_american_zip_codes(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("postal_code", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("n one nine g u", "value", "N1 9GU"),
        ("sw1a 2aa", "value", "SW1A 2AA"),
        ("SW1A 2AA", "value", "SW1A 2AA"),
        ("s w one a two a a", "value", "SW1A 2AA"),
        ("k t one one a b", "value", "KT1 1AB"),
        ("e c one a one b b", "value", "EC1A 1BB"),
        ("ec1a 1bb", "value", "EC1A 1BB"),
        ("m one one ae", "value", "M1 1AE"),
        ("november one nine golf uniform", "value", "N1 9GU"),
        ("b for bravo three three eight t h", "value", "B33 8TH"),
        ("b 33 8 t h", "value", "B33 8TH"),
        ("w one a one a a", "value", "W1A 1AA"),
        ("oh x one two j d", "value", "OX1 2JD"),
        ("o x one two j d", "value", "OX1 2JD"),
        ("sierra whiskey one alpha two alpha alpha", "value", "SW1A 2AA"),
        ("d n five five one p t", "value", "DN55 1PT"),
        ("c r two six x h", "value", "CR2 6XH"),
        ("l one eight j q please", "value", "L1 8JQ"),
        ("my postcode is leeds one", "none", None),
        ("n one nine g", "ask", None),
        ("i think it's n one nine g u", "ask", "N1 9GU"),
        ("n one nine g u no n one nine g q", "value", "N1 9GQ"),
        ("r g one eight d f", "value", "RG1 8DF"),
        ("g you one one a a", "ask", "GU1 1AA"),
        ("double you one a one a a", "value", "W1A 1AA"),
        ("se 10 9 n n", "value", "SE10 9NN"),
    ],
)
def test_british_postcodes(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("postal_code", NOW, "GB"))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("postal_code", NOW))
    for value in reading.candidates or (reading.value,):
        assert value is None or len(value) in (5, 10)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("postal_code", NOW))
