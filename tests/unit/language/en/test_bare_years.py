"""Years that only their place tells."""

import pytest

from backend.language.en.bare_years import bare_years


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("| | nineteen", [2019]),
        ("a fourteen | |", [2014]),
        ("| twenty three", [2023]),
        ("| twenty", [2020]),
        ("| 17", [2017]),
        ("| twenty eight", []),  # to come
        ("| twenty first", []),
        ("| fourteen miles", []),
        ("nineteen", []),
        ("bought a fourteen |", []),
        ("| 9", []),
        ("| 47", []),
        ("eleven | twelve", []),  # two of them
        ("| the year is two zero two two", [2022]),
        ("| the year is two oh one eight", [2018]),
        ("| the year is nine zero two two", []),
        ("| the year is not two zero two", []),
        ("| it is two zero two two", []),
    ],
)
def test_two_figures_beside_a_name_and_four_behind_the_word(words: str, years: list[int]) -> None:
    assert [one.year for one in bare_years(words.split(), 2026)] == years
