"""What a caller says of themselves in a story: a place in a row is no day, a cry no part of what is read back."""

import pytest

from backend.language.named import language_named
from tests.unit.language.en.asking import Ask

ENGLISH = language_named("en-US")


@pytest.mark.parametrize("words", ["i was the third", "we were third", "i'm the second", "mine was the fourth"])
def test_a_place_in_a_row_is_no_day(ask: Ask, words: str) -> None:
    assert ask("date", "When did it happen?", words).outcome != "value"


@pytest.mark.parametrize("words", ["the third", "it was the third", "on the third", "it happened on the third"])
def test_a_day_of_the_month_is_one(ask: Ask, words: str) -> None:
    assert ask("date", "When did it happen?", words).value == "2026-11-03"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("i wasn't looking and i hit a wall oh my god", "you weren't looking and you hit a wall"),
        ("he wasn't looking", "he wasn't looking"),
        ("my good friend hit me", "your good friend hit you"),
    ],
)
def test_a_story_is_read_back_in_good_english(told: str, read: str) -> None:
    assert ENGLISH.account.second_person(told) == read
