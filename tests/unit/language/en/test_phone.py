"""Telephone numbers as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.phone import read_phone
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_phone


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("two one two five five five oh one seven six", "value", "+12125550176"),
        ("312-555-0110", "value", "+13125550110"),
        ("It's (312) 555-0110.", "value", "+13125550110"),
        ("312 555 0110", "value", "+13125550110"),
        ("area code three one two five five five oh one four two", "value", "+13125550142"),
        ("three one two then five five five oh one four two", "value", "+13125550142"),
        ("area code is 312 and the number is 555 0142", "value", "+13125550142"),
        ("plus one three one two five five five oh one four two", "value", "+13125550142"),
        ("+1 312 555 0142", "value", "+13125550142"),
        ("1-312-555-0142", "value", "+13125550142"),
        ("one eight hundred five five five twelve twelve", "value", "+18005551212"),
        ("eight hundred five five five oh one four two", "value", "+18005550142"),
        ("five five five oh one four two", "ask", None),
        ("three one two five five five oh one four", "ask", None),
        ("three one two five five five oh one four two no four three", "ask", None),
        ("312 555 0142 no 312 555 0143", "value", "+13125550143"),
        ("three one two five five five oh one four two extension twelve", "ask", "+13125550142"),
        ("my number is 312 555 0142 and my zip is 60601", "ask", "+13125550142"),
        ("you can call me at three one two five five five oh one four two anytime", "value", "+13125550142"),
        ("it's the one i'm calling from", "none", None),
        ("twenty one two five five five oh one seven six", "value", "+12125550176"),
        ("three twelve five fifty five oh one forty two", "value", "+13125550142"),
        ("nine one one", "ask", None),
        ("011 44 7700 900765", "value", "+447700900765"),
        ("+44 7700 900765", "value", "+447700900765"),
        ("oh one one four four", "ask", None),
        ("three one two five five five one thousand", "value", "+13125551000"),
        ("two one two triple five double oh double one", "value", "+12125550011"),
        ("maybe 312 555 0142", "ask", "+13125550142"),
        ("four one five, two six seven, one two three four", "value", "+14152671234"),
        ("(415) 267-1234 or (415) 267-1235", "ask", "+14152671234"),
        ("415 267 1234 415 267 1234", "value", "+14152671234"),
        ("one zero one five five five oh one four two", "ask", None),
    ],
)
def test_american_numbers(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("phone", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("oh seven seven double oh nine double oh seven six five", "value", "+447700900765"),
        ("07700 900765", "value", "+447700900765"),
        ("+44 7700 900765", "value", "+447700900765"),
        ("plus four four seven seven zero zero nine double oh seven six five", "value", "+447700900765"),
        ("oh two oh seven nine four six oh oh one eight", "value", "+442079460018"),
        ("020 7946 0018", "value", "+442079460018"),
        ("oh one six one four nine six oh double one two", "value", "+441614960112"),
        ("seven seven zero zero nine zero zero seven six five", "ask", None),
        ("zero zero four four seven seven zero zero nine zero zero seven six five", "value", "+447700900765"),
        ("oh seven seven double oh nine double oh seven six", "ask", None),
        ("+44 (0) 7700 900765", "value", "+447700900765"),
        ("double oh seven", "ask", None),
        ("oh one one three four nine six oh one two three", "value", "+441134960123"),
    ],
)
def test_british_numbers(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("phone", NOW, "GB"))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("phone", NOW))
    for value in reading.candidates or (reading.value,):
        assert value is None or (value.startswith("+") and value[1:].isdecimal())


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("phone", NOW))
