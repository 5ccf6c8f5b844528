"""Yes and no in answers about facts: doubt is neither."""

import pytest

from backend.language.en.spoken.yes_no import read_yes_no


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", True), ("yes it is", True), ("yes the car is fine", True), ("of course", True), ("that's right", True),
        ("no", False), ("absolutely not", False), ("definitely not", False), ("certainly not", False),
        ("no it is not", False), ("not really", False), ("it isn't", False), ("no no no", False),
        ("yes no wait", None), ("yeah no", None), ("i don't know", None), ("no idea", None), ("the weather", None),
        ("yes but not the other one", None), ("hold on", None),
        ("it does", True), ("it can", True), ("they were", True), ("i was", True), ("the car does", True),
        ("it still does", True), ("there were", True), ("yes it can", True), ("that's not", False),
        ("it cannot", False), ("no it doesn't", False), ("it does not", False), ("they aren't", False),
        ("we haven't", False), ("there wasn't", False), ("it's not any more", False), ("no it does", None),
        ("yes it doesn't", None), ("it is red", None), ("i was driving", None), ("is it", None), ("it", None),
    ],
)  # fmt: skip
def test_a_yes_a_no_and_neither(text: str, answer: bool | None) -> None:
    assert read_yes_no(text) is answer
