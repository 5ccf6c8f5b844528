"""What the stand-in and the emulated caller make of words, with readers of their own."""

from datetime import date

import pytest

from stand_in.hearing.answers import read_yes_no
from stand_in.hearing.days import coming_day, past_day
from stand_in.hearing.hours import read_time
from stand_in.hearing.names import read_name
from stand_in.hearing.numbers import read_digits, read_number
from stand_in.hearing.places import names_a_place
from stand_in.hearing.plain import in_figures
from stand_in.hearing.spanish import is_spanish

TODAY = date(2026, 11, 21)
"""A Saturday."""


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Twenty-one, at five thirty.", "21 at 5 30"),
        ("the twenty first", "the 21th"),
        ("the 3rd", "the 3th"),
        ("two thousand and nineteen", "2019"),
        ("a hundred and five", "105"),
        ("it's mine", "it's mine"),
    ],
)
def test_numbers_are_written_in_figures(said: str, written: str) -> None:
    assert in_figures(said) == written


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes please", True),
        ("that's correct", True),
        ("it is", True),
        ("all right", True),
        ("sí claro", True),
        ("no thanks", False),
        ("it doesn't", False),
        ("nobody was hurt", False),
        ("yes no wait", None),
        ("i'm not sure", None),
        ("it was on the right side of the road", None),
        ("", None),
    ],
)
def test_yes_and_no(said: str, answer: bool | None) -> None:
    assert read_yes_no(said) is answer


@pytest.mark.parametrize(
    ("said", "number"),
    [("there were three cars", 3), ("a couple", 2), ("none", 0), ("two thousand nineteen", 2019), ("a few", None)],
)
def test_counts(said: str, number: int | None) -> None:
    assert read_number(said) == number


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("six oh six oh one", "60601"),
        ("four eight to one", "4821"),
        ("double seven nine", "779"),
        ("the last four are 48 21", "4821"),
        ("i want to go for a walk", ""),
    ],
)
def test_digits(said: str, digits: str) -> None:
    assert read_digits(said) == digits


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("yesterday evening", "2026-11-20"),
        ("the day before yesterday", "2026-11-19"),
        ("this morning", "2026-11-21"),
        ("on wednesday", "2026-11-18"),
        ("last saturday", "2026-11-14"),
        ("saturday", "2026-11-21"),
        ("two weeks ago", "2026-11-07"),
        ("november third", "2026-11-03"),
        ("the third of december", "2025-12-03"),
        ("december third twenty twenty five", "2025-12-03"),
        ("on the thirtieth", "2026-10-30"),
        ("11/3", "2026-11-03"),
        ("2026-11-03", "2026-11-03"),
        ("2027-01-01", None),
        ("february thirtieth", None),
        ("it was raining", None),
        ("five of us and i was the third", None),
    ],
)
def test_a_day_that_was(said: str, day: str | None) -> None:
    found = past_day(said, TODAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("tomorrow", "2026-11-22"),
        ("the day after tomorrow", "2026-11-23"),
        ("next monday", "2026-11-23"),
        ("saturday", "2026-11-28"),
        ("november thirtieth", "2026-11-30"),
        ("january second", "2027-01-02"),
        ("the third please", "2026-12-03"),
        ("today", "2026-11-21"),
        ("whenever", None),
    ],
)
def test_a_day_to_come(said: str, day: str | None) -> None:
    found = coming_day(said, TODAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("at five thirty in the afternoon", "17:30"),
        ("this morning at nine", "09:00"),
        ("twenty to six in the evening", "17:40"),
        ("half past seven", "07:30"),
        ("quarter past seven am", "07:15"),
        ("10:15", "10:15"),
        ("5:30pm", "17:30"),
        ("nine o'clock at night", "21:00"),
        ("noon", "12:00"),
        ("around midnight", "00:00"),
        ("five oh five pm", "17:05"),
        ("at 5 main street", None),
        ("two cars", None),
    ],
)
def test_times(said: str, time: str | None) -> None:
    assert read_time(said) == time


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my name is john smith", "John Smith"),
        ("it's ana maria lópez please", "Ana Maria López"),
        ("i don't know", None),
        ("four eight", None),
    ],
)
def test_names(said: str, name: str | None) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("on main street in chicago", True),
        ("wacker drive chicago illinois", True),
        ("on the street in front of my house", False),
        ("in chicago", False),
    ],
)
def test_places(said: str, named: bool) -> None:
    assert names_a_place(said) is named


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        ("no", None),
        ("yes", False),
        ("sí", True),
        ("no me acuerdo, fue ayer", True),
        ("oh no, not me", False),
        ("", None),
    ],
)
def test_a_word_that_both_languages_have_tells_nothing(said: str, spanish: bool | None) -> None:
    assert is_spanish(said) is spanish
