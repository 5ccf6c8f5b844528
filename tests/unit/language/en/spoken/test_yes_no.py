"""A yes or a no that is nothing but the verb of the question."""

import pytest

from backend.language.en.spoken.yes_no import read_verb


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("it does", True), ("it can", True), ("they were", True), ("i was", True), ("the car does", True),
        ("it still does", True), ("there were", True), ("yes it can", True), ("that's not", False),
        ("it cannot", False), ("no it doesn't", False), ("it does not", False), ("they aren't", False),
        ("we haven't", False), ("there wasn't", False), ("it's not any more", False), ("no it does", None),
        ("yes it doesn't", None), ("it is red", None), ("i was driving", None), ("is it", None), ("it", None),
    ],
)  # fmt: skip
def test_the_verb_alone_is_an_answer(text: str, answer: bool | None) -> None:
    assert read_verb(text) is answer
