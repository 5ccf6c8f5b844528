"""Has he finished? Judged by the words alone."""

import pytest

from backend.engine.endpointing import expectation, thought


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        ("", "can you tell me what my deductible is", "open"),
        ("", "is there someone i can talk to", "open"),
        ("", "i want to talk to", "unfinished"),
        ("", "i think what is", "unfinished"),
        ("", "there was someone in", "unfinished"),
        ("", "somebody ran into my car and", "unfinished"),
        ("", "somebody ran into my car", "complete"),
        ("", "yes", "complete"),
        ("", "hi", "open"),
        ("", "hello i want to file a claim", "complete"),
        ("", "karen", "open"),
        ("zip_code", "seven seven zero", "unfinished"),
        ("zip_code", "seven seven zero zero two", "complete"),
        ("policy_number:7", "one two three four five", "unfinished"),
        ("full_name", "my name is john", "unfinished"),
        ("full_name", "my name is john smith", "complete"),
        ("loss_location", "on oak street", "open"),
        ("vehicle", "it is a two thousand nineteen", "unfinished"),
        ("vehicle", "a 2019", "unfinished"),
        ("vehicle", "a two thousand nineteen honda", "complete"),
        ("vehicle", "the blue one", "open"),
        ("loss_date", "twenty twenty one", "open"),
        ("loss_location", "on oak street in houston", "complete"),
    ],
)
def test_what_was_said_tells_whether_more_will_come(asked: str, text: str, state: str) -> None:
    assert thought(text, expectation(asked or None)) == state
