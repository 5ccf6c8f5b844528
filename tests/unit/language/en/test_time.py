"""English times of day as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.time import read_time
from tests.unit.language.en.words_of_answers import WORDS

SATURDAY = datetime(2026, 11, 21, 10, 15)
ASKED = Asked("time", SATURDAY, past=True)


@pytest.mark.parametrize(
    ("words", "expected", "value"),
    [
        ("nine in the morning no wait ten", "value", "10:00"),
        ("nine in the morning", "value", "09:00"),
        ("nine thirty a.m.", "value", "09:30"),
        ("21:30", "value", "21:30"),
        ("at 9 PM.", "value", "21:00"),
        ("5 p.m.", "value", "17:00"),
        ("3 P M", "value", "15:00"),
        ("half past six in the evening", "value", "18:30"),
        ("quarter to five in the afternoon", "value", "16:45"),
        ("quarter of five p m", "value", "16:45"),
        ("ten to eleven at night", "value", "22:50"),
        ("five to six pm", "value", "17:55"),
        ("twenty five past six in the evening", "value", "18:25"),
        ("twenty-five to seven am", "value", "06:35"),
        ("a quarter past nine pm", "value", "21:15"),
        ("noon", "value", "12:00"),
        ("midnight", "value", "00:00"),
        ("twelve thirty am", "value", "00:30"),
        ("twelve at night", "value", "00:00"),
        ("12:45 at night", "value", "00:45"),
        ("twelve noon", "value", "12:00"),
        ("twelve o'clock midnight", "value", "00:00"),
        ("half past noon", "value", "12:30"),
        ("quarter past midnight", "value", "00:15"),
        ("quarter to midnight", "value", "23:45"),
        ("around noon", "value", "12:00"),
        ("noonish", "value", "12:00"),
        ("nineish in the morning", "value", "09:00"),
        ("4ish pm", "value", "16:00"),
        ("oh nine hundred", "value", "09:00"),
        ("zero seven thirty", "value", "07:30"),
        ("0730 hours", "value", "07:30"),
        ("1630 hours", "value", "16:30"),
        ("16:30 in the afternoon", "value", "16:30"),
        ("sixteen thirty", "value", "16:30"),
        ("eighteen hundred hours", "value", "18:00"),
        ("at fifteen hours thirty", "value", "15:30"),
        ("seventeen hours and twenty minutes", "value", "17:20"),
        ("at sixteen hours", "value", "16:00"),
        ("it took fifteen hours", "none", None),
        ("at eighteen hundred", "value", "18:00"),
        ("twenty two fifteen", "value", "22:15"),
        ("815 am", "value", "08:15"),
        ("8 20 am", "value", "08:20"),
        ("8.15 in the morning", "value", "08:15"),
        ("this morning at nine", "value", "09:00"),
        ("last night at eleven", "value", "23:00"),
        ("tonight around eight", "value", "20:00"),
        ("yesterday evening around seven", "value", "19:00"),
        ("in the morning around eight thirty", "value", "08:30"),
        ("early in the morning like five", "value", "05:00"),
        ("three in the afternoon", "value", "15:00"),
        ("three in the morning", "value", "03:00"),
        ("three at night", "value", "03:00"),
        ("eleven in the evening", "value", "23:00"),
        ("three and half in afternoon", "value", "15:30"),
        ("three and a half in the afternoon", "value", "15:30"),
        ("at four and quarter pm", "value", "16:15"),
        ("at three pm half an hour after work", "value", "15:00"),
        ("i was half asleep at three pm", "value", "15:00"),
        ("at three pm and half the street was blocked", "value", "15:00"),
        ("an hour ago", "value", "09:15"),
        ("half an hour ago", "value", "09:45"),
        ("two hours ago", "value", "08:15"),
        ("an hour and a half ago", "value", "08:45"),
        ("ten minutes ago", "value", "10:05"),
        ("three hours and twenty minutes ago", "value", "06:55"),
        ("just now", "value", "10:15"),
        ("nine no ten in the morning", "value", "10:00"),
        ("it wasn't nine in the morning it was ten in the morning", "value", "10:00"),
        ("around nine in the morning or so", "value", "09:00"),
        ("shortly after nine in the morning", "value", "09:00"),
        ("good morning it was at nine pm", "value", "21:00"),
        ("on the third at 5 pm", "value", "17:00"),
        ("8 pm on november 3rd 2026", "value", "20:00"),
        ("two cars at five pm", "value", "17:00"),
        ("on route five at ten a m", "value", "10:00"),
        ("eleven twenty five pm", "value", "23:25"),
        ("one oh five pm", "value", "13:05"),
        ("five thirty no five forty pm", "value", "17:40"),
        ("07:15 in the evening", "value", "19:15"),
        ("just before noon", "value", "12:00"),
        ("a little past two in the afternoon", "value", "14:00"),
        ("thirteen hundred", "value", "13:00"),
        ("0815", "value", "08:15"),
        ("1530", "value", "15:30"),
        ("at lunch around twelve thirty", "value", "12:30"),
        ("when i got off work around five thirty p m", "value", "17:30"),
        ("rush hour around five pm", "value", "17:00"),
        ("an hour or so ago", "value", "09:15"),
        ("maybe tuesday at nine pm", "value", "21:00"),
    ],
)
def test_a_time_of_day(words: str, expected: str, value: object) -> None:
    reading = read_time(words, ASKED)
    assert (reading.outcome, reading.value) == (expected, value)


@pytest.mark.parametrize(
    ("words", "expected", "candidates"),
    [
        ("nine", "ask", ["09:00", "21:00"]),
        ("at nine", "ask", ["09:00", "21:00"]),
        ("9", "ask", ["09:00", "21:00"]),
        ("nine thirty", "ask", ["09:30", "21:30"]),
        ("nine o'clock", "ask", ["09:00", "21:00"]),
        ("half six", "ask", ["06:30", "18:30", "05:30", "17:30"]),
        ("half six in the evening", "ask", ["18:30", "17:30"]),
        ("quarter less five pm", "ask", ["17:00"]),
        ("quarter for five in the afternoon", "ask", ["17:00"]),
        ("at three in afternoon and half", "ask", ["15:00"]),
        ("at three half pm", "ask", ["15:00"]),
        ("four and half", "ask", ["04:30", "16:30"]),
        ("around four and a half", "ask", ["04:30", "16:30"]),
        ("i said ten", "ask", ["10:00", "22:00"]),
        ("five to six", "ask", ["05:55", "17:55"]),
        ("from five to six", "ask", ["05:00", "17:00", "06:00", "18:00"]),
        ("between five and six in the evening", "ask", ["17:00", "18:00"]),
        ("five or six pm", "ask", ["17:00", "18:00"]),
        ("five or six", "ask", ["05:00", "17:00", "06:00", "18:00"]),
        ("4 to 5 pm", "ask", ["16:00", "17:00"]),
        ("twelve", "ask", ["12:00", "00:00"]),
        ("twelve thirty", "ask", ["12:30", "00:30"]),
        ("five at night", "ask", []),
        ("ten in the afternoon", "ask", []),
        ("noon a m", "ask", []),
        ("16:30 in the morning", "ask", []),
        ("a couple of hours ago", "ask", ["08:15"]),
        ("a few hours ago", "ask", []),
        ("nine in the morning no", "ask", ["09:00"]),
        ("maybe nine in the morning", "ask", ["09:00"]),
        ("i think around nine in the morning", "ask", ["09:00"]),
        ("i don't know around nine am", "ask", ["09:00"]),
        ("before nine", "ask", ["09:00", "21:00"]),
        ("after nine pm", "ask", ["21:00"]),
        ("some time after nine in the morning", "ask", ["09:00"]),
        ("until noon", "ask", ["12:00"]),
        ("late at night", "ask", []),
        ("in the morning", "ask", []),
        ("rush hour", "ask", []),
        ("around lunch", "ask", []),
        ("after dinner", "ask", []),
        ("dawn", "ask", []),
        ("is it okay if i say nine in the morning", "ask", ["09:00"]),
        ("an hour or two ago", "ask", ["09:15"]),
        ("i was doing fifty at about five pm", "ask", ["17:00"]),
        ("nine am nine pm", "ask", ["09:00", "21:00"]),
        ("not nine in the morning", "ask", []),
        ("7 in the evening or 8 in the evening", "ask", ["19:00", "20:00"]),
    ],
)
def test_a_time_in_doubt_is_asked(words: str, expected: str, candidates: object) -> None:
    reading = read_time(words, ASKED)
    assert (reading.outcome, list(reading.candidates)) == (expected, candidates)
    assert reading.why


@pytest.mark.parametrize(
    "words",
    [
        "", "good morning", "i am not sure", "two seconds please", "at the corner of fifth and main", "two days ago",
        "it took five minutes", "ten to", "25:00", "3:75", "nine hundred", "quarter past", "late",
    ],
)  # fmt: skip
def test_no_time_was_named(words: str) -> None:
    assert read_time(words, ASKED).outcome == "none"


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("half six in the morning", "value", "06:30"),
        ("half eight", "ask", "08:30"),
        ("half seven at night", "value", "19:30"),
        ("five and half of evening", "value", "17:30"),
        ("four and forty of afternoon", "value", "16:40"),
        ("at the five of afternoon", "value", "17:00"),
        ("seven less ten of the morning", "value", "06:50"),
        ("ten past nine at night", "value", "21:10"),
        ("half twelve in the afternoon", "value", "12:30"),
        ("half past five pm", "value", "17:30"),
    ],
)
def test_british_halves_are_past_the_hour(words: str, outcome: str, value: str) -> None:
    reading = read_time(words, Asked("time", SATURDAY, "GB", past=True))
    assert (reading.outcome, reading.value) == (outcome, value)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(["US", "GB"]))
def test_every_value_is_a_time(words: str, region: str) -> None:
    reading = read_time(words, Asked("time", SATURDAY, region))
    for value in reading.candidates or (reading.value,):
        assert value is None or datetime.strptime(value, "%H:%M")


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    read_time(words, ASKED)


@given(st.sampled_from(["nine", "half past ten", "4:30", "twelve", "five forty five"]))
def test_an_open_half_of_the_day_is_never_taken(hour: str) -> None:
    reading = read_time(f"at {hour}", ASKED)
    assert reading.outcome == "ask"
    assert len(reading.candidates) == 2
