"""The board of live calls: what pages see of our calls and of others', and that none of them can make it grow."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.live_call import Doing, LiveCall
from backend.domain.private import Private
from backend.domain.search import CallQuery
from backend.domain.session import AgentSaid, CallerSaid, HandedOver, ToolCallsMade, ToolRequest
from backend.engine.desk.live_board import LiveBoard
from backend.engine.desk.live_states import LiveStates
from backend.errors import PoolExhausted, Unavailable

BEGAN = datetime(2026, 11, 26, 9, tzinfo=UTC)


class Feed:
    def __init__(self) -> None:
        self.told: list[LiveCall] = []
        self.others: asyncio.Queue[LiveCall] = asyncio.Queue()
        self.heard = 0

    def tell(self, call: LiveCall) -> None:
        self.told.append(call)

    async def calls(self) -> AsyncGenerator[LiveCall, None]:
        self.heard += 1
        try:
            while True:
                yield await self.others.get()
        finally:
            self.heard -= 1


class Records:
    def __init__(self) -> None:
        self.calls: dict[str, CallRecord] = {}
        self.away = False

    async def list(self, query: CallQuery, *, limit: int, without: Collection[str] = ()) -> list[CallRecord]:
        if self.away:
            raise Unavailable("database", "away")
        return [call for call in self.calls.values() if query.fits(call)][:limit]

    async def get(self, call_id: str) -> CallRecord | None:
        return self.calls.get(call_id)


@pytest.fixture
def feed() -> Feed:
    return Feed()


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def board(feed: Feed, records: Records) -> LiveBoard:
    return LiveBoard("w1", feed, records)


def call(call_id: str = "c1", **more: object) -> CallRecord:
    return CallRecord(
        call_id=call_id, line="insurance", direction="inbound", started_at=BEGAN, caller=Private("+13125550142"),
        **more,  # pyright: ignore
    )  # fmt: skip


def turn(index: int = 0, **more: object) -> TurnRecord:
    return TurnRecord(index=index, started_at=BEGAN, **({"agent": "auth"} | more))  # pyright: ignore


def only(board: LiveBoard) -> LiveCall:
    (found,) = board.since(0)[1]
    return found


def test_a_call_is_told_as_it_goes(board: LiveBoard, feed: Feed) -> None:
    one = call()
    board.began(one)
    assert (only(board).state, only(board).caller) == ("listening", "•" * 10 + "42")
    items = [
        CallerSaid("my name is john"), ToolCallsMade((ToolRequest("1", "look_up", "{}"),)), HandedOver("auth", "fnol"),
        AgentSaid("fnol", "Thanks, John."),
    ]  # fmt: skip
    board.answered(one, 0, items)
    seen = only(board)
    assert (seen.state, seen.agent, seen.understood) == ("speaking", "fnol", "my name is john")
    assert (seen.said, seen.tools) == ("Thanks, John.", ("look_up",))
    board.turn(one, turn(agent="fnol", heard="Thanks", latencies=Latencies(first_frame_ms=640.0)))
    assert (only(board).state, only(board).said, only(board).wait_ms, only(board).turns) == (
        "listening",
        "Thanks",
        640,
        1,
    )
    board.ended(replace(one, outcome="caller_hung_up", ended_at=BEGAN, detail="before the agent was done"))
    assert (only(board).state, only(board).outcome) == ("over", "caller_hung_up")
    assert [told.state for told in feed.told] == ["listening", "speaking", "listening", "over"]
    assert "john" not in repr(feed.told).lower()


async def test_a_page_that_reads_slowly_gets_the_newest_of_each_call(board: LiveBoard) -> None:
    async with board.view() as view:
        for number in range(1000):
            board.began(call("c1" if number % 2 else "c2", detail=str(number)))
        newest, calls = await view.next()
        assert (newest, sorted(one.detail for one in calls)) == (1000, ["998", "999"])


async def test_a_page_that_was_away_gets_what_has_changed_since(board: LiveBoard) -> None:
    board.began(call("c1"))
    number, _ = board.since(0)
    board.began(call("c2"))
    assert [one.call_id for one in board.since(board.number_of(board.id_of(number)))[1]] == ["c2"]
    for unknown in ("", "w2/1", "w1/99", "w1/x", "w1/-1", "w1/" + "9" * 30, "nonsense"):
        assert board.number_of(unknown) is None


async def test_calls_of_other_workers_are_followed_while_somebody_looks(
    board: LiveBoard, feed: Feed, records: Records
) -> None:
    records.calls["c9"] = call("c9", turns=[turn(heard="Hello.")])
    board.began(call("c1"))
    async with board.view() as view:
        _, found = await view.next()
        assert [(one.call_id, one.said) for one in found] == [("c9", "Hello.")]
        feed.others.put_nowait(replaced(LiveCall.of(records.calls["c9"]), said="Goodbye."))
        feed.others.put_nowait(replaced(LiveCall.of(call("c1")), said="not of ours"))
        _, found = await view.next()
        assert [(one.call_id, one.said) for one in found] == [("c9", "Goodbye.")]
    assert feed.heard == 0
    assert [one.call_id for one in board.since(0)[1]] == ["c1"]


async def test_a_call_whose_end_the_feed_lost_ends_by_the_record(
    board: LiveBoard, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.engine.desk.live_board._LOOK_S", 0.0)
    records.calls["c9"] = call("c9")
    async with board.view() as view:
        await view.next()
        records.calls["c9"] = call("c9", outcome="completed")
        _, found = await view.next()
        assert [(one.call_id, one.state) for one in found] == [("c9", "over")]


async def test_a_call_that_is_in_no_record_is_not_shown_for_ever(
    board: LiveBoard, feed: Feed, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.engine.desk.live_board._LOOK_S", 0.0)
    async with board.view() as view:
        feed.others.put_nowait(LiveCall.of(call("c9"), "moving"))
        assert [one.state for one in (await view.next())[1]] == ["moving"]
        assert [one.state for one in (await asyncio.wait_for(view.next(), 5))[1]] == ["over"]
        assert not board.since(0)[1]


async def test_a_page_that_comes_back_after_nobody_looked_begins_anew(
    board: LiveBoard, feed: Feed, records: Records
) -> None:
    records.calls["c9"] = call("c9")
    async with board.view() as view:
        newest, _ = await view.next()
    assert board.number_of(board.id_of(newest)) is None, "how the other worker's call went on was not heard"
    assert board.number_of(board.id_of(board.since(0)[0])) is not None


async def test_a_database_that_is_away_takes_no_page_away(board: LiveBoard, records: Records) -> None:
    records.away = True
    async with board.view() as view:
        board.began(call())
        assert len((await view.next())[1]) == 1


async def test_pages_and_calls_that_are_over_are_bounded(board: LiveBoard) -> None:
    for number in range(200):
        board.ended(call(f"c{number}", outcome="completed"))
    assert len(board.since(0)[1]) == 50
    assert board.number_of("w1/10") is None, "something since then is forgotten: a page must begin anew"
    views = [board.view(f"key:{number}") for number in range(51)]
    for view in views[:50]:
        await view.__aenter__()
    with pytest.raises(PoolExhausted):
        await views[50].__aenter__()
    await board.close()
    for view in views[:50]:
        await view.__aexit__(None, None, None)


async def test_one_person_leaves_room_for_others(board: LiveBoard) -> None:
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(board.view("key:ann")) for _ in range(20)]
        with pytest.raises(PoolExhausted, match="20 pages"):
            await stack.enter_async_context(board.view("key:ann"))
        await stack.enter_async_context(board.view("key:bob"))
        assert len(pages) == 20
    async with board.view("key:ann"):
        pass  # who closed theirs may look again


async def test_when_the_worker_goes_pages_are_let_go(board: LiveBoard) -> None:
    async with board.view() as view:
        await board.close()
        while not view.closed:
            await view.next()


def replaced(one: LiveCall, **more: object) -> LiveCall:
    return msgspec.structs.replace(one, **more)


class Registry:
    """One call, that does what a test says."""

    def __init__(self) -> None:
        self.record = call()
        self.doing: tuple[Doing, str] | None = ("listening", "claim.place")

    def all(self) -> list[Any]:
        return [SimpleNamespace(record=self.record, attending=SimpleNamespace(doing=self.doing))]


@pytest.fixture
def calls() -> Registry:
    return Registry()


async def looked(board: LiveBoard, calls: Registry) -> None:
    states = LiveStates(calls, board)  # pyright: ignore
    states.look()
    await states.close()


async def test_a_change_is_told_once_with_the_moment_it_began(feed: Feed, calls: Registry) -> None:
    board = LiveBoard("w1", feed, Records())
    board.began(calls.record)
    before = len(feed.told)
    await looked(board, calls)
    await looked(board, calls)
    assert len(feed.told) == before + 1
    assert (only(board).doing, only(board).about) == ("listening", "claim.place")
    assert only(board).doing_since is not None
    calls.doing = ("tool", "verify_caller")
    await looked(board, calls)
    assert (only(board).doing, only(board).about) == ("tool", "verify_caller")


async def test_a_turn_does_not_take_it_away_and_an_end_does(feed: Feed, calls: Registry) -> None:
    board = LiveBoard("w1", feed, Records())
    board.began(calls.record)
    await looked(board, calls)
    board.turn(calls.record, turn())
    assert only(board).doing == "listening"
    calls.record.outcome = "completed"
    board.ended(calls.record)
    await looked(board, calls)
    assert only(board).state == "over" and only(board).doing == ""


async def test_nobody_is_told_while_nobody_looks(feed: Feed, calls: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.engine.desk.live_states._LOOK_S", 0.01)
    board = LiveBoard("w1", feed, Records())
    board.began(calls.record)
    before = len(feed.told)
    states = LiveStates(calls, board)  # pyright: ignore
    await asyncio.sleep(0.05)
    assert len(feed.told) == before
    async with board.view():
        while len(feed.told) == before:
            await asyncio.sleep(0.01)
    await states.close()
