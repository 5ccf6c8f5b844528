"""What is said of everybody in the end, and what of the others only."""

import pytest

from backend.language.en.after_all import is_of_everybody


@pytest.mark.parametrize("said", ["nobody got hurt here", "we're all fine", "there was nothing wrong with anybody"])
def test_it_is_of_everybody(said: str) -> None:
    assert is_of_everybody(said.split())


@pytest.mark.parametrize(
    "said", ["everyone else is fine", "the rest of us are okay", "she is fine", "they're fine though"]
)
def test_it_is_of_the_others_or_of_one(said: str) -> None:
    assert not is_of_everybody(said.split())
