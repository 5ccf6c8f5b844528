"""Answers that tell two things at once: of another's and of the caller's own, in one language and in the other."""

from typing import Any

import pytest
from fnol_form import ABOUT, FORM, NOON, STORE

from backend.forms.about import About
from backend.forms.form import Form
from backend.forms.reading import read
from backend.forms.spotting import spot

SPANISH = About(Form(STORE.forms["fnol"], "es-US"), NOON)


def reads(name: str, words: str, about: About = ABOUT) -> Any:
    """What the form takes; ``"ask"`` where it asks again."""
    reading = read(FORM.field(name), words, about)
    return reading.value if reading.outcome == "value" else reading.outcome


@pytest.mark.parametrize(
    ("words", "drives"),
    [
        ("hers had to be towed but mine still drives", True),
        ("his is totaled but mine drives", True),
        ("his drives fine but mine had to be towed", False),
        ("hers had to be towed", "ask"),
    ],
)
def test_a_yes_or_no_of_the_own_thing_stands_beside_anothers(words: str, drives: Any) -> None:
    assert reads("vehicle_drivable", words) == drives


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("she was late for work, i was just getting groceries", "ask"),
        ("he was on a delivery, i was at the gym", "ask"),
        ("she was going to school", "personal"),
        ("i was at work and then i went to the store", "work"),
        ("coming home from the bar", "personal"),
        ("going home from work", "commuting"),
    ],
)
def test_what_two_people_did_is_asked_about(words: str, purpose: str) -> None:
    assert reads("trip_purpose", words) == purpose


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("i had an accident with the van from work", False),
        ("somebody hit the truck from work", False),
        ("i was driving home from work and hit a pole", True),
        ("i was coming from work", True),
    ],
)
def test_a_thing_that_is_from_work_tells_no_way_home(words: str, told: bool) -> None:
    assert (spot(FORM.field("trip_purpose"), words, ABOUT).outcome == "value") is told


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("she had two kids with her, i was by myself", 0),
        ("he had his wife with him and i was alone", 0),
        ("she had my two kids with her", 2),
        ("i had my two kids with me", 2),
    ],
)
def test_whom_somebody_else_had_along_was_not_with_the_caller(words: str, people: int) -> None:
    assert len(reads("passengers", words)) == people


@pytest.mark.parametrize(
    ("words", "about", "count"),
    [
        ("me and the guy who took off", ABOUT, 2),
        ("me and some lady that hit me", ABOUT, 2),
        ("my car and a rental", ABOUT, 2),
        ("two, la pickup y yo", SPANISH, 2),
        ("la pickup y yo", SPANISH, 2),
        ("three carros", SPANISH, 3),
    ],
)
def test_who_did_something_is_counted_and_so_is_a_number_of_the_other_language(
    words: str, about: About, count: int
) -> None:
    assert reads("vehicles_involved", words, about) == count


def test_an_hour_in_the_number_of_the_other_language() -> None:
    assert reads("loss_time", "como a las five de la tarde", SPANISH) == "17:00"


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("on avenida revolucion in tijuana in mexico", "Tijuana Mexico"),
        ("on main street in toronto in canada", "Toronto Canada"),
        ("state street in heavy rain in evanston", "Evanston"),
        ("on main street in paris in texas", "Paris"),
    ],
)
def test_a_country_behind_a_city_takes_it_not_away(words: str, city: str) -> None:
    assert reads("loss_location", words)["city"] == city


def test_a_motorcycle_has_its_make() -> None:
    bike = reads("vehicle", "it's my motorcycle a twenty eighteen harley davidson sportster")
    assert bike == {"year": 2018, "make": "Harley-Davidson", "model": "Sportster"}
