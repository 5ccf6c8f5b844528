"""Which closing questions a yes answers."""

import pytest

from backend.engine.turn.questions import closing_question, yes_or_no


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Your claim is filed. Is there anything else?", "Is there anything else?"),
        ("Is that right? Take your time.", ""),
        ("It is sunny.", ""),
        ("What is your name?", "What is your name?"),
        ("", ""),
    ],
)
def test_closing_question(text: str, question: str) -> None:
    assert closing_question(text) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is that correct?", True),
        ("And is everybody safe?", True),
        ("Can the car be driven?", True),
        ("Shall I send it to this phone?", True),
        ("The car is a blue Honda, right?", True),
        ("That was today, correct?", True),
        ("What is your zip code?", False),
        ("Which car was it?", False),
        ("Was it the Honda or the Toyota?", False),
        ("Who was driving?", False),
        ("", False),
    ],
)
def test_yes_or_no(question: str, expected: bool) -> None:
    assert yes_or_no(question) is expected
