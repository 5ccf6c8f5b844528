"""Figures that count as digits and are no number, such as a raised two: readers read past them and do not fail."""

import pytest

from backend.language.en.spoken.numbers import is_only_a_year, read_number, read_year


@pytest.mark.parametrize("figure", ["²", "①", "⁵"])
def test_they_are_no_number(figure: str) -> None:
    assert read_number(figure) is None
    assert read_year(figure) is None
    assert not is_only_a_year(figure)


def test_figures_of_other_scripts_are() -> None:
    assert read_number("١٢") == 12
