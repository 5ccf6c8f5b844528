"""Has he finished? Judged by the words alone."""

from typing import Any

import pytest

from backend.domain.agent import TurnsSpec
from backend.engine.listening.endpointing import expectation, heard_silence_ms, thought


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        ((None,), "can you tell me what my deductible is", "open"),
        ((None,), "is there someone i can talk to", "open"),
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


@pytest.mark.parametrize(
    ("text", "asked", "longer"),
    [
        ("a deer jumped in front of my car", ("story",), True),
        ("hello this is anna kovacs", (None,), True),
        ("no", ("yes_no",), True),
        ("yes", ("yes_no",), True),
        ("my ford focus", ("group", 4), True),
        ("can you tell me what my deductible is", (None,), False),
        ("i want to report an accident", (None,), False),
        ("somebody told me to call you please", (None,), False),
        ("my twenty seventeen ford focus", ("group", 4), False),
        ("it was my brother peter", ("person",), False),
        ("on monday at five in the afternoon", ("date",), False),
    ],
)
def test_where_callers_often_go_on_the_answer_is_heard_later(
    text: str, asked: tuple[Any, ...], *, longer: bool
) -> None:
    turns = TurnsSpec()
    expected = turns.story_silence_ms if longer else turns.heard_silence_ms
    assert heard_silence_ms(text, turns, expectation(*asked), "en-US") == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [("six oh six oh one", ("digits", 5)), ("yes", ("decision",)), ("no thanks", (None,)), ("okay goodbye", (None,))],
)
def test_what_is_complete_for_sure_is_answered_at_once(text: str, asked: tuple[Any, ...]) -> None:
    assert heard_silence_ms(text, TurnsSpec(), expectation(*asked), "en-US") == 0


def test_other_ways_of_endpointing_know_no_such_silence() -> None:
    assert heard_silence_ms("a deer", TurnsSpec(endpointing="local"), expectation(None), "en-US") == 0
