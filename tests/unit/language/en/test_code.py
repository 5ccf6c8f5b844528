"""Codes of letters and figures as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.code import read_code
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_code


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("alpha one double zero zero one", "value", "POL-A10001"),
        ("p o l l as in lima eight oh five two six", "value", "POL-L80526"),
        ("POL-F70318.", "value", "POL-F70318"),
        ("pol f 70318", "value", "POL-F70318"),
        ("p o l dash f seven oh three one eight", "value", "POL-F70318"),
        ("f as in frank seven oh three one eight", "value", "POL-F70318"),
        ("f seven oh three one eight", "value", "POL-F70318"),
        ("my policy number is pol f seven zero three one eight", "value", "POL-F70318"),
        ("it's a one double oh oh one", "value", "POL-A10001"),
        ("a ten thousand one", "value", "POL-A10001"),
        ("p o l b for bravo one two three four five", "value", "POL-B12345"),
        ("b as in november one two three four five", "ask", "POL-B12345"),
        ("pol f seven oh three one", "ask", None),
        ("F70318 no F70319", "value", "POL-F70319"),
        ("pol f 7 0 3 1 8 thank you", "value", "POL-F70318"),
        ("f70318", "value", "POL-F70318"),
        ("foxtrot seventy three eighteen", "value", "POL-F70318"),
        ("foxtrot seventy oh three eighteen", "ask", None),
        ("eff seven o three one eight", "value", "POL-F70318"),
        ("oscar one two three four five", "value", "POL-O12345"),
        ("oh one two three four five", "value", "POL-O12345"),
        ("i have no idea", "none", None),
        ("hold on", "none", None),
        ("POL A10001", "value", "POL-A10001"),
        ("P O L dash A one zero zero zero one", "value", "POL-A10001"),
        ("seven oh three one eight", "ask", None),
        ("see one two three four five", "ask", None),
        ("c one two three four five", "value", "POL-C12345"),
    ],
)
def test_codes_of_a_pattern(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("code", NOW, pattern="POL-[A-Z]\\d{5}"))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("f y sixty eight l k j", "value", "FY68LKJ"),
        ("mike alpha two one romeo sierra tango", "value", "MA21RST"),
        ("FY68 LKJ", "value", "FY68LKJ"),
        ("fy68lkj", "value", "FY68LKJ"),
        ("m a two one r s t", "value", "MA21RST"),
        ("b d five one s m r", "value", "BD51SMR"),
        ("l k oh nine a b c", "value", "LK09ABC"),
        ("l k zero nine a b c", "value", "LK09ABC"),
        ("l a five one a b c no l a five one a b d", "value", "LA51ABD"),
        ("it's m a twenty one r s t", "value", "MA21RST"),
        ("y as in yankee k as in kilo one two x y z", "value", "YK12XYZ"),
        ("n 1", "ask", None),
        ("my reg is k n one eight x o o", "value", "KN18XOO"),
        ("w x one nine o o o", "ask", "WX19OOO"),
    ],
)
def test_british_plates(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("code", NOW, "GB"))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("alpha one double zero zero one", "value", "A10001"),
        ("7 x y 1 2 3", "value", "7XY123"),
        ("a b c one two three", "value", "ABC123"),
        ("a b oh one two", "ask", "ABO12"),
        ("one oh oh a b", "ask", "1OOAB"),
        ("x x", "none", None),
        ("the number is 12345", "value", "12345"),
        ("clm a one two three", "ask", "A123"),
        ("poll dash a one two three", "ask", "A123"),
        ("it's a one two three", "value", "A123"),
        ("reg a one two three", "value", "A123"),
        ("plate is s a m 1 2 3", "value", "SAM123"),
        ("the end", "none", None),
        ("a b", "none", None),
    ],
)
def test_codes_of_no_pattern(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("code", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("a b one two three", "value", "AB123"),
        ("a b one two", "ask", None),
    ],
)
def test_codes_of_a_length(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("code", NOW, digits=5))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("code", NOW, pattern=r"[A-Z]{2}-\d{3}"))
    for value in reading.candidates or (reading.value,):
        assert value is None or (len(value) == 6 and value[2] == "-")


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("code", NOW))
