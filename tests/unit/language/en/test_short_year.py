"""Days of birth whose year is told in two figures."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.en.date import read_date
from backend.language.en.short_year import with_century


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("june second eighty four", "1984-06-02"),
        ("the second of june eighty four", "1984-06-02"),
        ("six two eighty four", "1984-06-02"),
        ("oh six oh two eighty four", "1984-06-02"),
        ("oh six oh two nineteen eighty four", "1984-06-02"),
        ("june 2 84", "1984-06-02"),
        ("june 2nd '84 please", "1984-06-02"),
        ("january thirtieth oh one", "2001-01-30"),
        ("june second nineteen eighty four", "1984-06-02"),
        ("march thirtieth two thousand one", "2001-03-30"),
        ("march thirty one", None),
        ("june second", None),
    ],
)
def test_the_year_of_a_birth_is_told_in_two_figures(words: str, day: str | None) -> None:
    asked = Asked("date", datetime(2026, 11, 21, 12), past=True, born=True)
    reading = read_date(words, asked)
    sure = reading.value if reading.outcome == "value" else None
    assert sure == day or (day is None and sure is not None and sure.startswith("2026"))


def test_a_year_in_full_and_a_day_alone_stay() -> None:
    assert with_century("march fourth nineteen eighty") == "march fourth nineteen eighty"
    assert with_century("the twenty first") == "the twenty first"
