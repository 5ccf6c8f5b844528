"""What somebody beside the call tells the stand-in to say, it says; nothing else of it."""

import pytest

from stand_in.decide import decide
from stand_in.situation import read_situation

SYSTEM = {"role": "system", "content": "You are an agent."}
CALLER = {"role": "user", "content": "what happens now"}


def said(told: str, *between: dict[str, str]) -> str:
    return decide(read_situation([SYSTEM, CALLER, *between, {"role": "system", "content": told}], [])).text


@pytest.mark.parametrize(
    "told",
    [
        "Tell the caller that a truck is on its way.",
        "A supervisor tells you something.\n\nPlease tell them a truck is on its way",
        "Say: a truck is on its way.",
    ],
)
def test_it_says_what_it_is_told_to_say_and_goes_on(told: str) -> None:
    assert said(told).startswith("A truck is on its way. ")


@pytest.mark.parametrize("told", ["Be kind.", "The caller was handed over from a to b."])
def test_what_is_no_order_to_say_something_changes_nothing(told: str) -> None:
    assert said(told) == decide(read_situation([SYSTEM, CALLER], [])).text


def test_what_was_told_before_the_caller_spoke_is_over() -> None:
    messages = [SYSTEM, {"role": "system", "content": "Tell them a truck comes."}, CALLER]
    assert "truck" not in decide(read_situation(messages, [])).text
