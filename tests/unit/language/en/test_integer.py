"""Whole numbers, years and counts as callers say them."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.language.asked import Asked, Choice
from backend.language.en.integer import read_integer
from tests.unit.language.en.words_of_answers import WORDS

NOW = datetime(2026, 11, 21, 10, 15)
NOUNS = "truck trucks van vans suv suvs pickup pickups bus buses motorcycle trailer taxi semi".split()
CARS = (
    Choice(1, ("car", "cars")),
    *(Choice(1, (noun,)) for noun in NOUNS),
    Choice(None, ("mine", "my car", "me", "us", "ours")),
)
CHAIRS = (Choice(1, ("chair", "chairs")), Choice(1, ("stool", "stools")))


def read(words: str, asked: Asked) -> tuple[str, object]:
    reading = read_integer(words, asked)
    assert bool(reading.why) == (reading.outcome == "ask")
    return reading.outcome, list(reading.candidates) if reading.outcome == "ask" else reading.value


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("two", "value", 2),
        ("two cars", "value", 2),
        ("a truck and my car", "value", 2),
        ("mine and three more", "value", 4),
        ("it was only me", "value", 1),
        ("there was no other car", "value", 1),
        ("another car and mine", "value", 2),
        ("us and the bus", "value", 2),
        ("me and the big bus", "value", 2),
        ("the bus and us", "value", 2),
        ("the bus and the truck and me", "value", 3),
        ("mine and the truck", "value", 2),
        ("the bus hit us", "ask", [2, 1]),
        ("it was only us", "value", 1),
        ("we was two cars", "value", 2),
        ("we were two cars", "value", 2),
        ("we are two car", "value", 2),
        ("we're three cars", "value", 3),
        ("just hers", "ask", [1, 2]),
        ("only his", "ask", [1, 2]),
        ("hers and mine", "value", 2),
        ("we hit two cars", "ask", [3, 2]),
        ("four altogether", "value", 4),
        ("i ran into a tree nobody else was involved", "value", 1),
        ("two maybe three", "ask", [2, 3]),
        ("one second", "none", None),
        ("three cars", "value", 3),
        ("3", "value", 3),
        ("just two", "value", 2),
        ("just the one", "value", 1),
        ("just mine", "value", 1),
        ("just me", "value", 1),
        ("only one", "value", 1),
        ("one", "value", 1),
        ("me and the other driver", "value", 2),
        ("me and another guy", "value", 2),
        ("the other guy and me", "value", 2),
        ("me and two trucks", "value", 3),
        ("two cars and a truck", "value", 3),
        ("three cars including mine", "value", 3),
        ("three including mine", "value", 3),
        ("two cars mine and a pickup", "value", 2),
        ("two cars hit my car", "ask", [3, 2]),
        ("three cars and me", "value", 4),
        ("two cars and mine still drives", "value", 2),
        ("two cars but mine won't start", "value", 2),
        ("two cars and mine was hit twice", "value", 3),
        ("two other cars", "value", 3),
        ("one besides mine", "value", 2),
        ("mine plus two", "value", 3),
        ("me and two", "value", 3),
        ("i hit two parked cars", "ask", [3, 2]),
        ("my car and the truck", "value", 2),
        ("no cars but mine", "value", 1),
        ("two one of them mine", "ask", [2, 1]),
        ("two other cars and mine", "value", 3),
        ("one other car", "value", 2),
        ("one more", "value", 2),
        ("another one", "value", 2),
        ("a couple of cars", "ask", [2]),
        ("a few cars", "ask", []),
        ("several", "ask", []),
        ("three or four", "ask", [3, 4]),
        ("two or three cars", "ask", [2, 3]),
        ("two no three", "value", 3),
        ("two cars no wait three cars", "value", 3),
        ("not two three", "ask", []),
        ("not two", "ask", []),
        ("not zero", "ask", []),
        ("not mine", "ask", []),
        ("not a truck", "ask", []),
        ("not two or three", "ask", []),
        ("both cars", "value", 2),
        ("a truck", "ask", [2]),
        ("a truck hit me", "value", 2),
        ("i hit a parked car", "value", 2),
        ("i hit a van and a truck", "value", 3),
        ("a car and a motorcycle", "value", 2),
        ("a big red truck and a van", "value", 2),
        ("it was a three car pileup", "value", 3),
        ("four of us", "value", 4),
        ("the two of us", "value", 2),
        ("there were five cars in total", "value", 5),
        ("a total of five", "value", 5),
        ("at least three", "ask", [3]),
        ("more than two", "ask", [2]),
        ("about five", "ask", [5]),
        ("nobody else", "value", 1),
        ("no one", "none", None),
        ("none", "value", 1),
        ("zero", "ask", [0]),
        ("no", "none", None),
        ("i don't know", "none", None),
        ("how many what", "none", None),
        ("my car my wife's car and a bus", "value", 3),
        ("mine and theirs", "value", 2),
        ("my truck and a semi", "value", 2),
        ("me a bus and two cars", "value", 4),
        ("i think two", "ask", [2]),
        ("two i think", "ask", [2]),
        ("mine and somebody else's", "ask", [1]),
        ("two vehicles", "value", 2),
        ("there were two cars behind me and one in front", "ask", [4, 3]),
        ("one car one truck", "value", 2),
        ("eleven", "value", 11),
        ("twenty two", "value", 22),
        ("a dozen cars", "value", 12),
        ("two of them", "value", 2),
        ("just me and a deer", "ask", [1]),
        ("a silver bus a van and the fire truck that was hit too and me", "value", 4),
        ("me the van and the patrol car that got struck", "value", 3),
        ("mine and a patrol car", "ask", [1]),
        ("mine and a tow truck", "ask", [1]),
        ("we were the back one of four", "value", 4),
        ("i was the front car of three", "value", 3),
        ("i was in the middle of five cars", "value", 5),
        ("i hit the last one of three", "ask", [1, 3]),
        ("three cars and a woman walking by", "value", 3),
        ("me and the man who was crossing the street", "value", 1),
        ("two cars and a man on a bike", "ask", [2]),
        ("mine and a bakery van", "value", 2),
        ("the linen truck and my car", "value", 2),
        ("me and the postal truck", "value", 2),
        ("a guy in a van hit my door so just my car", "ask", [2]),
        ("a truck scratched it, so only mine", "ask", [2]),
        ("a truck and just my car", "value", 2),
        ("a truck hit me nobody else", "value", 2),
        ("me and whoever that was", "ask", []),
        ("mine and i don't know who else", "ask", []),
        ("me and a cyclist", "ask", [1]),
        ("i was alone", "value", 1),
        ("single car accident", "value", 1),
        ("two cars and two trucks", "value", 4),
    ],
)
def test_what_is_counted_with_the_caller_s_own(words: str, outcome: str, value: object) -> None:
    assert read(words, Asked("integer", NOW, choices=CARS)) == (outcome, value)


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("i hit a pole that's it", "value", 1),
        ("we only clipped a big pole and that's all", "value", 1),
        ("it was me and a pole", "value", 1),
        ("me and a pole and a truck", "ask", [2]),
        ("me and a bicycle", "ask", [1]),
        ("i hit a lady that's it", "ask", [2, 3]),
    ],
)
def test_what_is_told_beside_counts_for_nothing(words: str, outcome: str, value: object) -> None:
    assert read(words, Asked("integer", NOW, choices=CARS, beside=("pole", "bicycle"))) == (outcome, value)


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("two chairs and a stool", "value", 3),
        ("a chair", "value", 1),
        ("zero chairs", "value", 0),
        ("three or four stools", "ask", [3, 4]),
        ("me and you", "none", None),
    ],
)
def test_what_is_counted_where_nothing_is_the_caller_s(words: str, outcome: str, value: object) -> None:
    assert read(words, Asked("integer", NOW, choices=CHAIRS)) == (outcome, value)


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("seven", "value", 7),
        ("about seven", "ask", [7]),
        ("7", "value", 7),
        ("twenty one", "value", 21),
        ("a couple", "ask", [2]),
        ("none", "value", 0),
        ("nobody", "value", 0),
        ("two or three", "ask", [2, 3]),
        ("two no three", "value", 3),
        ("one moment", "none", None),
        ("no one", "value", 0),
        ("a dozen", "value", 12),
        ("at least three", "ask", [3]),
        ("just a second", "none", None),
        ("we are four", "value", 4),
        ("three of us", "value", 3),
        ("not three", "ask", []),
        ("two three", "ask", [2, 3]),
        ("zero", "value", 0),
        ("1,200", "value", 1200),
        ("a hundred and five", "value", 105),
        ("hold on", "none", None),
        ("up to four", "ask", [4]),
        ("fewer than four", "ask", [4]),
        ("half a dozen", "value", 6),
        ("both", "value", 2),
        ("it's three children", "value", 3),
    ],
)
def test_a_number_by_itself(words: str, outcome: str, value: object) -> None:
    assert read(words, Asked("integer", NOW)) == (outcome, value)


@pytest.mark.parametrize(
    ("words", "outcome", "value"),
    [
        ("twenty nineteen", "value", 2019),
        ("2019", "value", 2019),
        ("nineteen ninety nine", "value", 1999),
        ("two thousand and six", "value", 2006),
        ("twenty nineteen or twenty twenty", "ask", [2019, 2020]),
        ("nineteen", "none", None),
        ("it's a 2015 no a 2016", "value", 2016),
    ],
)
def test_a_year(words: str, outcome: str, value: object) -> None:
    assert read(words, Asked("integer", NOW, digits=4)) == (outcome, value)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from([(), CARS, CHAIRS]))
@example("not zero", CARS)
def test_every_value_is_a_number(words: str, choices: tuple[Choice, ...]) -> None:
    reading = read_integer(words, Asked("integer", NOW, choices=choices))
    assert all(isinstance(value, int) and value >= 0 for value in reading.candidates)
    assert reading.value is None or isinstance(reading.value, int)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(words: str) -> None:
    read_integer(words, Asked("integer", NOW, choices=CARS))
