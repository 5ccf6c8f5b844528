"""What people type becomes words that every place takes."""

import pytest

from backend.domain.storable import written_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  hello\n there\t", "hello there"),
        ("\x1b]0;owned\x07 hi \x9b2J", "]0;owned hi 2J"),
        ("\x7f\x85", ""),
        ("José 👩‍👩‍👧 می‌خواهم", "José 👩‍👩‍👧 می‌خواهم"),
    ],
)
def test_no_control_character_is_a_word(typed: str, words: str) -> None:
    assert written_words(typed) == words
