"""Years and figures among words, and figures that count as digits and are no number, such as a raised two."""

import pytest

from backend.language.en.figures import is_number, squeezed, years_in
from backend.language.en.number_words import in_figures


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("it's a two thousand nineteen", [2019]),
        ("to thousand nineteen", [2019]),
        ("two thousand and nineteen", [2019]),
        ("too thousand", [2000]),
        ("twenty oh seven or nineteen ninety", [2007, 1990]),
        ("twenty o seven", [2007]),
        ("a twenty twenty one and a 1998", [2021, 1998]),
        ("oh seven", [2007]),
        ("'07", [2007]),
        ("ninety eight", [1998]),
        ("ninety", [1990]),
        ("it is twenty", []),
        ("²", []),
        ("①", []),
    ],
)
def test_years_are_read_as_they_are_said(said: str, years: list[int]) -> None:
    assert [one.year for one in years_in(said.split())] == years


@pytest.mark.parametrize("figure", ["²", "①", "⁵"])
def test_raised_figures_are_no_number(figure: str) -> None:
    assert not is_number(figure)
    assert in_figures([figure]) == [figure]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("at five thirty", "at 5 30"),
        ("two hundred five", "205"),
        ("sixty one oh two", "61 0 2"),
        ("a hundred", "a hundred"),
        ("a car and a half", "a car and a half"),
        ("one hundred and five", "105"),
        ("zero six one five", "0 6 1 5"),
        ("0615", "0615"),
        ("", ""),
    ],
)
def test_words_are_written_as_a_recognizer_writes_them(said: str, written: str) -> None:
    assert " ".join(in_figures(said.split())) == written


def test_names_with_numbers_are_alike_however_they_are_written() -> None:
    assert squeezed("f two fifty".split()) == squeezed(["F-250"]) == "f250"
