"""Words of any language, as they are compared: lower case, without marks."""

import pytest

from backend.language.tokens import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It's 5:30, O'Brien-Smith.", ["it's", "5:30", "o'brien-smith"]),
        ("¿Señora Peña?", ["señora", "peña"]),
        ("I don’t know…", ["i", "don't", "know"]),
        ("Łódź, Ελλάδα!", ["łódź", "ελλάδα"]),
        ("n\u0303o", ["ño"]),
        (" - , ", []),
    ],
)
def test_marks_go_and_letters_of_every_alphabet_stay(text: str, found: list[str]) -> None:
    assert words(text) == found
