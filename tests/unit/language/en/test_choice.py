"""One of a few choices, by the words for it or by its name."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Choice
from backend.language.en.choice import read_choice

NOW = datetime(2026, 11, 21, 12, 0)
ASKED = Asked("choice", NOW, choices=(Choice("spouse", ("wife", "husband")), Choice("other", ("cousin",))))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("my wife", "spouse"),
        ("other", "other"),
        ("somebody other", "other"),
        ("oh and the other car was blue", None),
        ("the other driver was rude to me", None),
    ],
)
def test_other_is_the_name_of_a_choice_in_a_short_answer_only(said: str, value: str | None) -> None:
    assert read_choice(said, ASKED).value == value
