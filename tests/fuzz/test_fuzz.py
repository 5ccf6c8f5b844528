"""A few seconds of ``make fuzz``, and the same by Hypothesis, which shrinks what it finds."""

import contextlib
import dataclasses
import math

import pytest
from fuzz_targets import TARGETS
from fuzzing import fuzz, fuzz_side_by_side
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutator import chance

COUNT = 1500
SLOW = {"store": 25, "prompts": 300, "yaml": 150, "tool_answers": 200}


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_broken_is_refused_as_documented_and_nothing_else_happens(name: str) -> None:
    tally = fuzz(TARGETS[name], 2, range(SLOW.get(name, COUNT)))
    assert tally.failures == []
    assert tally.inputs


@pytest.mark.parametrize("name", ["acs_media", "callbacks", "event_grid", "usp", "yaml"])
@given(body=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_of_any_kind_are_read_or_refused(name: str, body: bytes) -> None:
    target = TARGETS[name]
    with contextlib.suppress(*target.refuses):
        target.read(body)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_inputs_are_not_all_refused_at_the_door(name: str) -> None:
    tally = fuzz(TARGETS[name], 3, range(60))
    assert tally.refused < tally.inputs, "its good inputs are none"


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    for name, target in TARGETS.items():
        assert target.make(chance(7, name, 3)) == target.make(chance(7, name, 3))


@pytest.mark.timeout(120)
def test_processes_side_by_side_read_what_one_would_and_stop_when_time_is_up() -> None:
    alone = fuzz(TARGETS["callbacks"], 5, range(100, 1300))
    *_, both = fuzz_side_by_side("callbacks", 5, range(100, 1300), jobs=2, until=math.inf)
    assert (both.first, both.inputs, both.refused, both.failed) == (100, alone.inputs, alone.refused, alone.failed)
    assert both.processor_s > 0
    assert list(fuzz_side_by_side("callbacks", 5, range(10), jobs=1, until=0.0)) == []


def test_a_fault_is_found_and_told_with_the_number_that_gives_it_again() -> None:
    def broken(body: bytes) -> None:
        if b"\x00" in body:
            raise KeyError("a fault")

    tally = fuzz(dataclasses.replace(TARGETS["usp"], read=broken), 1, range(2000))
    assert tally.failed
    number = tally.failures[0]["number"]
    assert b"\x00" in TARGETS["usp"].make(chance(1, "usp", number))
