"""A worker of the version before still drains when the next one has migrated the database: nothing of it is lost."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NotSupportedError
from worker_before import NOW, WorkerBefore

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database, upgrade_to
from backend.domain.call import CallRecord
from backend.domain.private import Private

T = TypeVar("T")
NUMBER = "CLA-2026-KT4RWX"


@pytest.fixture
async def database(new_postgres_url: str) -> AsyncIterator[Database]:
    """As the version before left it."""
    found = Database(new_postgres_url)
    async with found.engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0002_claims")
    yield found
    await found.close()


@pytest.fixture
async def before(new_postgres_url: str) -> AsyncIterator[WorkerBefore]:
    worker = WorkerBefore(new_postgres_url)
    yield worker
    await worker.engine.dispose()


async def test_its_draft_and_its_call_go_on_after_the_migration(database: Database, before: WorkerBefore) -> None:
    await before.call("c1")
    await before.save_fields("c1", "POL-1", {"a": 1})
    await database.migrate()
    assert (await before.save_fields("c1", "POL-1", {"b": 2})).fields == {"a": 1, "b": 2}
    await before.file("c1", NUMBER)
    await before.call("c1", claim_id=NUMBER, outcome="completed", ended_at=NOW)
    case = await SqlCaseBook(database).get(NUMBER)
    assert case is not None
    assert (case.form, case.subject, case.fields, case.verified) == ("fnol", "POL-1", {"a": 1, "b": 2}, True)
    call = await SqlCallRecords(database).get("c1")
    assert call is not None
    assert (call.case_number, call.outcome) == (NUMBER, "completed")


async def test_it_begins_a_claim_after_the_migration(database: Database, before: WorkerBefore) -> None:
    await database.migrate()
    await before.call("c2")
    await before.save_fields("c2", "POL-2", {"a": 1})
    assert (await before.file("c2", NUMBER)).status == "filed"
    assert await before.filed() == [NUMBER]
    draft = await SqlCaseBook(database).draft("c2", "fnol")
    assert draft is not None
    assert draft.number == NUMBER


async def test_it_sees_no_other_form_and_both_numbers_of_a_call_stay_the_same(
    database: Database, before: WorkerBefore
) -> None:
    await database.migrate()
    await SqlCaseBook(database).save_fields("c3", "outage", "S", {})
    records = SqlCallRecords(database)
    call = CallRecord(
        call_id="c3", line="utility", direction="inbound", caller=Private(""), called=Private(""), started_at=NOW,
        case_number="OUT-1",
    )  # fmt: skip
    await records.started(call)
    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM claims"))).scalar() == 0
        assert (await connection.execute(text("SELECT claim_id FROM calls"))).scalar() == "OUT-1"
    call.case_number = "OUT-2"
    await records.ended(call)
    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT claim_id FROM calls"))).scalar() == "OUT-2"


async def test_statements_that_it_has_prepared_go_on_at_the_second_try(
    database: Database, before: WorkerBefore
) -> None:
    """PostgreSQL fails a prepared statement whose columns are of other types by now; the next try prepares anew.

    That version tries again by itself: its journal after 0.3 s, its agents when a tool has failed.
    """
    for number in range(8):
        await before.call(f"p{number}")
        await before.save_fields(f"p{number}", "POL-1", {"a": number})
        await before.file(f"p{number}", f"CLA-{number}")
    await database.migrate()
    await twice(lambda: before.call("c4"))
    await twice(lambda: before.save_fields("c4", "POL-1", {"a": 1}))
    await twice(lambda: before.file("c4", NUMBER))
    assert len(await twice(before.filed)) == 9


async def twice(work: Callable[[], Awaitable[T]]) -> T:
    try:
        return await work()
    except NotSupportedError:
        return await work()
