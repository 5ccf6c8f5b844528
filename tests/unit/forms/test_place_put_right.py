"""A street and a city in words that put something right, or tell a story."""

from dataclasses import replace
from typing import Any

import pytest
from fnol_form import ABOUT, FORM

from backend.forms.about import About
from backend.forms.reading import read
from backend.forms.spotting import spot

STRANGER = replace(ABOUT, subject=None, known={})


def spotted(field: str, words: str) -> Any:
    """The value that words hold of a field that was not asked for."""
    return spot(FORM.field(field), words, STRANGER).value


def driver(words: str, about: About = STRANGER) -> Any:
    """Who drove."""
    return read(FORM.field("driver_name"), words, about).value


@pytest.mark.parametrize(
    ("words", "street"),
    [
        ("colfax avenue in denver colorado", "Colfax Avenue"),
        ("no beacon street in boston", "Beacon Street"),
        ("it was woodward avenue in detroit", "Woodward Avenue"),
        ("the street is palm avenue and the city is miami", "Palm Avenue"),
        ("the street was elm street in dallas", "Elm Street"),
        ("at the corner of main street and fifth avenue in chicago illinois", "Main Street and 5th Avenue"),
        ("a truck on oak street in houston texas hit me", "Oak Street"),
    ],
)
def test_a_street_is_found_also_where_nothing_stands_before_it(words: str, street: str) -> None:
    found = spotted("loss_location", words)
    assert found is not None
    assert found["street"] == street


@pytest.mark.parametrize(
    "words",
    [
        "yes that is right",
        "they closed main street in dallas texas",
        "i was driving down main street in chicago",
        "the street in dallas",
        "my street in boston",
    ],
)
def test_what_names_no_street_of_its_own_is_no_place(words: str) -> None:
    assert spotted("loss_location", words) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yes of course only the day is wrong it was the seventeenth", "2026-11-17"),
        ("it was on the 17th", "2026-11-17"),
        ("at the corner of the seventeenth street in dallas", None),
        ("the second car hit me", None),
    ],
)
def test_a_day_is_found_without_its_month(words: str, day: str | None) -> None:
    assert spotted("loss_date", words) == day


@pytest.mark.parametrize("words", ["me with my wife laura and my son ben in the car", "i with my kids"])
def test_who_drove_with_somebody_drove(words: str) -> None:
    assert driver(words, replace(STRANGER, caller="Ann Lee")) == "Ann Lee"


@pytest.mark.parametrize("words", ["sofia garcia, my daughter", "my daughter sofia garcia", "Sofia Garcia my daughter"])
def test_a_name_may_come_before_what_its_owner_is(words: str) -> None:
    assert driver(words) == "Sofia Garcia"
