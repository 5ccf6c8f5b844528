"""Answers to the fields of the shipped form: a reading that leaves contrary words unexplained asks."""

from dataclasses import replace
from typing import Any

import pytest
from fnol_form import FORM, NOON
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.subject import Subject
from backend.forms.about import About
from backend.forms.reading import read
from backend.forms.saying import clause
from backend.forms.spotting import companions, spot

ASK = "asks"
PARKED = "nobody (parked)"
HOLDER = Subject("1", "Pat Holder", {})
CIVIC = {"year": 2019, "make": "Honda", "model": "Civic"}
ABOUT = About(FORM, NOON, HOLDER, {"vehicle": (CIVIC,)})


def answer(field: str, words: object, about: About = ABOUT) -> Any:
    """What a form keeps of an answer, or that it asks."""
    reading = read(FORM.field(field), words, about)
    return reading.value if reading.outcome == "value" else ASK


HURT = [
    ("nobody got hurt", False), ("no", False), ("no one was injured at all", False), ("we are all fine", False),
    ("no injuries", False), ("not hurt no", False), ("yes everybody is okay", ASK), ("no i'm fine", False),
    ("nobody was hurt but my back is sore", True), ("no one except my daughter, her arm is broken", True),
    ("i am okay but my husband is bleeding", True), ("not hurt badly", ASK), ("yes", True),
    ("she is fine now, she is in the hospital", True), ("nobody besides me", True), ("my head aches", True),
    ("everybody but the driver is fine", True), ("i don't know", ASK), ("i think nobody was hurt", ASK), ("blue", ASK),
    ("good evening", ASK), ("i am in a safe place", ASK),
]  # fmt: skip


@pytest.mark.parametrize(("words", "hurt"), HURT)
def test_hurt(words: str, hurt: object) -> None:
    found = answer("injuries", words)
    assert (found["injured"] if isinstance(found, dict) else found) == hurt


@given(
    st.sampled_from(["nobody was hurt", "no", "we are fine", "no injuries"]),
    st.sampled_from([" but ", ", though ", ", except that ", "; and "]),
    st.sampled_from(
        ["my knee is bleeding", "my neck is sore", "her wrist hurts", "he has a concussion", "i am in pain"]
    ),
)
def test_no_denial_hides_somebody_who_is_hurt(denial: str, joint: str, hurt: str) -> None:
    assert answer("injuries", denial + joint + hurt)["injured"] is True
    in_the_end = answer("injuries", f"{hurt}{joint}{denial}")  # may be of another day, or of somebody who is well
    assert in_the_end == ASK or in_the_end["injured"] is True


DRIVES = [
    ("yes", True), ("yes it drives", True), ("no damage it drives fine", True), ("it runs", True), ("no", False),
    ("no it isn't", False), ("no it had to be towed", False), ("it won't start", False), ("it can't be driven", False),
    ("it is not safe to drive", False), ("totaled", False), ("not a problem, it runs well", True),
    ("it is, the lights still work", True), ("it isn't, the glass is gone", False), ("it can", True),
    ("it is but it was towed", ASK),
    ("it drives but it was towed", ASK), ("maybe", ASK), ("i don't know", ASK), ("yes but no", ASK), ("red", ASK),
]  # fmt: skip


@pytest.mark.parametrize(("words", "drives"), DRIVES)
def test_drivable(words: str, drives: object) -> None:
    assert answer("vehicle_drivable", words) == drives


COUNTS = [
    ("two", 2), ("three cars", 3), ("a van and my truck", 2), ("me and two others", 3),
    ("nobody else", 1), ("only mine", 1), ("there were two cars in total", 2), ("my car and a tree", 1), ("both", 2),
    ("mine, a bus and a taxi", 3), (4, 4), ("a couple", ASK), ("to cars were involved", ASK),
    ("one second", ASK), ("two, no, three cars", 3), ("green", ASK), (0, ASK), (99, ASK),
    ("two cars or three cars", ASK), ("two of us", 2), ("him and me", 2), ("just mine", 1), ("only ours", 1),
    ("just one other car", 2), ("two other cars", 3), ("just us", 1),
    ("only ours, the lamp post doesn't count", 1), ("her and the truck", 2),
    ("only one car, mine", 1), ("me and the other guy", 2), ("she and i", ASK),
    ("only mine, the tree isn't a car", 1),
    ("them and us", 2),
    ("it was just me, it wasn't a truck it was a tree", 1),
]  # fmt: skip


