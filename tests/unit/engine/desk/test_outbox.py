"""What cannot be written waits, in order, for as long as it takes; and what is dropped is counted and told."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.domain.entry import Entry, Kept
from backend.engine.desk.outbox import Outbox, OutboxLimits
from backend.errors import ProviderRejected, SessionLost, Unavailable
from backend.testing.virtual_time import run_virtual


class Table:
    """A database that can be away, slow, or refuse."""

    def __init__(self) -> None:
        self.away = False
        self.hangs = False
        self.refuses: set[str] = set()
        self.written: list[str] = []
        self.asked = 0

    async def write(self, entry: Entry) -> None:
        self.asked += 1
        if self.hangs:
            await asyncio.sleep(3600)
        if self.away:
            raise Unavailable("store", "away")
        if entry.body["what"] in self.refuses:
            raise ProviderRejected("store", "never")
        self.written.append(entry.body["what"])


class Board:
    """A shelf in memory that outlives outboxes."""

    def __init__(self, name: str = "redis", room: int = 1000) -> None:
        self.name = name
        self.room = room
        self.away = False
        self.entries: dict[int, Entry] = {}
        self.orphans: list[Board] = []
        self.others: list[Board] = []

    async def put(self, entry: Entry) -> bool:
        if self.away or len(self.entries) >= self.room:
            return False
        self.entries[entry.number] = entry
        return True

    async def read(self, after: int, limit: int) -> Sequence[Entry]:
        if self.away:
            raise SessionLost("away")
        return [self.entries[number] for number in sorted(self.entries) if number > after][:limit]

    async def drop(self, entry: Entry) -> None:
        if not self.away:
            self.entries.pop(entry.number, None)

    async def left_behind(self) -> "Sequence[Board]":
        found, self.orphans = self.orphans, []
        return found

    async def elsewhere(self) -> int:
        return sum(len(board.entries) for board in self.others)

    async def close(self) -> None:
        pass


def played(
    scene: Callable[[Outbox], Awaitable[None]], table: Table, *shelves: Board, limits: OutboxLimits | None = None
) -> None:
    async def play() -> None:
        outbox = Outbox(table, "w", shelves, limits)
        await outbox.start()
        await scene(outbox)
        await outbox.close()

    run_virtual(play())


async def put(outbox: Outbox, *texts: str, call_id: str = "c") -> list[Kept]:
    return [await outbox.write(outbox.entry("audit", call_id, {"what": text})) for text in texts]


def test_what_can_be_written_is_written_at_once() -> None:
    table = Table()

    async def scene(outbox: Outbox) -> None:
        assert await put(outbox, "a", "b") == [Kept.WRITTEN, Kept.WRITTEN]
        assert outbox.idle
        assert outbox.health().state == "ok"

    played(scene, table)
    assert table.written == ["a", "b"]


def test_an_outage_of_ten_minutes_loses_nothing_and_keeps_the_order() -> None:
    table, texts = Table(), [str(number) for number in range(300)]

    async def scene(outbox: Outbox) -> None:
        table.away = True
        assert set(await put(outbox, *texts[:200])) == {Kept.WAITING}
        assert outbox.waits_for("c") and outbox.away
        await asyncio.sleep(600)
        assert "300" not in table.written and not table.written
        await put(outbox, *texts[200:250])
        table.away = False
        await put(outbox, *texts[250:])
        await asyncio.sleep(10)
        assert outbox.idle and not outbox.away and not outbox.waits_for("c")
        assert await put(outbox, "last") == [Kept.WRITTEN]

    played(scene, table)
    assert table.written == [*texts, "last"]


def test_figures_may_be_read_in_any_thread_while_the_database_is_away() -> None:
    table, seen = Table(), list[int]()

    async def scene(outbox: Outbox) -> None:
        table.away = True
        await put(outbox, "a")
        await asyncio.sleep(600)
        with ThreadPoolExecutor(1) as another:
            seen.append(another.submit(outbox.stats).result()["waiting"])
        assert "away for 6" in outbox.health().sentence
        table.away = False
        await asyncio.sleep(10)

    played(scene, table)
    assert seen == [1]


def test_nobody_waits_for_a_database_that_hangs_but_the_first() -> None:
    table = Table()

    async def scene(outbox: Outbox) -> None:
        table.hangs = True
        began = asyncio.get_running_loop().time()
        await put(outbox, *"abcdefghij")
        assert asyncio.get_running_loop().time() - began < 2.5
        table.hangs = False
        await asyncio.sleep(30)

    played(scene, table)
    assert table.written == list("abcdefghij")


def test_one_slow_moment_is_no_outage_to_operators() -> None:
    table = Table()

    async def scene(outbox: Outbox) -> None:
        table.hangs = True
        await put(outbox, "a")
        assert (outbox.waiting, outbox.health().state) == (1, "ok")
        await asyncio.sleep(10)
        health = outbox.health()
        assert (health.state, "The database has been away for 1" in health.sentence) == ("degraded", True)
        table.hangs = False
        await asyncio.sleep(30)
        assert outbox.health().state == "ok"

    played(scene, table)
    assert table.written == ["a"]


def test_what_is_refused_for_good_stands_in_nobodys_way_and_is_counted() -> None:
    table = Table()
    table.refuses = {"b", "d"}

    async def scene(outbox: Outbox) -> None:
        assert await put(outbox, "a", "b") == [Kept.WRITTEN, Kept.DROPPED]
        table.away = True
        await put(outbox, "c", "d", "e")
        table.away = False
        await asyncio.sleep(10)
        assert outbox.refused == 2
        assert outbox.health().state == "degraded"

    played(scene, table)
    assert table.written == ["a", "c", "e"]


def test_what_has_no_room_in_memory_waits_on_a_shelf_and_comes_in_order() -> None:
    table, redis, disk = Table(), Board("redis", room=6), Board("disk")
    texts = [str(number) for number in range(40)]

    async def scene(outbox: Outbox) -> None:
        table.away = True
        assert set(await put(outbox, *texts)) == {Kept.LASTING}
        assert outbox.stats()["in_memory_only"] == 0
        assert (outbox.stats()["on_redis"], outbox.stats()["on_disk"]) == (6, 34)
        table.away = False
        await asyncio.sleep(20)
        assert outbox.idle

    played(scene, table, redis, disk, limits=OutboxLimits(entries=10))
    assert table.written == texts
    assert not redis.entries and not disk.entries


def test_what_has_no_room_anywhere_is_dropped_counted_and_told() -> None:
    table = Table()

    async def scene(outbox: Outbox) -> None:
        table.away = True
        assert await put(outbox, *"abc") == [Kept.WAITING, Kept.WAITING, Kept.DROPPED]
        health = outbox.health()
        assert health.state == "degraded" and "Entries dropped: 1" in health.sentence
        assert health.counts["dropped"] == 1
        table.away = False
        await asyncio.sleep(10)
        assert outbox.health().state == "degraded", "what is gone does not come back"

    played(scene, table, limits=OutboxLimits(entries=2))
    assert table.written == ["a", "b"]


def test_a_shelf_that_comes_back_takes_what_waits_in_memory() -> None:
    table, redis = Table(), Board()

    async def scene(outbox: Outbox) -> None:
        table.away = redis.away = True
        assert set(await put(outbox, "a", "b")) == {Kept.WAITING}
        redis.away = False
        await asyncio.sleep(10)
        assert outbox.stats()["in_memory_only"] == 0
        assert [entry.body["what"] for entry in redis.entries.values()] == ["a", "b"]

    played(scene, table, redis)


def test_what_a_worker_left_behind_is_written_by_the_next_in_order() -> None:
    table, redis, next_one = Table(), Board(), Board()

    async def dies(outbox: Outbox) -> None:
        table.away = True
        await put(outbox, *"abc")

    played(dies, table, redis)
    assert not table.written
    table.away = False
    next_one.orphans = [redis]

    async def lives(outbox: Outbox) -> None:
        await asyncio.sleep(1)
        assert table.written == list("abc")
        assert not redis.entries
        assert outbox.health().state == "ok"

    played(lives, table, next_one)


def test_who_leaves_with_entries_that_lie_nowhere_says_so() -> None:
    table = Table()
    told: list[int] = []

    async def play() -> None:
        outbox = Outbox(table, "w")
        await outbox.start()
        table.away = True
        await put(outbox, "a")
        await outbox.close()
        told.append(outbox.dropped)

    run_virtual(play())
    assert told == [1]


def test_calls_write_at_once_and_each_keeps_its_order() -> None:
    table, redis = Table(), Board()

    async def scene(outbox: Outbox) -> None:
        async def call(name: str) -> None:
            for number in range(30):
                if number == 10:
                    table.away = True
                if number == 20:
                    table.away = False
                await put(outbox, f"{name}{number}", call_id=name)
                await asyncio.sleep(0.1)

        await asyncio.gather(*(call(name) for name in "abcdef"))
        await asyncio.sleep(30)

    played(scene, table, redis)
    assert len(table.written) == 180
    for name in "abcdef":
        assert [text for text in table.written if text[0] == name] == [f"{name}{number}" for number in range(30)]


def test_one_slow_moment_is_no_outage_and_an_outage_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    table = Table()

    def told() -> list[str]:
        return [
            event
            for record in caplog.records
            if (event := getattr(record, "event", "")) in ("outbox.away", "outbox.back")
        ]

    async def scene(outbox: Outbox) -> None:
        table.hangs = True
        await put(outbox, "a")
        table.hangs = False
        await asyncio.sleep(5)
        assert outbox.idle and told() == []
        table.away = True
        for _ in range(20):
            await put(outbox, "b")
            await asyncio.sleep(5)
        table.away = False
        await asyncio.sleep(10)
        assert told() == ["outbox.away", "outbox.back"]

    with caplog.at_level("INFO"):
        played(scene, table)


def test_a_shelf_that_breaks_stops_nothing() -> None:
    table, redis = Table(), Board()

    async def scene(outbox: Outbox) -> None:
        table.away = True
        await put(outbox, *"abc")

        async def breaks(entry: Entry) -> None:
            redis.drop = real
            raise RuntimeError("broken")

        real, redis.drop = redis.drop, breaks
        table.away = False
        await asyncio.sleep(30)
        assert outbox.idle

    played(scene, table, redis)
    assert table.written == list("abc")


def test_half_a_character_waits_like_any_other() -> None:
    table, redis = Table(), Board()

    async def scene(outbox: Outbox) -> None:
        table.away = True
        assert await put(outbox, "half \ud83d a face") == [Kept.LASTING]
        table.away = False
        await asyncio.sleep(10)

    played(scene, table, redis)
    assert table.written == ["half \ufffd a face"]
