"""Who would like to begin anew, and who only speaks of starting."""

import pytest

from backend.language.en.starting_over import starts_over


@pytest.mark.parametrize(
    "text",
    [
        "can we start over please i messed that up", "i want to start over", "let's start again from the beginning",
        "sorry i got that all wrong can we start over", "start over", "could you go back to the start please",
        "i'm confused can we do this over", "no wait let's begin again", "can i start from scratch",
    ],
)  # fmt: skip
def test_who_wants_to_begin_anew(text: str) -> None:
    assert starts_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "the car won't start", "i started over the bridge", "it was at the start of the street", "start with the date",
        "he started it again", "i went over the curb again", "clark street in chicago", "go ahead",
        "it's the beginning of october", "no start over at clark street in chicago",
    ],
)  # fmt: skip
def test_who_does_not(text: str) -> None:
    assert not starts_over(text)
