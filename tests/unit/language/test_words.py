"""Words of an answer."""

import pytest

from backend.language.words import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s 5:30, O'Brien.", ["it's", "5:30", ",", "o'brien", "."]),
        ("yesterday… at 8.15", ["yesterday", "...", "at", "8.15"]),
        ("11/12/2026 and $1,500", ["11/12/2026", "and", "$", "1,500"]),
        ("on the 3rd at 10am", ["on", "the", "3rd", "at", "10am"]),
        ("98101-0042 POL-F70318", ["98101-0042", "pol", "-", "f70318"]),
        ("¿Cuándo? el miércoles", ["¿", "cuándo", "?", "el", "miércoles"]),
        ("٣ نوفمبر", ["3", "نوفمبر"]),
        ("ＡＢ１２", ["ab12"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words_are_lower_case_with_their_marks_apart(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_short_forms_are_written_out() -> None:
    assert words_of("it wasn’t", {"wasn't": "was not"}) == ["it", "was", "not"]
