"""What is an account of what happened, and what is none."""

import pytest
from fnol_form import ABOUT


@pytest.mark.parametrize(
    "words",
    [
        "do you speak spanish",
        "what are your opening hours",
        "i have no idea",
        "well can i talk about my bill",
        "how long will this take",
        "is there a fee",
    ],
)
def test_questions_and_not_knowing_are_no_account(words: str) -> None:
    assert ABOUT.no_account(words)


@pytest.mark.parametrize(
    "words",
    [
        "hit a deer",
        "somebody keyed my car",
        "when i was turning left a taxi hit me",
        "i don't know exactly but a truck ran into my door",
        "a branch came down",
        "there is a big dent in my door",
    ],
)
def test_what_tells_of_something_is_an_account(words: str) -> None:
    assert not ABOUT.no_account(words)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("hello a van scraped along my car", "a van scraped along your car"),
        ("um well you know i hit a tree", "you hit a tree"),
        ("Hi there, my mirror was broken", "your mirror was broken"),
        ("so there i was when he hit me", "i was"),
    ],
)
def test_a_story_is_said_back_without_the_hello_before_it(told: str, said: str) -> None:
    assert ABOUT.language.account.second_person(told).startswith(said.replace("i was", "you were"))
