"""Contractions undone, and British words put into American."""

import pytest

from backend.language.en.canonical import canonical


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("My mum's collapsed!", "my mom is collapsed"), ("we can't get out", "we can not get out"),
        ("They won't, I'd say", "they will not i had say"), ("petrol's leaking", "gas is leaking"),
        ("she isn't moving", "she is not moving"), ("o'clock", "o'clock"),
    ],
)  # fmt: skip
def test_words_are_put_into_one_spelling(text: str, plain: str) -> None:
    assert canonical(text) == plain
