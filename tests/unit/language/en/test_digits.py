"""English digits as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.digits import read_digits
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_digits


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("four eight two one", "value", "4821"),
        ("4821", "value", "4821"),
        ("4 8 2 1", "value", "4821"),
        ("48 21", "value", "4821"),
        ("forty eight twenty one", "value", "4821"),
        ("forty-eight twenty-one", "value", "4821"),
        ("four eight twenty one", "value", "4821"),
        ("for eight to one", "value", "4821"),
        ("for ate too won", "none", None),
        ("oh four eight one", "value", "0481"),
        ("it's four eight two one thank you", "value", "4821"),
        ("the last four are four eight two one", "value", "4821"),
        ("my last four is 4821", "value", "4821"),
        ("last four digits 4821", "value", "4821"),
        ("four eight two", "ask", None),
        ("four eight two one five", "ask", None),
        ("four eight two... um one", "value", "4821"),
        ("four, eight, two, one", "value", "4821"),
        ("double four two one", "value", "4421"),
        ("triple zero one", "value", "0001"),
        ("double oh double seven", "value", "0077"),
        ("four thousand eight hundred twenty one", "value", "4821"),
        ("four thousand eight hundred and twenty one", "value", "4821"),
        ("forty eight hundred", "value", "4800"),
        ("nine thousand", "value", "9000"),
        ("four eight two one no four eight two three", "value", "4823"),
        ("four eight two one i mean four eight three one", "value", "4831"),
        ("four eight two one sorry", "ask", "4821"),
        ("not four eight two one", "ask", None),
        ("maybe four eight two one", "ask", "4821"),
        ("I think it's 4821", "ask", "4821"),
        ("4821 or 4812", "ask", "4821"),
        ("four eight two one, four eight two one", "value", "4821"),
        ("fall eight two one", "ask", None),
        ("four fine two one", "ask", None),
        ("four eight two one oh i had an accident", "value", "4821"),
        ("two seven nine oh i had an accident", "ask", None),
        ("i have two cards four eight two one", "value", "4821"),
        ("one moment four eight two one", "value", "4821"),
        ("that one is four eight two one", "value", "4821"),
        ("i was born in 1985 and it's 4821", "ask", "1985"),
        ("four eight ... four eight two one", "value", "4821"),
        ("eight to one", "ask", None),
        ("four eight two won", "value", "4821"),
        ("sixty six oh one two", "ask", None),
        ("twenty twenty two two", "ask", None),
        ("zero zero zero zero", "value", "0000"),
        ("oh oh seven one", "value", "0071"),
        ("no", "none", None),
        ("none", "none", None),
        ("eleven eleven", "value", "1111"),
        ("ten ten", "value", "1010"),
        ("nineteen oh five", "value", "1905"),
        ("one nine oh five", "value", "1905"),
        ("four and eight and two and one", "value", "4821"),
        ("four dash eight dash two dash one", "value", "4821"),
        ("niner seven five zero", "value", "9750"),
        ("nought five nine two", "value", "0592"),
        ("four eight half two one", "ask", None),
        ("four eight two one is my number", "value", "4821"),
        ("last 4 4 8 2 1", "value", "4821"),
        ("4 8 2 one", "value", "4821"),
        ("the first two are four eight", "ask", None),
        ("2 7 9 oh", "value", "2790"),
        ("four eight two one wait no four eight two two wait no four eight two three", "value", "4823"),
    ],
)
def test_exactly_as_many_digits_as_were_asked_for(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("digits", NOW, digits=4))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("60601", "value", "60601"),
        ("sixty six oh one", "ask", "60601"),
        ("six oh six hundred", "value", "60600"),
    ],
)
def test_five_digits(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("digits", NOW, digits=5))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("one two three four five six seven", "value", "1234567"),
        ("5", "value", "5"),
        ("the last four", "none", None),
        ("no one", "none", None),
        ("i was the last one", "none", None),
    ],
)
def test_any_number_of_digits(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("digits", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("digits", NOW, digits=4))
    for value in reading.candidates or (reading.value,):
        assert value is None or (len(value) == 4 and value.isdecimal())


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("digits", NOW))
