"""What a store says may be told beside a place is no part of it, and a place that is called like a car stays one."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.told_beside import without_told_beside

CARS = ("Honda", "Civic", "Lincoln", "Aspen", "Town and Country", "Santa Fe", "truck", "pickup", "red", "carro", "rojo")
ASKED = Asked("address", datetime(2026, 11, 21, 12), told_with=CARS)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Main Street and Fifth Avenue in Chicago. A 2019 Honda Civic", "Main Street and Fifth Avenue in Chicago. "),
        ("a red pickup truck, on Pine Street, in Dallas", "on Pine Street, in Dallas"),
        ("my 2019 Honda.", ""),
        ("calle Roble, en Dallas, un carro rojo", "calle Roble, en Dallas, "),
        ("Lincoln and Aspen", "Lincoln and Aspen"),
        ("Town and Country", "Town and Country"),
        ("Aspen, Colorado", "Aspen, Colorado"),
        ("Cerrillos Road, Santa Fe", "Cerrillos Road, Santa Fe"),
        ("the Santa Fe, Main Street", "the Santa Fe, Main Street"),
        ("12 Santa Fe, Denver", "12 Santa Fe, Denver"),
        ("Main Street, in a Santa Fe", "Main Street, in a Santa Fe"),
        ("Main Street, my Santa Fe", "Main Street, "),
        ("Lincoln", "Lincoln"),
        ("12, Oak Street", "12, Oak Street"),
        ("", ""),
    ],
)
def test_a_piece_that_holds_nothing_else_is_left_out(said: str, left: str) -> None:
    assert without_told_beside(said, ASKED) == left


def test_nothing_is_left_out_where_the_store_says_nothing() -> None:
    assert without_told_beside("a red truck", Asked("address", ASKED.now)) == "a red truck"
