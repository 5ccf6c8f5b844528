"""What English values sound like."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.asked import Asked, Kind
from backend.language.en.date import read_date
from backend.language.en.digits import read_digits
from backend.language.en.email import read_email
from backend.language.en.money import read_money
from backend.language.en.phone import read_phone
from backend.language.en.say_day import ordinal
from backend.language.en.time import read_time
from backend.language.named import language_named

NOW = datetime(2026, 11, 21, 10, 15)
ENGLISH = language_named("en-US")


def say(kind: Kind, value: Any, region: str = "US") -> str:
    return ENGLISH.say(kind, value, Asked(kind, NOW, region))


@pytest.mark.parametrize(
    ("kind", "value", "american", "british"),
    [
        ("date", "2026-11-18", "Wednesday, November 18th", "Wednesday the 18th of November"),
        ("date", "2025-12-25", "Thursday, December 25th, 2025", "Thursday the 25th of December 2025"),
        ("date", "soon", "soon", "soon"),
        ("time", "17:30", "5:30 in the afternoon", "5:30 in the afternoon"),
        ("time", "09:00", "9 o'clock in the morning", "9 o'clock in the morning"),
        ("time", "00:15", "12:15 at night", "12:15 at night"),
        ("time", "19:05", "7:05 in the evening", "7:05 in the evening"),
        ("time", "23:00", "11 o'clock at night", "11 o'clock at night"),
        ("time", "12:00", "noon", "noon"),
        ("time", "00:00", "midnight", "midnight"),
        ("time", "late", "late", "late"),
        ("digits", "4821", "four eight two one", "four eight two one"),
        ("code", "POL-A10001", "P O L, A one zero zero zero one", "P O L, A one zero zero zero one"),
        ("postal_code", "SW1A 2AA", "S W one A, two A A", "S W one A, two A A"),
        ("postal_code", "60601-0042", "six zero six zero one, zero zero four two", None),
        ("phone", "+13125550142", "three one two, five five five, zero one four two", None),
        ("phone", "+447700900765", None, "zero seven seven zero zero, nine zero zero, seven six five"),
        ("phone", "+447700900765", "plus four four, seven seven zero zero, nine zero zero, seven six five", None),
        ("phone", "+4915112345678", "four nine one five one one two three four five six seven eight", None),
        ("email", "john.smith_9@gmail.com", "john dot smith underscore 9 at gmail dot com", None),
        ("money", {"amount": 1500, "currency": "USD"}, "1,500 dollars", "1,500 dollars"),
        ("money", {"amount": 5.5, "currency": "GBP"}, "5 pounds and 50 pence", "5 pounds and 50 pence"),
        ("money", {"amount": 0.99, "currency": "USD"}, "99 cents", "99 cents"),
        ("money", {"amount": 1, "currency": "CHF"}, "1 CHF", "1 CHF"),
        ("money", "lots", "lots", "lots"),
        ("yes_no", True, "yes", "yes"),
        ("yes_no", False, "no", "no"),
        ("integer", 7, "7", "7"),
        ("person", {"who": "caller"}, "you", "you"),
        ("person", {"who": "nobody"}, "nobody", "nobody"),
        ("person", {"who": "other", "name": "Luis", "relationship": "child"}, "Luis, your child", None),
        ("person", {"who": "other", "relationship": "other"}, "somebody else", None),
        ("person", "Luis", "Luis", None),
        ("address", {"street": "5 Main Street", "zipcode": "60601"}, "5 Main Street, 6 0 6 0 1", None),
        ("address", {"city": "Chicago", "state": "IL"}, "Chicago, IL", None),
        ("address", "here", "here", None),
        ("address", {"street": "At the Mall, Oak Street", "city": "Dallas"}, "the Mall, Oak Street, Dallas", None),
        ("group", {"year": 2019, "make": "Honda", "color": None}, "2019 Honda", None),
        ("group", "it", "it", None),
    ],
)
def test_sayings(kind: Kind, value: Any, american: str | None, british: str | None) -> None:
    assert american is None or say(kind, value) == american
    assert british is None or say(kind, value, "GB") == british


def test_ordinals() -> None:
    assert [ordinal(day) for day in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st".split()
    )


@given(st.integers(min_value=0, max_value=700), st.sampled_from(["US", "GB"]))
def test_a_day_is_read_as_it_is_said(back: int, region: str) -> None:
    day = (date(2026, 11, 21) - timedelta(days=back)).isoformat()
    reading = read_date(say("date", day, region), Asked("date", NOW, region, past=True))
    assert reading.value == day


@given(st.integers(min_value=0, max_value=24 * 60 - 1), st.sampled_from(["US", "GB"]))
def test_a_time_is_read_as_it_is_said(minute: int, region: str) -> None:
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    reading = read_time(say("time", clock, region), Asked("time", NOW, region))
    assert (reading.outcome, reading.value) == ("value", clock)


@given(st.from_regex(r"\A[0-9]{4}\Z"))
def test_digits_are_read_as_they_are_said(digits: str) -> None:
    assert read_digits(say("digits", digits), Asked("digits", NOW, digits=4)).value == digits


@given(st.from_regex(r"\A\+1[2-9][0-9]{2}[2-9][0-9]{6}\Z"))
def test_phone_numbers_are_read_as_they_are_said(number: str) -> None:
    assert read_phone(say("phone", number), Asked("phone", NOW)).value == number


@given(st.integers(min_value=1, max_value=10**7))
def test_money_is_read_as_it_is_said(cents: int) -> None:
    value = {"amount": cents / 100 if cents % 100 else cents // 100, "currency": "USD"}
    assert read_money(say("money", value), Asked("money", NOW)).value == value


def test_an_address_of_mail_is_read_as_it_is_said() -> None:
    assert read_email(say("email", "d_brown-7@mail.example.com"), Asked("email", NOW)).value == (
        "d_brown-7@mail.example.com"
    )
