"""Which names, as they were heard, are near enough."""

import pytest

from backend.language.en.alike_names import same_person


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("jon smyth", True),
        ("Jon Smith", True),
        ("johns mitt", True),
        ("smith john", True),
        ("john michael smith", True),
        ("johnsmith", True),
        ("john", False),
        ("smith", False),
        ("karen miller", False),
        ("james smith", False),
        ("anna smith", False),
        ("john jones", False),
        ("jane smith", False),
        ("joan smart", False),
        ("jean smits", False),
        ("peter nobody", False),
        ("", False),
    ],
)
def test_a_misheard_name_is_near_enough_and_another_or_half_a_one_is_not(said: str, alike: bool) -> None:
    assert same_person(said, "John Smith") is alike


@pytest.mark.parametrize(
    ("said", "name", "alike"),
    [
        ("caring miller", "Karen Miller", True),
        ("lynda garcia", "Linda Garcia", True),
        ("lyndon garcia", "Linda Garcia", True),
        ("jane williams", "James Williams", False),
        ("carl miller", "Karen Miller", False),
        ("susan miller", "Karen Miller", False),
    ],
)
def test_who_lives_beside_somebody_is_not_them(said: str, name: str, alike: bool) -> None:
    assert same_person(said, name) is alike


def test_accents_make_no_difference_and_other_alphabets_are_compared() -> None:
    assert same_person("jose garcia", "José García")
    assert same_person("Иван Петров", "Иван Петров")
    assert not same_person("王 小", "李 小")