@pytest.mark.parametrize(("words", "count"), COUNTS)
def test_counts(words: object, count: object) -> None:
    assert answer("vehicles_involved", words) == count


DRIVERS = [
    ("i was driving", "Pat Holder"), ("me", "Pat Holder"), ("it was me", "Pat Holder"),
    ("pat holder that is me", "Pat Holder"), ("myself", "Pat Holder"),
    ("me there was nobody else", "Pat Holder"), ("i was taking my wife to work", "Pat Holder"), ("self", "Pat Holder"),
    ("my dad's car but i drove it", "Pat Holder"), ("nobody the car was parked", PARKED), ("no one", PARKED),
    ("my daughter lea was driving, i was at home", "Lea"), ("it was my husband bob, not me", "Bob"),
    ("tom baker", "Tom Baker"), ("tom baker was driving", "Tom Baker"), ("my wife", ASK), ("not me", ASK),
    ("i wasn't driving my son was", ASK), ("my brother or my sister", ASK), ("me or my wife", ASK),
    ("i am not sure", ASK), ("me with my wife laura and my son ben in the car", "Pat Holder"),
    ("me, my sister nora was next to me", "Pat Holder"), ("i was, tyler is only twelve", "Pat Holder"),
    ("sofia garcia, my daughter", "Sofia Garcia"), ("tom williams my brother", "Tom Williams"),
    ("my wife laura and i was beside her", "Laura"), ("my wife laura drove and i was beside her", "Laura"),
    ("who else, me", "Pat Holder"), ("me and my wife", ASK), ("my wife and my son", ASK),
    ("my wife laura with our kids", "Laura"), ("my son ben drove with my daughter ada beside him", "Ben"),
    ("i was driving no my son was driving", ASK), ("i was driving no my son", ASK), ("my friend dave was", "Dave"),
    ("the driver was my uncle bob", "Bob"), ("driven by my cousin lee", "Lee"), ("it wasn't me it was tom baker", ASK),
    ("not my wife, me", "Pat Holder"), ("i wasn't driving tom baker was", "Tom Baker"), ("just me", "Pat Holder"),
    ("it was my daughter lea jones, i was at work", "Lea Jones"), ("that was my son", ASK),
    ("with my wife", ASK), ("i drove my mom to the doctor", "Pat Holder"), ("my mother-in-law rosa drove", "Rosa"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "driver"), DRIVERS)
def test_drivers(words: str, driver: object) -> None:
    assert answer("driver_name", words) == driver


def test_a_driver_whose_name_does_not_come_is_taken_as_what_they_are() -> None:
    assert answer("driver_name", "my wife", replace(ABOUT, insisted=True)) == "the caller's spouse (not named)"
    assert answer("driver_name", "my uncle", replace(ABOUT, insisted=True)) == "the caller's uncle (not named)"


