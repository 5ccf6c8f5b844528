"""Counts are written now and then; what cannot be written is written later, and told once."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

import pytest

from backend.adapters.telemetry.hour_tally import HourTally
from backend.domain.history import Fault
from backend.domain.hour_counts import HourKey
from backend.engine.desk.history_writer import HistoryWriter
from backend.errors import Unavailable
from backend.testing.virtual_time import run_virtual


class Book:
    def __init__(self, failing: int = 0) -> None:
        self.failing, self.kept = failing, list[int]()
        self.left, self.packs, self.away = 0, 0, False

    async def add(self, counts: Mapping[HourKey, int], faults: Sequence[Fault]) -> None:
        if self.failing:
            self.failing -= 1
            raise Unavailable("database", "away")
        self.kept.append(sum(counts.values()))

    async def pack(self) -> bool:
        self.packs += 1
        if self.away:
            raise Unavailable("database", "away")
        self.left = max(0, self.left - 1)
        return self.left > 0


def test_it_writes_every_ten_seconds_and_at_the_end() -> None:
    async def story() -> None:
        tally, book = HourTally(), Book()
        writer = HistoryWriter(tally, book)
        writer.start()
        tally.waited("main", 100)
        await asyncio.sleep(10.1)
        assert book.kept == [1]
        await asyncio.sleep(30)
        assert book.kept == [1]  # nothing to write
        tally.waited("main", 100)
        tally.waited("main", 100)
        await writer.close()
        assert book.kept == [1, 2]

    run_virtual(story())


async def test_nothing_is_lost_while_the_database_is_away(caplog: pytest.LogCaptureFixture) -> None:
    tally, book = HourTally(), Book(failing=3)
    writer = HistoryWriter(tally, book)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            tally.waited("main", 100)
            await writer.write()
    assert [record.event for record in caplog.records] == ["history.away"]
    await writer.write()
    assert book.kept == [3]


def test_what_is_over_is_put_together_bit_by_bit_and_then_once_an_hour() -> None:
    async def story() -> None:
        book = Book()
        book.left, book.away = 3, True
        writer = HistoryWriter(HourTally(), book)
        writer.start()
        await asyncio.sleep(10.1)
        assert (book.left, book.packs) == (3, 1)
        book.away = False
        await asyncio.sleep(30)
        assert (book.left, book.packs) == (0, 4)
        await asyncio.sleep(3500)
        assert book.packs == 4
        await asyncio.sleep(100)
        assert book.packs == 5
        await writer.close()

    run_virtual(story())
