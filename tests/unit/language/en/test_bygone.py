"""What is over, usual, feared or seen, and what goes on all the same."""

import pytest

from backend.language.en.bygone import is_bygone


@pytest.mark.parametrize(
    "said",
    [
        "it caught fire last month", "my son got locked in the car last summer", "took all of my pills as usual",
        "i saw on the news that a car went into the river", "the film had a car hanging off a bridge",
        "i thought i could smell gas", "we nearly hit a child", "is smoke damage covered",
        "he lost his eye in nineteen ninety eight", "she swallowed a battery years ago",
        "i took my pills with my dinner", "there's smoke coming out of my ears", "that's how he lost his eye",
    ],
)  # fmt: skip
def test_a_clause_of_what_is_no_need_now_is_known(said: str) -> None:
    assert is_bygone(said)


@pytest.mark.parametrize(
    "said",
    [
        "it just caught fire", "he's been trapped since yesterday", "she still can't breathe",
        "i thought he was just tired he's gone blue", "i was scared to move him his neck is broken",
        "she drank bleach with her coffee", "he's had chest pains from yesterday",
        "i took all my pills last night", "my husband died last night",
        "she was stabbed yesterday and isn't moving", "i think i can smell gas", "we're in the river",
    ],
)  # fmt: skip
def test_what_goes_on_is_kept(said: str) -> None:
    assert not is_bygone(said)
