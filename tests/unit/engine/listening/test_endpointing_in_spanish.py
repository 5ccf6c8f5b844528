"""Whether a Spanish caller has finished."""

import pytest

from backend.engine.listening.endpointing import expectation, thought


@pytest.mark.parametrize(
    ("words", "digits", "state"),
    [
        ("iba por la avenida colfax y", 0, "unfinished"),
        ("me pegó un carro que", 0, "unfinished"),
        ("fue en la esquina de", 0, "unfinished"),
        ("mi hijo tuvo un accidente", 0, "complete"),
        ("sí", 0, "complete"),
        ("ochenta doscientos", 5, "complete"),
        ("ocho cero dos", 5, "unfinished"),
        ("ochenta doscientos dos", 5, "complete"),
        ("once ochenta", 4, "complete"),
        ("uno uno ocho", 4, "unfinished"),
    ],
)
def test_the_last_words_tell(words: str, digits: int, state: str) -> None:
    assert thought(words, expectation("digits" if digits else None, digits), "es-MX") == state
