"""What happened in a turn beside words: kept sealed, read back whole, swept with the words, and masked for viewers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.api.views import CallView
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.private import Private
from backend.domain.turn_moment import TurnMoment
from backend.testing.keys import a_key_ring

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOOL = TurnMoment(
    kind="tool", at=NOW, took_ms=48.0, name="verify_caller", ok=True, given='{"name": "Zephyrine"}', result='{"ok": 1}'
)
WHISPER = TurnMoment(kind="whispered", at=NOW, by="key:anna", ok=True, given="Zephyrine waits for a rental car.")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring())
    await found.migrate()
    yield found
    await found.close()


async def kept(database: Database) -> SqlCallRecords:
    records = SqlCallRecords(database)
    call = CallRecord(
        call_id="c1", line="insurance", direction="inbound", caller=Private("+12065550123"), started_at=NOW
    )
    await records.started(call)
    turn = TurnRecord(
        index=1, agent="auth", caller_text="hello", moments=[WHISPER, TOOL], started_at=NOW,
        latencies=Latencies(tools_ms=48.0),
    )  # fmt: skip
    await records.turn("c1", turn)
    call.ended_at, call.outcome = NOW + timedelta(minutes=1), "completed"
    await records.ended(call)
    return records


async def test_they_come_back_as_they_were_and_stand_sealed(database: Database) -> None:
    records = await kept(database)
    call = await records.get("c1")
    assert call is not None and call.turns[0].moments == [WHISPER, TOOL]
    assert call.turns[0].latencies.tools_ms == 48.0
    async with database.engine.connect() as connection:
        stored = str((await connection.execute(text("SELECT moments FROM turns"))).scalar())
    assert "Zephyrine" not in stored and "anna" not in stored


async def test_they_go_with_the_words(database: Database) -> None:
    records = await kept(database)
    assert await SqlCallerData(database).sweep("insurance", "words", NOW + timedelta(days=1), 10) == 1
    call = await records.get("c1")
    assert call is not None and call.turns[0].moments == []


async def test_viewers_see_that_it_happened_and_not_what_it_was_about(database: Database) -> None:
    call = await (await kept(database)).get("c1")
    assert call is not None
    whole, masked = (CallView.of(call, whole=one).turns[0].moments for one in (True, False))
    assert [one.given for one in whole] == [WHISPER.given, TOOL.given]
    assert [(one.kind, one.by, one.name, one.given, one.result) for one in masked] == [
        ("whispered", "key:anna", "", "", ""),
        ("tool", "", "verify_caller", "", ""),
    ]
