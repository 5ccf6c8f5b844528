"""Which calls have no end and nobody who would write it: on SQLite and on a real PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.case_number import NumberPattern

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime.now(UTC)
SILENT, NAMELESS = timedelta(seconds=20), timedelta(hours=2)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


def a_call(call_id: str, **changes: object) -> CallRecord:
    return replace(CallRecord(call_id=call_id, line="l", direction="inbound", started_at=NOW), **changes)


async def test_the_calls_of_those_who_are_silent_are_found(database: Database) -> None:
    calls = SqlOpenCalls(database)
    for worker in ("w0", "w1", "w2"):
        await SqlCallRecords(database, worker).started(a_call(f"of-{worker}"))
        await SqlCallRecords(database, worker).ended(a_call(f"ended-{worker}", outcome="completed", ended_at=NOW))
    await SqlCallRecords(database).started(a_call("old", started_at=NOW - timedelta(hours=3)))
    await SqlCallRecords(database).started(a_call("new"))
    for worker in ("w1", "w2", "w2"):
        await calls.beat(worker)
    found = [call.call_id for call in await calls.abandoned(SILENT, NAMELESS)]
    assert found == ["old", "of-w0"]
    async with database.session() as session:  # w2 falls silent
        late = datetime.now(UTC) - timedelta(seconds=30)
        statement = text("UPDATE workers SET seen_at = :late WHERE name = 'w2'")
        await session.execute(statement, {"late": late if "postgres" in str(database.engine.url) else str(late)})
    await calls.leave("w1")
    found = [call.call_id for call in await calls.abandoned(SILENT, NAMELESS)]
    assert set(found) == {"old", "of-w0", "of-w1", "of-w2"}


async def test_a_call_is_closed_at_the_last_moment_that_is_known_of_it_once(database: Database) -> None:
    records, cases, calls = SqlCallRecords(database, "w0"), SqlCaseBook(database), SqlOpenCalls(database)
    await records.started(a_call("c1"))
    last = NOW + timedelta(seconds=90)
    for index, at in enumerate((NOW, last)):
        await records.turn("c1", TurnRecord(index=index, agent="a", started_at=at))
    await cases.save_fields("c1", "fnol", "P", {"a": 1})
    filed = await cases.file("c1", "fnol", NUMBERS)
    assert await calls.close("c1", "why")
    closed = await records.get("c1")
    assert closed is not None
    assert (closed.outcome, closed.detail, closed.ended_at, closed.case_number) == ("failed", "why", last, filed.number)
    assert not await calls.close("c1", "again")
    await records.ended(a_call("c1", outcome="completed", ended_at=last))  # it was alive after all, and says so
    kept = await records.get("c1")
    assert kept is not None
    assert kept.outcome == "completed"
    await records.started(a_call("c2"))
    assert await calls.close("c2", "nobody came", "idle")
    untalked = await records.get("c2")
    assert untalked is not None
    assert (untalked.ended_at, untalked.outcome) == (NOW, "idle")
