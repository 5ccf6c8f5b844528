"""Recordings that cannot be deleted hold up neither the others nor anything else whose time is over."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.domain.caller_data import Remains
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.sweeper import Sweeper
from backend.errors import ProviderRejected, RingmasterError, SealBroken, Unavailable
from backend.testing.stage import line_spec
from backend.testing.virtual_time import run_virtual

NOW = datetime(2026, 11, 26, tzinfo=UTC)


class Store:
    """Deletes, except what is stuck."""

    def __init__(self) -> None:
        self.stuck: set[str] = set()
        self.asked: list[str] = []

    async def delete(self, call_id: str) -> int:
        self.asked.append(call_id)
        if call_id in self.stuck:
            raise ProviderRejected("recordings", "status 403")
        return 1


class Recorders:
    """Everything in the test's own thread."""

    cipher = None

    def __init__(self, store: Store) -> None:
        self.store = store

    async def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return await coroutine


class Book:
    """Calls that have had their time."""

    def __init__(self, *calls: str) -> None:
        self.calls = list(calls)

    async def due(self, now: datetime, limit: int) -> Sequence[str]:
        return self.calls[:limit]

    async def older(self, line: str, before: datetime, limit: int) -> Sequence[str]:
        return []

    async def deleted(self, call_id: str) -> None:
        self.calls.remove(call_id)


class Data:
    """What else is kept; each kind is asked for once."""

    def __init__(self) -> None:
        self.swept: list[tuple[str, Remains]] = []
        self.fails: Callable[[], Exception] | None = None

    async def sweep(self, line: str, what: Remains, before: datetime, limit: int) -> int:
        self.swept.append((line, what))
        if self.fails is not None:
            raise self.fails()
        return 0


def a_desk(book: Book, store: Store) -> RecordingDesk:
    return RecordingDesk(Recorders(store), book)  # type: ignore[arg-type]


def a_sweeper(data: Data, desk: RecordingDesk | None, every_s: float = 1.0) -> Sweeper:
    lines = [line_spec(name=name, retention={"words": 5}) for name in ("insurance", "dental")]
    return Sweeper(data, lambda: lines, every_s, lambda: NOW, desk)  # type: ignore[arg-type]


async def swept(desk: RecordingDesk, limit: int) -> int | str:
    try:
        return await desk.sweep(NOW, limit)
    except RingmasterError as error:
        return error.code


async def test_one_that_fails_holds_up_none_of_the_others() -> None:
    book, store = Book("a", "stuck", "b"), Store()
    store.stuck = {"stuck"}
    assert await swept(a_desk(book, store), 10) == 2
    assert book.calls == ["stuck"]


async def test_those_that_fail_do_not_fill_the_next_batch_and_are_told_of_at_last() -> None:
    book, store = Book("stuck1", "stuck2", "a", "b", "c"), Store()
    store.stuck = {"stuck1", "stuck2"}
    desk = a_desk(book, store)
    assert [await swept(desk, 2) for _ in range(4)] == ["provider.rejected", 2, 1, "provider.unavailable"]
    store.stuck.clear()
    assert await swept(desk, 2) == 2, "their turn has come again"


async def test_a_store_that_is_away_is_not_asked_for_each_of_many() -> None:
    book, store = Book(*(f"c{number}" for number in range(50))), Store()
    store.stuck = set(book.calls)
    assert await swept(a_desk(book, store), 50) == "provider.rejected"
    assert len(store.asked) == 5


async def test_whatever_becomes_of_recordings_the_other_kinds_of_all_lines_go() -> None:
    book, store, data = Book("stuck"), Store(), Data()
    store.stuck = {"stuck"}
    with pytest.raises(ProviderRejected):
        await a_sweeper(data, a_desk(book, store)).sweep()
    assert ("insurance", "words") in data.swept and ("dental", "words") in data.swept


@pytest.mark.parametrize("fault", [lambda: Unavailable("database", "away"), lambda: ValueError("a fault of ours")])
async def test_a_fault_does_not_end_the_sweeper(fault: Callable[[], Exception]) -> None:
    data = Data()
    data.fails = fault
    sweeper = a_sweeper(data, None, every_s=0.001)
    sweeper.start()
    async with asyncio.timeout(30):
        while data.swept.count(("insurance", "words")) < 2:
            await asyncio.sleep(0.001)
    await sweeper.close()


async def test_what_is_kept_of_a_caller_names_a_recording_that_nobody_can_open() -> None:
    desk = a_desk(Book(), Store())

    async def broken(call_id: str) -> Awaitable[None]:
        raise SealBroken(call_id)

    desk.find = broken  # type: ignore[method-assign,assignment]
    assert await desk.told("c1") == {"call_id": "c1", "seconds": None, "readable": False}


def test_by_a_clock_that_went_ahead_by_days_nothing_is_deleted_at_once() -> None:
    """What a wrong clock deletes is gone for good: whoever puts it right has until the next round."""

    async def story() -> None:
        data, clock, loop = Data(), {"ahead": timedelta()}, asyncio.get_running_loop()
        lines = [line_spec(retention={"words": 5})]
        began = loop.time()

        def now() -> datetime:
            return NOW + clock["ahead"] + timedelta(seconds=loop.time() - began)

        sweeper = Sweeper(data, lambda: lines, 3600.0, now)  # type: ignore[arg-type]
        sweeper.start()
        rounds = list[int]()
        for ahead in (timedelta(), timedelta(hours=20), timedelta(days=400), timedelta(), timedelta(days=3)):
            clock["ahead"] = ahead
            await asyncio.sleep(3600)
            rounds.append(len(data.swept))
        await asyncio.sleep(3600)
        rounds.append(len(data.swept))
        await sweeper.close()
        assert rounds == [1, 2, 2, 3, 3, 4]

    run_virtual(story())
