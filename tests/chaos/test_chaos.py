"""Each drill that no other test has, once; the counts are in ``make chaos``. And the verdicts of the table."""

import asyncio

import pytest
from promise import Promise, Seen, drilled, table
from whole_call import roll_out


@pytest.mark.real
@pytest.mark.long_call
@pytest.mark.timeout(420)
async def test_a_call_and_a_roll_out_on_postgresql_a_redis_cluster_and_two_servers() -> None:
    seen = await roll_out(1)
    assert seen.broken == []


async def never(_: int) -> Seen:
    raise RuntimeError("no stage")


async def half(count: int) -> Seen:
    seen = Seen()
    for number in range(count):
        seen.note(number % 2 == 0, f"try {number}", float(number))
    return seen


async def test_a_drill_that_breaks_is_a_promise_not_kept() -> None:
    outcome = await drilled(Promise("X1", "something", 5, never), 5)
    assert not outcome.kept
    assert "no stage" in outcome.seen.broken[0]


@pytest.mark.parametrize(("timed", "shares"), [(False, [3, 2, 2]), (True, [7])])
async def test_only_what_is_not_timed_is_tried_side_by_side(timed: bool, shares: list[int]) -> None:
    begun: list[int] = []

    async def all_at_once(count: int) -> Seen:
        begun.append(count)
        while len(begun) < len(shares):
            await asyncio.sleep(0)
        return Seen(tries=count, kept=count - 1, seconds=[1.0], broken=["one"])

    promise = Promise("X4", "something", 7, all_at_once, timed=timed)
    async with asyncio.timeout(30):
        seen = (await drilled(promise, 7, 3)).seen
    assert begun == shares
    assert (seen.tries, seen.kept, len(seen.seconds), len(seen.broken)) == (7, 7 - len(shares), *[len(shares)] * 2)


async def test_what_was_seen_is_told_after_each_piece_and_no_piece_is_tried_twice() -> None:
    pieces: list[int] = []
    told: list[int] = []

    async def some(count: int) -> Seen:
        pieces.append(count)
        await asyncio.sleep(0)
        return Seen(tries=count, kept=count)

    promise = Promise("X5", "something", 8, some, timed=False, piece=3)
    seen = (await drilled(promise, 8, 2, lambda outcome: told.append(outcome.seen.tries))).seen
    assert sorted(pieces) == [2, 3, 3]
    assert (seen.tries, seen.kept) == (8, 8)
    assert sorted(told) == told
    assert len(told) == 3
    assert told[-1] == 8


async def test_a_piece_that_breaks_costs_no_other() -> None:
    begun: list[int] = []

    async def second_breaks(count: int) -> Seen:
        begun.append(count)
        if len(begun) == 2:
            raise RuntimeError("no stage")
        return Seen(tries=count, kept=count)

    outcome = await drilled(Promise("X6", "something", 6, second_breaks, piece=2), 6)
    assert (outcome.seen.tries, outcome.seen.kept, outcome.kept) == (5, 4, False)


async def test_what_may_be_missed_is_a_part_of_the_whole_count() -> None:
    promise = Promise("X2", "something", 50, half, may_miss=1)
    assert promise.is_kept(Seen(tries=50, kept=49))
    assert not promise.is_kept(Seen(tries=50, kept=48))
    assert not promise.is_kept(Seen(tries=5, kept=4)), "of five none may be missed"
    assert not promise.is_kept(Seen())


async def test_the_table_says_what_was_not_kept() -> None:
    outcome = await drilled(Promise("X3", "even ones only", 4, half), 4)
    assert table([outcome]).splitlines()[-1] == "| X3 | even ones only | 2 of 4; 2.0 s, at most 3.0 s | **no** |"
