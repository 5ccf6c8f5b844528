"""What a call's record says of its recording: late news is noted, and nothing that is written again brings one back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.recording_book import SqlRecordingBook
from backend.domain.call import CallRecord
from backend.engine.desk import recording_desk
from backend.engine.desk.recording_desk import RecordingDesk
from backend.errors import Unavailable
from backend.testing.recordings import TakenDown

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
UNTIL = NOW + timedelta(days=30)
CALL = CallRecord(
    call_id="c1", line="main", direction="inbound", started_at=NOW, ended_at=NOW, outcome="completed", recording="on",
    recording_until=UNTIL,
)  # fmt: skip


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


async def how_it_stands(records: SqlCallRecords) -> tuple[str, datetime | None]:
    call = await records.get("c1")
    assert call is not None
    return call.recording, call.recording_until


async def test_an_end_that_is_written_again_brings_no_deleted_recording_back(database: Database) -> None:
    records, book = SqlCallRecords(database), SqlRecordingBook(database)
    await records.ended(replace(CALL))
    await book.deleted("c1")
    await records.ended(replace(CALL))
    assert await how_it_stands(records) == ("deleted", None)
    await records.started(replace(CALL, outcome=None, ended_at=None))
    assert await how_it_stands(records) == ("deleted", None)
    await book.broke("c1")
    assert await how_it_stands(records) == ("deleted", None)
    assert await book.due(UNTIL + timedelta(days=1), 10) == []


async def test_one_that_broke_off_after_its_call_stays_noted_whatever_is_written_late(database: Database) -> None:
    records, book = SqlCallRecords(database), SqlRecordingBook(database)
    await records.ended(replace(CALL))
    await book.broke("c1")
    await records.ended(replace(CALL))
    assert await how_it_stands(records) == ("broken", UNTIL)
    assert await book.due(UNTIL + timedelta(days=1), 10) == ["c1"], "it is deleted in its time as others are"


async def test_late_news_is_noted_although_the_database_was_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_desk, "_RETRY_S", (0.0, 0.0, 0.0))
    records, away = SqlCallRecords(database), 1

    class Book(SqlRecordingBook):
        async def broke(self, call_id: str) -> None:
            nonlocal away
            if away:
                away -= 1
                raise Unavailable("database", "away")
            await super().broke(call_id)

    await records.ended(replace(CALL))
    desk = RecordingDesk(TakenDown(), Book(database))
    desk.follow()
    desk.recorders.on_late("c1")
    await desk.close()
    assert await how_it_stands(records) == ("broken", UNTIL)
