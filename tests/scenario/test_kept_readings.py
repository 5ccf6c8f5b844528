"""What is read once is what would be read again."""

from datetime import datetime

import pytest
from kept_readings import kept_readings

from backend.language.asked import Asked, Choice
from backend.language.named import language_named
from backend.language.reading import Reading

_NOW = datetime(2026, 11, 28, 12)
_DAY = Asked("date", _NOW, past=True)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("yesterday", Asked("date", datetime(2026, 11, 20, 12), past=True)),  # another day is another yesterday
        ("yesterday", Asked("time", _NOW, past=True)),
        ("may fifth", Asked("date", _NOW, future=True)),
        ("may fifth", Asked("date", _NOW, region="GB", past=True)),
        ("the third", Asked("choice", _NOW, choices=(Choice("c", ("the third",)),))),
    ],
)
def test_another_question_has_its_own_reading(words: str, other: Asked) -> None:
    language = language_named("en-US")
    plain = [language.read(words, asked) for asked in (_DAY, other)]
    with kept_readings():
        kept = [language.read(words, asked) for asked in (_DAY, other, _DAY, other)]
    assert kept == [*plain, *plain]


def test_the_same_question_is_read_once() -> None:
    language = language_named("en-US")
    with kept_readings():
        first: Reading = language.read("yesterday", _DAY)
        assert language.read("yesterday", Asked("date", _NOW, past=True)) is first
    assert language.read("yesterday", _DAY) is not first
