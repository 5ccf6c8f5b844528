"""Whether a Spanish caller has finished."""

import pytest

from backend.engine.listening.endpointing import expectation, thought


@pytest.mark.parametrize(
    ("words", "expects", "state"),
    [
        ("iba por la avenida colfax y", None, "unfinished"),
        ("me pegó un carro que", None, "unfinished"),
        ("fue en la esquina de", None, "unfinished"),
        ("mi hijo tuvo un accidente", None, "complete"),
        ("sí", None, "complete"),
        ("ochenta doscientos", "zip:5", "complete"),
        ("ocho cero dos", "zip:5", "unfinished"),
        ("ochenta doscientos dos", "zip:5", "complete"),
        ("once ochenta", "last4:4", "complete"),
        ("uno uno ocho", "last4:4", "unfinished"),
    ],
)
def test_the_last_words_tell(words: str, expects: str | None, state: str) -> None:
    assert thought(words, expectation(expects)) == state
