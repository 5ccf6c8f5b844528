"""Runs of rehearsals and replays on the real databases: kept whole, sealed, and gone with the call they are of."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.store_run import RunKind, RunResult, StoreRun
from backend.testing.keys import a_key_ring

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    sqlite = request.param == "sqlite"
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres")
    database = Database(url, a_key_ring())
    await database.migrate()
    yield database
    await database.close()


def run(run_id: str = "r1", kind: RunKind = "rehearsal", at: datetime = NOW, version: str = "v1") -> StoreRun:
    return StoreRun(
        id=run_id, kind=kind, version=version, model="line", names=("main/late",), actor="key:ann", started_at=at
    )


def result(name: str, call_id: str = "", **told: object) -> RunResult:
    return RunResult(name=name, line="main", passed=True, told=told, call_id=call_id)


async def test_a_run_is_kept_with_its_results_in_their_order(database: Database) -> None:
    runs = SqlStoreRuns(database)
    await runs.begin(run())
    assert not await runs.heard("r1", NOW + timedelta(seconds=2), 3)
    for position, name in enumerate(("b", "a"), 1):
        await runs.add("r1", position, result(name, tokens=position))
    await runs.end("r1", "done", NOW + timedelta(seconds=9), "")
    kept = await runs.get("r1")
    assert kept is not None
    assert [(one.name, one.told) for one in kept.results] == [("b", {"tokens": 1}), ("a", {"tokens": 2})]
    assert (kept.state, kept.total, kept.names, kept.ended_at) == (
        "done", 3, ("main/late",), NOW + timedelta(seconds=9),
    )  # fmt: skip
    assert kept.heard_at == NOW + timedelta(seconds=2)
    assert await runs.get("r2") is None


async def test_runs_are_found_by_kind_and_version_the_newest_first(database: Database) -> None:
    runs = SqlStoreRuns(database)
    for number in range(3):
        await runs.begin(run(f"r{number}", at=NOW + timedelta(minutes=number)))
    await runs.begin(run("x", "replay"))
    await runs.begin(run("y", version="v2"))
    found = await runs.list(kind="rehearsal", version="v1", limit=2)
    assert [(one.id, list(one.results)) for one in found] == [("r2", []), ("r1", [])]


async def test_the_wish_to_stop_is_heard(database: Database) -> None:
    runs = SqlStoreRuns(database)
    await runs.begin(run())
    await runs.stop("r1")
    assert await runs.heard("r1", NOW)


async def test_old_ones_go_with_their_results(database: Database) -> None:
    runs = SqlStoreRuns(database)
    for run_id, at in (("old", NOW - timedelta(days=9)), ("new", NOW)):
        await runs.begin(run(run_id, at=at))
        await runs.add(run_id, 1, result("a"))
    assert await runs.forget("rehearsal", NOW - timedelta(days=7)) == 1
    assert await runs.get("old") is None
    kept = await runs.get("new")
    assert kept is not None and len(kept.results) == 1


async def test_what_a_caller_said_is_sealed_and_goes_with_their_call(database: Database) -> None:
    records, runs = SqlCallRecords(database), SqlStoreRuns(database)
    call = CallRecord(call_id="c1", line="main", direction="inbound", caller=Private("+13125550123"), started_at=NOW)
    call.ended_at, call.outcome = NOW, "completed"
    await records.started(call)
    await records.ended(call)
    await records.turn("c1", TurnRecord(index=1, agent="one", caller_text="i am canary", started_at=NOW))
    await runs.begin(run(kind="replay"))
    await runs.add("r1", 1, result("c1", "c1", caller="i am canary"))
    async with database.reading() as session:
        stored = (await session.execute(text("SELECT told FROM store_run_results"))).scalar_one()
    assert "canary" not in str(stored)
    await SqlCallerData(database).forget("+13125550123")
    kept = await runs.get("r1")
    assert kept is not None and not kept.results
    await runs.add("r1", 2, result("c1", "c1", caller="i am canary"))
    kept = await runs.get("r1")
    assert kept is not None and not kept.results, "the call is gone, so nothing more of it is kept"


async def test_a_replay_under_way_brings_back_no_words_of_a_call_that_stays_as_its_frame(database: Database) -> None:
    records, runs = SqlCallRecords(database), SqlStoreRuns(database)
    call = CallRecord(call_id="c1", line="main", direction="inbound", caller=Private("+13125550123"), started_at=NOW)
    call.ended_at, call.outcome = NOW, "completed"
    await records.ended(call)
    await records.turn("c1", TurnRecord(index=1, agent="one", caller_text="i am canary", started_at=NOW))
    cases = SqlCaseBook(database)
    await cases.save_fields("c1", "fnol", "POL-1", {"driver": "x"})
    await cases.file("c1", "fnol", NumberPattern("CLA-{random:6}"))
    await runs.begin(run(kind="replay"))
    await SqlCallerData(database).forget("+13125550123")
    assert await records.get("c1") is not None
    await runs.add("r1", 1, result("c1", "c1", caller="i am canary"))
    kept = await runs.get("r1")
    assert kept is not None and not kept.results


async def test_the_longest_name_of_a_rehearsal_is_kept_whole(database: Database) -> None:
    runs, name = SqlStoreRuns(database), f"{'s' * 200}/{'n' * 200}_100"
    await runs.begin(run())
    await runs.add("r1", 1, result(name))
    kept = await runs.get("r1")
    assert kept is not None and kept.results[0].name == name
