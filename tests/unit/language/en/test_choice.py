"""One of a few choices, by the words for it or by its name."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Choice
from backend.language.en.choice import read_choice

NOW = datetime(2026, 11, 21, 12, 0)
ASKED = Asked("choice", NOW, choices=(Choice("spouse", ("wife", "husband")), Choice("other", ("cousin",))))


HALVES = (
    Choice("morning", ("morning", "mornings")),
    Choice("afternoon", ("afternoon",)),
    Choice("any", ("either", "both", "doesn't matter"), offered=False),
)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("morning or afternoon doesn't matter", "any"),
        ("either morning or afternoon", "any"),
        ("mornings and afternoon both are fine", "any"),
        ("either", "any"),
        ("morning or afternoon", None),
        ("the morning doesn't matter to me i want the afternoon", None),
        ("morning or afternoon doesn't matter but better the morning", None),
    ],
)
def test_all_that_is_offered_in_one_breath_is_what_stands_for_all(said: str, value: str | None) -> None:
    reading = read_choice(said, Asked("choice", NOW, choices=HALVES))
    assert (reading.value if reading.outcome == "value" else None) == value


def test_an_answer_without_its_it_asks_nothing() -> None:
    kin = (Choice("spouse", ("wife",)), Choice("sibling", ("brother",)))
    assert read_choice("is my wife brother", Asked("choice", NOW, choices=kin)).outcome == "ask"


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
