"""What calls took, on the real databases: kept with the turns, counted once, summed with the filters of calls."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_use import CallUse, ModelUse, UseTotals
from backend.domain.entry import body_of_call, body_of_turn, call_in, turn_in
from backend.domain.private import Private
from backend.domain.search import EVERY_CALL, CallQuery

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
NUMBER = "+13125550142"


@pytest.fixture
async def records(database_url: str) -> SqlCallRecords:
    database = Database(database_url)
    await database.migrate()
    yield SqlCallRecords(database)
    await database.close()


def a_call(call_id: str = "c1", **changes: object) -> CallRecord:
    return replace(CallRecord(call_id=call_id, line="main", direction="inbound", started_at=NOW), **changes)


def a_turn(index: int, use: CallUse | None) -> TurnRecord:
    return TurnRecord(index=index, agent="one", started_at=NOW + timedelta(seconds=index), use=use)


def some(factor: int = 1) -> CallUse:
    models = {"big": ModelUse(factor, factor - 1, 100 * factor, 10 * factor, 7 * factor)}
    return CallUse(phone_s=60.5 * factor, heard_s=50 * factor, spoken=20 * factor, recorded_s=5 * factor, models=models)


async def test_it_is_kept_with_the_turns_of_a_call_that_never_ends(records: SqlCallRecords) -> None:
    await records.started(a_call(use=CallUse()))
    await records.turn("c1", a_turn(1, some(1)))
    await records.turn("c1", a_turn(2, some(2)))
    assert (await records.get("c1")).use == some(2)  # pyright: ignore[reportOptionalMemberAccess]
    await SqlOpenCalls(records._database).close("c1", "the server went away")
    kept = await records.get("c1")
    assert kept is not None
    assert (kept.outcome, kept.use) == ("failed", some(2))
    assert [call.use for call in await records.list()] == [some(2)]
    assert await records.use() == UseTotals(1, 0, some(2))


async def test_what_is_written_late_or_twice_is_counted_once(records: SqlCallRecords) -> None:
    """The outbox of a worker that was killed is written after the worker that went on with the call is done."""
    early, turn = body_of_call(a_call(use=some(1))), body_of_turn(a_turn(1, some(2)))
    await records.ended(a_call(outcome="completed", use=some(3)))
    for _ in range(2):
        await records.turn("c1", turn_in(turn))
        await records.started(call_in(early))
    assert (await records.get("c1")).use == some(3)  # pyright: ignore[reportOptionalMemberAccess]


async def test_of_calls_of_an_earlier_version_it_is_not_known(records: SqlCallRecords) -> None:
    before = msgspec.json.decode(msgspec.json.encode(body_of_call(a_call("old"))))
    del before["use"]
    await records.ended(call_in(before))
    await records.turn("old", a_turn(1, None))
    await records.ended(a_call("new", use=some()))
    assert (await records.get("old")).use is None  # pyright: ignore[reportOptionalMemberAccess]
    assert await records.use() == UseTotals(2, 1, some())


async def test_it_is_summed_with_the_filters_of_calls_and_without_tests(records: SqlCallRecords) -> None:
    await records.ended(a_call("a", outcome="completed", agents=["one", "two"], use=some(1)))
    await records.ended(a_call("b", outcome="failed", line="dental", use=some(2)))
    await records.ended(a_call("c", outcome="completed", test=True, use=some(3)))
    await records.ended(a_call("d", started_at=NOW - timedelta(days=1), use=some(4)))

    async def total(query: CallQuery = EVERY_CALL, *without: str) -> tuple[int, float, int]:
        found = await records.use(query, without=without)
        return found.calls, found.use.phone_s / 60.5, sum(model.read for model in found.use.models.values()) // 100

    assert await total() == (3, 7, 7)
    assert await total(CallQuery(line="dental")) == (1, 2, 2)
    assert await total(CallQuery(agent="two")) == (1, 1, 1)
    assert await total(CallQuery(test=True)) == (1, 3, 3)
    assert await total(CallQuery(since=NOW), "a") == (1, 2, 2)
    assert await total(CallQuery(lines=frozenset())) == (0, 0, 0)


async def test_it_goes_with_the_caller(records: SqlCallRecords) -> None:
    await records.ended(a_call(use=some(), caller=Private(NUMBER), ended_at=NOW))
    assert (await SqlCallerData(records._database).forget(NUMBER)).calls == 1
    async with records._database.reading() as session:
        assert list(await session.scalars(text("select call_id from call_models"))) == []
