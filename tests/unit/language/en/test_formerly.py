"""What something used to be, before what it is now."""

import pytest

from backend.language.en.formerly import read_as_it_is_now
from backend.language.reading import Reading, doubtful, sure


def read(text: str) -> Reading:
    return sure(text, (text,)) if text.startswith("w") else doubtful("none", text)


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("it used to be vera now it's wanda", "wanda"),
        ("i had another one but it's wanda these days", "wanda"),
        ("my old number is gone, the new one is wanda", "wanda"),
        ("we used to have vera but now i use wanda now", "wanda"),
        ("what it used to be", "what it used to be"),
        ("w it used to be vera now it's xena", "w it used to be vera now it's xena"),
    ],
)
def test_what_it_is_now_is_read(words: str, now: str) -> None:
    reading = read_as_it_is_now(words, read)
    assert reading.value == now
    assert all(part.strip(", ") in words for part in reading.against)
