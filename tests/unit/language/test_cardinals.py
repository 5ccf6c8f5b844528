"""Numbers in words, by a language's tables."""

import pytest

from backend.language.cardinals import NumberWords, cardinal_at
from backend.language.en.number_words import number_at, ordinal_at, year_at

SPANISH = NumberWords(
    values={"uno": 1, "cinco": 5, "treinta": 30, "ciento": 100, "quinientos": 500},
    scales={"mil": 1000},
    joiners={"y"},
    joined={10},
    bare={"mil"},
)


@pytest.mark.parametrize(
    ("said", "value", "length"),
    [
        ("twenty two", 22, 2),
        ("a hundred", 100, 2),
        ("a car", None, 0),
        ("two hundred and one cars", 201, 4),
        ("thirty two hundred", 3200, 3),
        ("five thousand four hundred and twenty one", 5421, 7),
        ("a thousand and five", 1005, 4),
        ("two million", 2_000_000, 2),
        ("1,500 dollars", 1500, 1),
        ("5 thousand", 5000, 2),
        ("one hundred and more", 100, 2),
        ("one two", 1, 1),
        ("twenty and five", 20, 1),
        ("forty eight twenty one", 48, 2),
        ("zero zero", 0, 1),
        ("hundred", None, 0),
        ("thousand", None, 0),
        ("99999999999", None, 0),
    ],
)
def test_english_cardinals(said: str, value: int | None, length: int) -> None:
    assert number_at(said.split(), 0) == (None if value is None else (value, length))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("treinta y uno", 31),
        ("ciento cinco", 105),
        ("mil quinientos", 1500),
        ("cinco mil quinientos treinta y cinco", 5535),
        ("ciento y", 100),
    ],
)
def test_other_tables_make_other_numbers(said: str, value: int) -> None:
    found = cardinal_at(said.split(), 0, SPANISH)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("thirty first", 31),
        ("3rd", 3),
        ("twentieth", 20),
        ("twenty ninth", 29),
        ("forty second", None),
        ("1234th", None),
    ],
)
def test_ordinals_up_to_the_last_day_of_a_month(said: str, value: int | None) -> None:
    found = ordinal_at(said.split(), 0)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2026", 2026),
        ("1899", None),
        ("twenty twenty six", 2026),
        ("twenty oh five", 2005),
        ("nineteen eighty five", 1985),
        ("two thousand nineteen", 2019),
        ("two thousand and six", 2006),
        ("twenty", None),
        ("twenty five", None),
        ("twenty 26", None),
        ("five thousand", None),
    ],
)
def test_years(said: str, value: int | None) -> None:
    found = year_at(said.split(), 0)
    assert (found[0] if found else None) == value