def test_somebody_without_a_name_is_read_back_by_the_word_of_the_caller() -> None:
    values = {"driver_name": "the caller's uncle (not named)", "driver_relationship": "other"}
    assert clause(FORM.field("driver_name"), values, ABOUT) == "your uncle was driving"
    assert clause(FORM.field("driver_relationship"), values, ABOUT) == ""


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("no", 0), ("nobody", 0), ("i was alone", 0), ("no kids just my wife", 1), ("my wife and my son", 2),
        ("two friends", 2), ("nobody but my wife", 1), ("yes", ASK), ([], 0), ("she was by herself", 0),
        ("our son max had just gotten out, so nobody", ASK), ("nobody else just my wife", 1),
        ("he was on his own", 0), ("nadie", 0), ("mi esposa", 1),
        ("the weather is nice", ASK), ("my wife laura my son ben and me", 2),
    ],
)  # fmt: skip
def test_passengers(words: object, people: object) -> None:
    found = answer("passengers", words)
    assert (len(found) if isinstance(found, list) else found) == people


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("my wife laura and my son ben", [("Laura", "spouse"), ("Ben", "child")]),
        ("laura and ben my wife and my son", [("Laura", "spouse"), ("Ben", "child")]),
        ("tyler my grandson", [("Tyler", "other")]), ("just my sister nora", [("Nora", "sibling")]),
        ("yes laura and ben", [("Laura", ""), ("Ben", "")]), ("my friend", [("", "friend")]),
        (
            "my wife ana my two boys and the neighbor's kid",
            [("Ana", "spouse"), ("", "child"), ("", "child"), ("", "")],
        ),
        ("two people my wife and my son", [("", "spouse"), ("", "child")]), ("bob and my dog", [("Bob", "")]),
        ("my mother-in-law and the twins", [("", "other"), ("", ""), ("", "")]), ("only my little dog", []),
        ("a couple of friends", [("", ""), ("", "")]), ("my sister and her kids", [("", "sibling"), ("her kids", "")]),
        ("his girlfriend kim was with him", [("Kim", "spouse")]), ("my wife her name is ida", [("Ida", "spouse")]),
        ("no kids only my uncle bob", [("Bob", "other")]),
    ],
)  # fmt: skip
def test_passengers_keep_their_names(words: str, people: list[tuple[str, str]]) -> None:
    found = answer("passengers", words)
    assert isinstance(found, list)
    assert [(one["name"], one["relationship"]) for one in found] == people


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("me with my wife laura and my son ben in the car", ["Laura", "Ben"]), ("me", []),
        ("me, my sister nora was next to me", ["Nora"]), ("i was taking my mother to work", [""]),
        ("my wife drove", []), ("i was driving behind my sister", []), ("me, on the phone with my wife", []),
        ("i was driving to my brother", []), ("i was picking up my son", []), ("i drove my mom home", [""]),
        ("my daughter lea was driving, i was at home", []),
    ],
)  # fmt: skip
def test_who_was_beside_the_driver(words: str, names: list[str]) -> None:
    assert [one["name"] for one in companions(words, ABOUT)] == names


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("yes", "Civic"), ("yes it was", "Civic"), ("that's right", "Civic"), ("the honda", "Civic"), ("no", ASK),
        ("it was", "Civic"), ("it is", "Civic"), ("the civic", "Civic"), ("yes my honda", "Civic"),
        ("yes that's my only car", "Civic"), ("that's the one", "Civic"), ("the twenty nineteen", "Civic"),
        ("my civic as i said", "Civic"), ("it wasn't", ASK), ("no it was not", ASK), ("not the civic", ASK),
        ("my wife's honda", ASK), ("the honda or the ford", ASK), ("the ford", ASK), ("a rental", ASK),
        ("yes but a rental", ASK), ("the accord", ASK), ("the first one", ASK), ("yes it wasn't", ASK),
        ("yes no", ASK), ("no my wife's car", ASK), ("a 2012 ford focus", "Focus"), ("no a 2012 ford focus", "Focus"),
        ("a two thousand nineteen hundred civic", "Civic"),
    ],
)  # fmt: skip
def test_the_offered_car_is_taken_where_nothing_speaks_against_it(words: str, model: str) -> None:
    found = answer("vehicle", words)
    assert (found["model"] if isinstance(found, dict) else found) == model


TWO = replace(
    ABOUT,
    known={
        "vehicle": (
            {"year": 2019, "make": "Mazda", "model": "Three"},
            {"year": 2021, "make": "Ford", "model": "Escape"},
        )
    },
)


