"""Numbers of cases, made by a form's pattern."""

from datetime import UTC, datetime

import pytest

from backend.domain.case_number import NumberPattern, is_later_form, number_given_ahead
from backend.errors import ConfigError

NOW = datetime(2026, 3, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "start", "length"),
    [
        ("CLA-{year}-{random:6}", "CLA-2026-", 15),
        ("OUT{month}{day}-{random:4}", "OUT0307-", 12),
        ("{random:8}", "", 8),
        ("2-{random:24}-{year}", "2-", 31),
    ],
)
def test_a_number_is_made_by_its_pattern(pattern: str, start: str, length: int) -> None:
    numbers = NumberPattern(pattern)
    number = numbers.new(NOW)
    assert number.startswith(start)
    assert len(number) == length
    assert numbers.fits(number)
    assert numbers.fits(number_given_ahead(number))
    assert numbers.new(NOW) != number


def test_a_number_holds_no_letters_that_are_confused() -> None:
    numbers = NumberPattern("{random:20}")
    assert not set("".join(numbers.new(NOW) for _ in range(100))) & set("B8G5S2Z01IOLQ")


@pytest.mark.parametrize("number", ["CLA-2026-KT4RW", "CLA-2026-KT4RWXXX", "cla-2026-KT4RWX", "OUT-2026-KT4RWX", ""])
def test_another_number_does_not_fit(number: str) -> None:
    assert not NumberPattern("CLA-{year}-{random:6}").fits(number)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("CLA-{year}", "needs one"),
        ("CLA-{random:3}", "needs one"),
        ("{random:4}-{random:4}", "needs one"),
        ("cla-{random:6}", "is no pattern"),
        ("CLA-{week}-{random:6}", "is no pattern"),
        ("CLA {random:6}", "is no pattern"),
        ("CLAIMS-{year}-{random:20}", "more than 31"),
        ("", "needs one"),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        NumberPattern(pattern)


def test_a_number_given_ahead_is_known_again() -> None:
    number = NumberPattern("CLA-{year}-{random:6}").new(NOW)
    assert is_later_form(number_given_ahead(number), number)
    assert not is_later_form(number, number)
