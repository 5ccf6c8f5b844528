"""Which words name a day by its night."""

import pytest

from backend.language.named import language_named

NIGHTS = [
    ("en-US", "last night", True), ("en-US", "i think saturday night", True), ("en-GB", "The night of the storm", True),
    ("en-US", "yesterday", False), ("en-US", "monday at one in the morning", False),
    ("en-US", "on a night shift", False),
    ("es-MX", "anoche", True), ("es-US", "el sábado en la noche", True), ("es-MX", "ayer a la una", False),
    ("es-MX", "el lunes en la madrugada", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "night"), NIGHTS)
def test_names_a_night(language: str, words: str, night: bool) -> None:
    assert language_named(language).account.names_a_night(words) is night
