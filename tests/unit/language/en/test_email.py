"""E-mail addresses as callers say them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked
from backend.language.en.email import read_email
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
READER = read_email


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("karen dot miller at yahoo dot com", "value", "karen.miller@yahoo.com"),
        ("o double t at yahoo dot com", "value", "ott@yahoo.com"),
        ("s c o double t at yahoo dot com", "value", "scott@yahoo.com"),
        ("j o e two oh two at yahoo dot com", "value", "joe202@yahoo.com"),
        ("double o seven at yahoo dot com", "value", "007@yahoo.com"),
        ("d underscore brown at example dot com", "value", "d_brown@example.com"),
        ("k e v i n nine at gmail dot com", "value", "kevin9@gmail.com"),
        ("Susan.T@example.org.", "value", "susan.t@example.org"),
        ("bob dash lee at example dot co", "value", "bob-lee@example.co"),
        ("claims dot davis at outlook dot com in small letters", "value", "claims.davis@outlook.com"),
        ("robert at yahoo", "ask", "robert@yahoo.com"),
        ("i haven't got one", "none", None),
        ("my email is john smith at gmail dot com", "value", "johnsmith@gmail.com"),
        ("it's j smith eighty five at hotmail dot com", "value", "jsmith85@hotmail.com"),
        ("jsmith1985@gmail.com", "value", "jsmith1985@gmail.com"),
        ("you can reach me at john at gmail dot com", "value", "john@gmail.com"),
        ("kevin that's k e v i n at gmail dot com", "value", "kevin@gmail.com"),
        ("kevin k e v i n at gmail dot com", "value", "kevin@gmail.com"),
        ("john at g mail dot com", "value", "john@gmail.com"),
        ("a o l user at a o l dot com", "value", "aoluser@aol.com"),
        ("mary at big company dot co dot uk", "value", "mary@bigcompany.co.uk"),
        ("mary at example dot com no mary at example dot org", "value", "mary@example.org"),
        ("mary at example dot com no wait dot org", "ask", "mary@example.com"),
        ("maybe mary at example dot com", "ask", "mary@example.com"),
        ("john dot smith gmail dot com", "ask", None),
        ("at gmail dot com", "ask", None),
        ("i was at home", "none", None),
        ("double l at x dot com", "value", "ll@x.com"),
        ("b as in boy o b at example dot com", "value", "bob@example.com"),
        ("john underscore underscore smith at mail dot example dot com", "value", "john__smith@mail.example.com"),
        ("all lowercase john plus work at gmail dot com", "value", "john+work@gmail.com"),
        ("john at example dot com and my phone is 5", "value", "john@example.com"),
        ("info at my hyphen shop dot net", "value", "info@my-shop.net"),
        ("john doe the third at gmail dot com", "ask", "third@gmail.com"),
        ("no", "none", None),
        ("j dot r dot smith twenty two at icloud dot com", "value", "j.r.smith22@icloud.com"),
        ("Mary.O'Neil@example.com", "ask", None),
        ("two b or not two b at example dot com", "ask", None),
        ("sam at comcast dot net please", "value", "sam@comcast.net"),
        ("why do you need it", "none", None),
        ("lisa at example dot c o m", "value", "lisa@example.com"),
        ("anna 99 at web dot de", "value", "anna99@web.de"),
        ("pat at example com", "none", None),
    ],
)
def test_addresses(words: str, outcome: str, value: object) -> None:
    reading = READER(words, Asked("email", NOW))
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_value_is_always_of_its_form(words: str) -> None:
    reading = READER(words, Asked("email", NOW))
    for value in reading.candidates or (reading.value,):
        assert value is None or (value.count("@") == 1 and "." in value.split("@")[1])


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    READER(words, Asked("email", NOW))
