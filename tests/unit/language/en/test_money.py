"""Sums of money as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.money import read_money
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_money


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("one thousand dollars", "value", {"amount": 1000, "currency": "USD"}),
        ("thirty two hundred", "value", {"amount": 3200, "currency": "USD"}),
        ("$95.", "value", {"amount": 95, "currency": "USD"}),
        ("five or six hundred", "ask", {"amount": 500, "currency": "USD"}),
        ("nobody told me", "none", None),
        ("fifteen hundred bucks", "value", {"amount": 1500, "currency": "USD"}),
        ("$1,500", "value", {"amount": 1500, "currency": "USD"}),
        ("$1,500.50", "value", {"amount": 1500.5, "currency": "USD"}),
        ("1500", "value", {"amount": 1500, "currency": "USD"}),
        ("two and a half thousand", "value", {"amount": 2500, "currency": "USD"}),
        ("two hundred and a quarter", "value", {"amount": 225, "currency": "USD"}),
        ("three thousand and a quarter", "value", {"amount": 3250, "currency": "USD"}),
        ("four and a quarter thousand", "value", {"amount": 4250, "currency": "USD"}),
        ("he asked for 500 but i got him down to 380", "value", {"amount": 380, "currency": "USD"}),
        ("it started at 500 and we settled on three hundred dollars", "value", {"amount": 300, "currency": "USD"}),
        ("they wanted five hundred but i talked them down to four fifty", "ask", {"amount": 450, "currency": "USD"}),
        ("it was 500 but i got it to the shop", "value", {"amount": 500, "currency": "USD"}),
        ("three thousand and half", "value", {"amount": 3500, "currency": "USD"}),
        ("one point five thousand", "value", {"amount": 1500, "currency": "USD"}),
        ("5k", "value", {"amount": 5000, "currency": "USD"}),
        ("two grand", "value", {"amount": 2000, "currency": "USD"}),
        ("a thousand", "value", {"amount": 1000, "currency": "USD"}),
        ("a couple hundred", "ask", {"amount": 200, "currency": "USD"}),
        ("a few thousand", "ask", None),
        ("about two thousand dollars", "value", {"amount": 2000, "currency": "USD"}),
        ("around 500", "value", {"amount": 500, "currency": "USD"}),
        ("twelve fifty", "ask", {"amount": 1250, "currency": "USD"}),
        ("two fifty dollars", "ask", {"amount": 250, "currency": "USD"}),
        ("five dollars fifty", "value", {"amount": 5.5, "currency": "USD"}),
        ("five dollars and fifty cents", "value", {"amount": 5.5, "currency": "USD"}),
        ("ninety nine cents", "value", {"amount": 0.99, "currency": "USD"}),
        ("between five and six hundred", "ask", {"amount": 500, "currency": "USD"}),
        ("$500-600", "ask", {"amount": 500, "currency": "USD"}),
        ("over a thousand", "ask", {"amount": 1000, "currency": "USD"}),
        ("more than two hundred dollars", "ask", {"amount": 200, "currency": "USD"}),
        ("up to 500", "ask", {"amount": 500, "currency": "USD"}),
        ("at least a thousand", "ask", {"amount": 1000, "currency": "USD"}),
        ("five hundred no six hundred", "value", {"amount": 600, "currency": "USD"}),
        ("five hundred i think", "ask", {"amount": 500, "currency": "USD"}),
        ("five hundred and fifty dollars", "value", {"amount": 550, "currency": "USD"}),
        ("zero dollars", "value", {"amount": 0, "currency": "USD"}),
        ("nothing", "none", None),
        ("one five zero zero", "value", {"amount": 1500, "currency": "USD"}),
        ("ten percent", "none", None),
        ("two cars", "none", None),
        ("it cost me ninety dollars two years ago", "ask", {"amount": 90, "currency": "USD"}),
        ("ninety dollars for two hours", "ask", {"amount": 90, "currency": "USD"}),
        ("three hundred pounds", "value", {"amount": 300, "currency": "GBP"}),
        ("fifty euros", "value", {"amount": 50, "currency": "EUR"}),
        ("five hundred dollars deductible", "value", {"amount": 500, "currency": "USD"}),
        ("not five hundred", "ask", None),
        ("a hundred and twenty", "value", {"amount": 120, "currency": "USD"}),
        ("one twenty five", "ask", {"amount": 125, "currency": "USD"}),
        ("one hundred twenty five dollars and ninety nine cents", "value", {"amount": 125.99, "currency": "USD"}),
        ("twenty-five hundred", "value", {"amount": 2500, "currency": "USD"}),
        ("I paid $80 and then $20", "ask", {"amount": 80, "currency": "USD"}),
        ("one", "value", {"amount": 1, "currency": "USD"}),
        ("half a grand", "value", {"amount": 500, "currency": "USD"}),
        ("250 bucks", "value", {"amount": 250, "currency": "USD"}),
    ],
)
def test_american_sums(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("money", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("ninety quid", "value", {"amount": 90, "currency": "GBP"}),
        ("£250", "value", {"amount": 250, "currency": "GBP"}),
        ("two hundred", "value", {"amount": 200, "currency": "GBP"}),
        ("fifty pence", "value", {"amount": 0.5, "currency": "GBP"}),
        ("five pounds fifty", "value", {"amount": 5.5, "currency": "GBP"}),
        ("twelve pounds", "value", {"amount": 12, "currency": "GBP"}),
    ],
)
def test_british_sums(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("money", NOW, "GB"))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("money", NOW))
    for value in reading.candidates or (reading.value,):
        assert value is None or (value["amount"] >= 0 and len(value["currency"]) == 3)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("money", NOW))