@pytest.mark.parametrize(
    ("words", "make"),
    [
        ("the first one", "Mazda"), ("the second", "Ford"), ("the last one", "Ford"), ("the ford", "Ford"),
        ("my escape", "Ford"), ("the newer one", "Ford"), ("the older car", "Mazda"), ("the mazda three", "Mazda"),
        ("the twenty twenty one", "Ford"), ("it was the mazda", "Mazda"), ("yes", ASK), ("it was", ASK),
        ("both", ASK), ("the third one", ASK), ("the mazda and the ford", ASK), ("not the ford", ASK),
        ("the first or the second", ASK), ("neither", ASK), ("the old mazda of my son", ASK),
    ],
)  # fmt: skip
def test_one_of_two_insured_cars(words: str, make: str) -> None:
    found = answer("vehicle", words, TWO)
    assert (found["make"] if isinstance(found, dict) else found) == make


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("around five thirty", ASK), ("at nine", ASK), ("five thirty in the afternoon", "17:30"), ("9 am", "09:00"),
        ("noon", "12:00"), ("17:30", "17:30"), ("09:00", "09:00"), ("this morning at nine", "09:00"),
    ],
)  # fmt: skip
def test_an_hour_without_its_half_of_the_day_is_asked_about(words: str, time: str) -> None:
    assert answer("loss_time", words) == time


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("hello i need to report a car accident", False), ("i want to file a claim please", False), ("hi", False),
        ("somebody hit my car in the parking lot", True), ("i slid on ice into a fence", True),
        ("my husband backed into a pole", True), ("i hit a deer", True), ("i had a crash yesterday", False),
    ],
)  # fmt: skip
def test_which_first_words_tell_what_happened(words: str, told: bool) -> None:
    assert ABOUT.tells(words) is told


@pytest.mark.parametrize(
    ("words", "parked"),
    [
        ("someone hit my parked car", True), ("my car was parked outside", True), ("i hit a parked car", False),
        ("a parked truck rolled into me", False), ("it was parked in my driveway", True),
    ],
)  # fmt: skip
def test_whose_car_was_parked(words: str, parked: bool) -> None:
    assert (spot(FORM.field("driver_name"), words, ABOUT).value == PARKED) is parked


def test_a_story_is_said_back_to_the_one_who_told_it() -> None:
    said = ABOUT.language.account.second_person
    assert said("i was stopped and he hit me, my car spun") == "you were stopped and he hit you, your car spun"
    assert said("We lost our mirror.") == "you lost your mirror"


@pytest.mark.parametrize(
    ("words", "street", "city"),
    [
        ("delancey street new york", "Delancey Street", "New York"),
        ("5th avenue in albany new york", "5th Avenue", "Albany"),
        ("wacker drive chicago", "Wacker Drive", "Chicago"),
        ("i swerved for a dog and hit the rail i was driving with my son in it", ASK, ASK),
        ("i was stopped on walnut street in philadelphia and then he hit me", "Walnut Street", "Philadelphia"),
        ("in front of my house", ASK, ASK), ("on oak street in it", ASK, ASK),
    ],
)  # fmt: skip
def test_a_place_is_no_story(words: str, street: str, city: str) -> None:
    found = answer("loss_location", words)
    assert (found["street"], found["city"]) == (street, city) if isinstance(found, dict) else found == street


@pytest.mark.parametrize("words", ["no", "no idea", "i don't want to say that", "i have to go"])
def test_a_no_and_a_refusal_count_no_cars(words: str) -> None:
    assert answer("vehicles_involved", words) == ASK


@pytest.mark.parametrize(
    "words", ["liberty is withstanding ithaca", "the voting is withstanding it", "no bird was at it"]
)
def test_a_misheard_sentence_is_no_driver_however_often_it_is_said(words: str) -> None:
    assert answer("driver_name", words, replace(ABOUT, insisted=True)) == ASK


def test_a_refusal_with_a_word_of_agreement_in_it_is_a_no() -> None:
    assert answer("vehicle_drivable", "absolutely not") is False
    assert answer("injuries", "absolutely not")["injured"] is False


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("loss_date", "wednesday i believe yes wednesday"),
        ("vehicles_involved", "only mine and it can't be driven any more"),
    ],
)
def test_one_measured_thing_that_is_said_for_the_third_time_is_taken_to_be_read_back(name: str, words: str) -> None:
    assert answer(name, words) == ASK
    assert answer(name, words, replace(ABOUT, insisted=True)) not in (ASK, None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("loss_date", "wednesday or thursday"), ("loss_date", "the fifteenth or sixteenth"),
        ("loss_time", "six thirty"), ("injuries", "i don't think so"),
    ],
)  # fmt: skip
def test_what_may_be_two_things_or_says_only_yes_or_no_is_not(name: str, words: str) -> None:
    assert answer(name, words, replace(ABOUT, insisted=True)) == ASK
