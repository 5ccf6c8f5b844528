"""How many calls something carries, computed."""

import dataclasses

import pytest

from backend.domain.capacity import CLAIM, MEASURED, Limit, Quotas, Replica, first_limit

HALF = dataclasses.replace(
    MEASURED, loop_s=0.5, threads_s=0.5, idle_mb=100.0, call_mb=2.0, idle_threads=50, call_threads=3
)
SMALL = Replica(cores=1, memory_gib=1.0)


def calls(replica: Replica, **measured: float) -> dict[str, int]:
    return {limit.name: limit.calls for limit in replica.limits(dataclasses.replace(HALF, **measured))}


def test_processor_loops_and_memory_each_have_their_limit() -> None:
    assert calls(SMALL) == {"processor": 45, "event loops": 72, "memory": 359}


def test_the_limit_of_a_busy_loop_comes_before_that_of_the_processor() -> None:
    assert first_limit(SMALL.limits(dataclasses.replace(HALF, loop_s=0.5, threads_s=0.01))).name == "event loops"


@pytest.mark.parametrize("name", ["processor", "event loops"])
def test_twice_the_cores_carry_twice_the_calls(name: str) -> None:
    assert calls(Replica(cores=2, memory_gib=2.0))[name] == 2 * calls(SMALL)[name]


def test_a_replica_too_small_for_its_workers_carries_nothing() -> None:
    assert calls(Replica(cores=4, memory_gib=0.25))["memory"] == 0


def test_threads_are_those_of_the_workers_and_of_the_calls() -> None:
    assert SMALL.threads(10, HALF) == 80


def test_quotas_bear_so_many_calls() -> None:
    call = dataclasses.replace(CLAIM, turns_a_minute=6, tokens_read=900, tokens_written=100, syntheses=2)
    limits = Quotas(recognitions=100, syntheses_a_second=10, tokens_a_minute=60_000).limits(call)
    assert [limit.calls for limit in limits] == [100, 50, 10]
    assert first_limit(limits) == Limit("the model's tokens a minute", 10)


def test_a_call_takes_what_its_turns_take() -> None:
    used = dataclasses.replace(CLAIM, minutes=2, turns_a_minute=3, tokens_read=100, characters=50).used(HALF)
    assert (used.phone_minutes, used.tokens_read, used.voice_characters, used.core_seconds) == (2, 600, 300, 2)
