"""Has he finished? Judged by the words alone."""

from typing import Any

import pytest

from backend.engine.listening.endpointing import expectation, thought


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        ((None,), "can you tell me what my deductible is", "open"),
        ((None,), "is there someone i can talk to", "complete"),
        (("yes_no",), "no i don't think so", "complete"),
        (("yes_no",), "i think", "open"),
        (("name",), "eleanor ramirez", "complete"),
        (("choice",), "just going shopping", "complete"),
        ((None,), "i want to talk to", "unfinished"),
        ((None,), "i think what is", "unfinished"),
        ((None,), "there was someone in", "unfinished"),
        ((None,), "somebody ran into my car and", "unfinished"),
        ((None,), "somebody ran into my car", "complete"),
        ((None,), "yes", "complete"),
        ((None,), "hi", "open"),
        ((None,), "hello i want to file a claim", "complete"),
        ((None,), "karen", "open"),
        (("digits", 5), "seven seven zero", "unfinished"),
        (("digits", 5), "seven seven zero zero two", "complete"),
        (("digits", 7), "one two three four five", "unfinished"),
        (("name",), "my name is john", "unfinished"),
        (("name",), "my name is john smith", "complete"),
        (("place",), "on oak street", "open"),
        (("group", 4), "it is a two thousand nineteen", "unfinished"),
        (("group", 4), "a 2019", "unfinished"),
        (("group", 4), "a two thousand nineteen honda", "complete"),
        (("group", 4), "the blue one", "open"),
        (("date",), "twenty twenty one", "open"),
        (("place",), "on oak street in houston", "complete"),
    ],
)
def test_what_was_said_tells_whether_more_will_come(asked: tuple[Any, ...], text: str, state: str) -> None:
    assert thought(text, expectation(*asked), "en-US") == state
