"""Which numbers are being called back, on the real databases: by one worker at a time, until that call is over."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import CallingBackRow
from backend.domain.call import CallOutcome, CallRecord
from backend.testing.keys import a_key_ring

NUMBER, OTHER = "+13125550142", "+13125550143"


@pytest.fixture(params=["sealed", "clear"])
async def workers(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[list[Database]]:
    """Four of them, over one database."""
    ring = a_key_ring() if request.param == "sealed" else None
    databases = [Database(database_url, ring) for _ in range(4)]
    await databases[0].migrate()
    yield databases
    for database in databases:
        await database.close()


async def begin(database: Database, placed: str, number: str = NUMBER) -> bool:
    return await SqlCallbackBook(database).begin(number, placed)


async def written(database: Database, placed: str, outcome: CallOutcome | None = None) -> None:
    call = CallRecord(call_id=placed, line="main", direction="outbound", started_at=datetime.now(UTC), outcome=outcome)
    await SqlCallRecords(database).ended(call)


async def older(database: Database, by: timedelta) -> None:
    async with database.session() as session:
        await session.execute(update(CallingBackRow).values(at=datetime.now(UTC) - by))


async def kept(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(CallingBackRow)) or 0


async def test_of_workers_that_try_at_once_one_may(workers: list[Database]) -> None:
    tried = await asyncio.gather(*(begin(database, f"c{place}") for place, database in enumerate(workers)))
    assert sorted(tried) == [False, False, False, True]
    assert await begin(workers[1], "other", OTHER)


async def test_nobody_else_may_until_the_call_is_over(workers: list[Database]) -> None:
    one, two, *_ = workers
    assert await begin(one, "c1")
    await written(one, "c1")
    await older(one, timedelta(hours=1))  # a long call
    assert not await begin(two, "c2")
    await written(one, "c1", "completed")
    tried = await asyncio.gather(*(begin(database, f"d{place}") for place, database in enumerate(workers)))
    assert sorted(tried) == [False, False, False, True]


async def test_a_call_that_never_came_about_holds_for_minutes(workers: list[Database]) -> None:
    one, two, *_ = workers
    assert await begin(one, "c1")
    await older(one, timedelta(minutes=2))
    assert not await begin(two, "c2")
    await older(one, timedelta(minutes=4))
    assert await begin(two, "c2")


async def test_what_could_not_be_placed_is_given_up_by_its_own_worker_alone(workers: list[Database]) -> None:
    one, two, *_ = workers
    assert await begin(one, "c1")
    await SqlCallbackBook(two).give_up(NUMBER, "c2")
    assert not await begin(two, "c2")
    await SqlCallbackBook(one).give_up(NUMBER, "c1")
    assert await begin(two, "c2")


async def test_nothing_of_it_stays(workers: list[Database]) -> None:
    one, *_ = workers
    await begin(one, "c1")
    await SqlCallerData(one).forget(OTHER)
    assert await kept(one) == 1
    await SqlCallerData(one).forget(NUMBER)
    assert await kept(one) == 0
    await begin(one, "c1")
    await older(one, timedelta(days=2))
    await begin(one, "c2", OTHER)
    assert await kept(one) == 1
