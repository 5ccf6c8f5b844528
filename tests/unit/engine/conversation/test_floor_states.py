"""The table of the floor: what may happen in which state, and what becomes of that which may not."""

from typing import get_args

import pytest

from backend.engine.conversation.floor_states import TRANSITIONS, FloorEvent, FloorState, FloorStates
from backend.errors import IllegalTransition

LEGAL = [(state, event, after) for state, row in TRANSITIONS.items() for event, after in row.items()]
ILLEGAL = [
    (state, event)
    for state in get_args(FloorState)
    for event in get_args(FloorEvent)
    if event not in TRANSITIONS[state]
]


def floor(state: FloorState) -> tuple[FloorStates, list[str]]:
    counted: list[str] = []
    states = FloorStates(lambda: counted.append("once"))
    states.now = state
    return states, counted


@pytest.mark.parametrize(("state", "event", "after"), LEGAL)
def test_what_may_happen_leads_where_the_table_says(state: FloorState, event: FloorEvent, after: FloorState) -> None:
    states, counted = floor(state)
    states.move(event)
    assert (states.now, counted) == (after, [])


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_what_may_not_happen_is_counted_and_raised_in_tests(state: FloorState, event: FloorEvent) -> None:
    states, counted = floor(state)
    with pytest.raises(IllegalTransition, match=f"'{event}' may not happen while the floor is '{state}'"):
        states.move(event)
    assert (states.now, counted) == (state, ["once"])


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_a_caller_is_spared_it_and_nothing_brings_a_conversation_back_that_is_over(
    monkeypatch: pytest.MonkeyPatch, state: FloorState, event: FloorEvent
) -> None:
    monkeypatch.setattr(FloorStates, "strict", False)
    states, counted = floor(state)
    states.move(event)
    assert counted == ["once"]
    assert (states.now == "over") is (state == "over" or event == "close")


def test_every_state_is_reached_and_every_event_happens_somewhere() -> None:
    assert set(TRANSITIONS) == set(get_args(FloorState))
    assert {after for _, _, after in LEGAL} == set(get_args(FloorState))
    assert {event for _, event, _ in LEGAL} == set(get_args(FloorEvent))
