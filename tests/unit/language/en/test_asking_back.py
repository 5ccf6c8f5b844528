"""A question that comes back is no answer, and an answer that begins like one stays one."""

import pytest

from backend.language.en.asking_back import asks_back


@pytest.mark.parametrize(
    "said",
    [
        "is it still drivable", "well can it be driven", "was the car my civic", "was anyone hurt",
        "who was driving",
        "um what time was that", "how many cars were there", "why is that important", "what do you mean drivable",
        "what does that mean", "the purpose of it you mean", "who's that", "were there any passengers",
        "do you mean me",
        "should i say that", "sorry which one is it", "okay and will my premium go up if i do this",
        "does the other guy pay for that", "can my wife hear this",
        "how long until the adjuster comes", "and how long till i get paid", "how soon before it's fixed",
    ],
)  # fmt: skip
def test_questions(said: str) -> None:
    assert asks_back(said)


@pytest.mark.parametrize(
    "said",
    [
        "", "it is", "yes is it not", "no was it yesterday", "who was driving was my son",
        "what happened is a deer came",
        "was my son", "was the civic", "i was", "where main street meets oak avenue", "when i was on my way home",
        "when the light was green i was hit and he was gone", "nobody was hurt", "have a honda civic", "the ford",
        "can not be driven", "is drivable", "how it was i was driving home", "will smith", "may jones",
        "was my wife", "did my son", "will my son yes he drove",
    ],
)  # fmt: skip
def test_answers(said: str) -> None:
    assert not asks_back(said)
