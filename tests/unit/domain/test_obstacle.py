"""What keeps a caller from being verified, in their own words."""

import pytest

from backend.domain.spoken.standing import obstacle


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("i do not know my wife's social security number", "does_not_know"),
        ("i don't have mom's numbers with me", "does_not_know"),
        ("i don't know that number", "does_not_know"),
        ("i am her husband", "not_the_holder"),
        ("i won't tell you my number", "refuses"),
        ("four eight two one", ""),
        ("my wife's car is a kia", ""),
    ],
)
def test_an_obstacle_is_told_from_an_answer(words: str, what: str) -> None:
    assert obstacle(words) == what
