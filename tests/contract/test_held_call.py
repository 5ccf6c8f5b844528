"""A call that several workers write down at the same time is counted once, on a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.history import SqlHistory
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.domain.call import CallRecord
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.history import HistoryFigures, HistoryQuery

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
CALLS = [f"c{number}" for number in range(5)]


@pytest.fixture
async def workers(empty_postgres: str) -> AsyncIterator[list[Database]]:
    """Five of them, over one database."""
    databases = [Database(empty_postgres) for _ in range(5)]
    await databases[0].migrate()
    yield databases
    for database in databases:
        await database.close()


def call(call_id: str, *, over: bool = True) -> CallRecord:
    use = CallUse(phone_s=60, heard_s=30, spoken=100, models={"big": ModelUse(1, 0, 50, 0, 5)})
    made = CallRecord(call_id=call_id, line="main", direction="inbound", started_at=NOON)
    if over:
        made.outcome, made.ended_at, made.repairs, made.use = "completed", NOON, 1, use
    return made


async def figures(database: Database) -> HistoryFigures:
    query = HistoryQuery(since=NOON, until=NOON + timedelta(hours=1), by="hour")
    (found,) = (await SqlHistory(database).history(query)).slots.values()
    return found


@pytest.mark.parametrize("begun", [True, False], ids=["known", "not known"])
async def test_all_workers_write_its_end(workers: list[Database], begun: bool) -> None:
    books = [SqlCallRecords(database) for database in workers]
    for name in CALLS if begun else []:
        await books[0].started(call(name, over=False))
    await asyncio.gather(*(book.ended(call(name)) for name in CALLS for book in books))
    found = await figures(workers[0])
    assert found.outcomes == {"completed": len(CALLS)}
    assert found.use == CallUse(phone_s=300, heard_s=150, spoken=500, models={"big": ModelUse(5, 0, 250, 0, 25)})


async def test_one_writes_its_end_while_others_close_it_or_write_its_beginning_late(workers: list[Database]) -> None:
    records = [SqlCallRecords(database) for database in workers]
    for name in CALLS:
        await records[0].started(call(name, over=False))
    doing = [work for name in CALLS for work in (
        records[1].ended(call(name)), SqlOpenCalls(workers[2]).close(name, "the server went away"),
        records[3].started(call(name, over=False)), SqlOpenCalls(workers[4]).close(name, "the server went away"),
    )]  # fmt: skip
    await asyncio.gather(*doing)
    ended = [await records[0].get(name) for name in CALLS]
    assert all(one is not None and one.outcome == "completed" for one in ended)
    assert (await figures(workers[0])).outcomes == {"completed": len(CALLS)}
