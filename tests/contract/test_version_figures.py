"""How calls went, by version, on the real databases: counted, timed, tests left out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.version_figures import SqlVersionFigures
from backend.domain.call import CallOutcome, CallRecord, Latencies, TurnRecord
from backend.domain.share import VersionFigures

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    sqlite = request.param == "sqlite"
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres")
    database = Database(url)
    await database.migrate()
    yield database
    await database.close()


async def keep(
    records: SqlCallRecords,
    call_id: str,
    outcome: CallOutcome | None,
    *waits: float | None,
    version: str = "v2",
    repairs: int | None = None,
    test: bool = False,
    line: str = "main",
    at: datetime = NOW,
) -> None:
    call = CallRecord(
        call_id=call_id, line=line, direction="inbound", store_version=version, started_at=at, test=test
    )  # fmt: skip
    await records.started(call)
    for index, wait in enumerate(waits, 1):
        turn = TurnRecord(
            index=index,
            agent="one",
            started_at=at + timedelta(seconds=index),
            latencies=Latencies(first_frame_ms=wait),
        )
        await records.turn(call_id, turn)
    if outcome is not None:
        call.ended_at, call.outcome, call.repairs = at, outcome, repairs
        await records.ended(call)


async def test_they_are_counted_by_version(database: Database) -> None:
    records = SqlCallRecords(database)
    await keep(records, "a", "completed", 100.0, 300.0, None, repairs=0)
    await keep(records, "b", "transferred", 200.0, repairs=3)
    await keep(records, "c", "completed")
    await keep(records, "live", None, 400.0)
    await keep(records, "test", "failed", 9000.0, repairs=9, test=True)
    await keep(records, "before", "failed", 9000.0, at=NOW - timedelta(days=1))
    await keep(records, "other", "failed", 9000.0, version="v1")
    await keep(records, "elsewhere", "idle", 9000.0, line="other")
    book = SqlVersionFigures(database)
    found = await book.figures(("v1", "v2", "v3"), NOW - timedelta(hours=1), ("main",))
    assert found["v2"] == VersionFigures(
        calls=3,
        live=1,
        outcomes={"completed": 2, "transferred": 1},
        turns=4,
        wait_p50_ms=200.0,
        wait_p95_ms=400.0,
        counted=2,
        repairs=3,
        repaired=1,
    )
    assert (found["v1"].calls, found["v1"].outcomes) == (1, {"failed": 1})
    assert found["v3"] == VersionFigures()
    everywhere = await book.figures(("v2",), NOW - timedelta(hours=1))
    assert everywhere["v2"].outcomes == {"completed": 2, "idle": 1, "transferred": 1}
