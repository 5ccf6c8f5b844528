"""Has he finished? Judged by the words alone."""

import pytest

from backend.domain.agent import TurnsSpec
from backend.engine.listening.endpointing import expectation, heard_silence_ms, thought


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


@pytest.mark.parametrize(
    ("text", "asked", "longer"),
    [
        ("a deer jumped in front of my car", "incident_description", True),
        ("hello this is anna kovacs", "", True),
        ("no", "injuries", True),
        ("yes", "vehicle_drivable", True),
        ("my ford focus", "vehicle", True),
        ("can you tell me what my deductible is", "", False),
        ("i want to report an accident", "", False),
        ("somebody told me to call you please", "", False),
        ("my twenty seventeen ford focus", "vehicle", False),
        ("it was my brother peter", "driver_name", False),
        ("on monday at five in the afternoon", "loss_date", False),
    ],
)
def test_where_callers_often_go_on_the_answer_is_heard_later(text: str, asked: str, *, longer: bool) -> None:
    turns = TurnsSpec()
    expected = turns.story_silence_ms if longer else turns.heard_silence_ms
    assert heard_silence_ms(text, turns, expectation(asked)) == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [("six oh six oh one", "zip_code"), ("yes", "confirmation"), ("no thanks", ""), ("okay goodbye", "")],
)
def test_what_is_complete_for_sure_is_answered_at_once(text: str, asked: str) -> None:
    assert heard_silence_ms(text, TurnsSpec(), expectation(asked)) == 0


def test_other_ways_of_endpointing_know_no_such_silence() -> None:
    assert heard_silence_ms("a deer", TurnsSpec(endpointing="local"), expectation("")) == 0
