"""Recordings go with their callers, and when their time is over; nobody loses sight of one before."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from caller_stage import MINE, NOW, THEIRS, a_call, swept
from sqlalchemy import update

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.adapters.sql.recording_book import SqlRecordingBook
from backend.adapters.sql.tables import Call
from backend.domain.call import CallRecord
from backend.domain.line import LineSpec
from backend.domain.recording import SegmentName
from backend.domain.unsealed import Unsealed
from backend.engine.desk.caller_desk import CallerDesk
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.sweeper import Sweeper
from backend.engine.recording.recorders import Recorders
from backend.errors import Unavailable
from backend.testing.keys import a_key_ring
from backend.testing.recordings import MemoryRecordings
from backend.testing.stage import line_spec


@pytest.fixture(params=["clear", "sealed"])
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring() if request.param == "sealed" else None)
    await found.migrate()
    yield found
    await found.close()


@pytest.fixture
async def recordings(database: Database) -> AsyncIterator[RecordingDesk]:
    recorders = Recorders(MemoryRecordings(), Unsealed())
    recorders.start()
    yield RecordingDesk(recorders, SqlRecordingBook(database))
    await recorders.close()


async def recorded(
    database: Database, recordings: RecordingDesk, call_id: str, number: str = MINE, *, age: int = 0, keeps: int = 30
) -> None:
    """A call with a recording."""
    await a_call(database, call_id, number, age=age)
    call = await SqlCallRecords(database).get(call_id)
    assert call is not None and call.recording == "none" and call.recording_until is None
    call.recording, call.recording_until = "on", NOW + timedelta(days=keeps - age)
    call.outcome = "completed"
    await SqlCallRecords(database).ended(call)
    store(recordings).files[SegmentName(call_id, 1)] = b"sealed"


def store(recordings: RecordingDesk) -> MemoryRecordings:
    kept = recordings.recorders.store
    assert isinstance(kept, MemoryRecordings)
    return kept


def kept_of(recordings: RecordingDesk) -> set[str]:
    return {one.call_id for one in store(recordings).files}


async def state_of(database: Database, call_id: str) -> str | None:
    call = await SqlCallRecords(database).get(call_id)
    return call and call.recording


async def test_who_is_forgotten_is_not_to_be_heard_any_more(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "mine")
    await recorded(database, recordings, "theirs", THEIRS)
    desk = CallerDesk(SqlCallerData(database), recordings=recordings)
    done = await desk.forget(MINE)
    assert (done.calls, done.recordings) == (1, 1)
    assert kept_of(recordings) == {"theirs"}
    assert await state_of(database, "theirs") == "on"
    assert (await desk.forget(MINE)).recordings == 0


async def test_where_recordings_cannot_be_deleted_nobody_is_half_forgotten(
    database: Database, recordings: RecordingDesk
) -> None:
    await recorded(database, recordings, "mine")
    store(recordings).away = True
    desk = CallerDesk(SqlCallerData(database), recordings=recordings)
    with pytest.raises(Unavailable):
        await desk.forget(MINE)
    assert await state_of(database, "mine") == "on", "else nobody would find the recording again"
    store(recordings).away = False
    assert (await desk.forget(MINE)).recordings == 1


async def test_what_is_kept_of_a_caller_names_their_recordings(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "mine")
    store(recordings).files.clear()
    data = await CallerDesk(SqlCallerData(database), recordings=recordings).export(MINE)
    assert [dict(one) for one in data.recordings] == [{"call_id": "mine", "seconds": 0.0}]
    assert data.calls[0]["recording"] == "on"


async def swept_with(database: Database, recordings: RecordingDesk, line: LineSpec) -> int:
    return await Sweeper(SqlCallerData(database), lambda: [line], 1, lambda: NOW, recordings).sweep()


def a_line(**more: object) -> LineSpec:
    return line_spec(name="insurance", recording={"enabled": True, "keep_days": 30}, **more)


async def test_a_recording_goes_when_its_day_has_come(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "old", age=31)
    await recorded(database, recordings, "new", age=29)
    assert await swept_with(database, recordings, a_line()) == 1
    assert kept_of(recordings) == {"new"}
    assert (await state_of(database, "old"), await state_of(database, "new")) == ("deleted", "on")
    assert await swept_with(database, recordings, a_line()) == 0


async def test_a_recording_whose_consent_was_taken_back_goes_as_well(
    database: Database, recordings: RecordingDesk
) -> None:
    """Its silent beginning had been written: nobody else would ever find it."""
    await recorded(database, recordings, "old", age=31)
    await recorded(database, recordings, "mine")
    async with database.session() as session:
        await session.execute(update(Call).values(recording="refused"))
    assert await swept_with(database, recordings, a_line()) == 1
    assert kept_of(recordings) == {"mine"}
    desk = CallerDesk(SqlCallerData(database), recordings=recordings)
    assert (await desk.forget(MINE)).recordings == 1
    assert kept_of(recordings) == set()


async def test_a_line_that_is_to_keep_less_does(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "old", age=12, keeps=30)
    assert await swept_with(database, recordings, a_line(retention={"words": 10})) == 2
    assert kept_of(recordings) == set()


async def test_a_recording_whose_line_is_gone_goes_all_the_same(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "old", age=31)
    other = line_spec(name="other")
    assert await swept_with(database, recordings, other) == 1
    assert kept_of(recordings) == set()


async def test_a_call_never_goes_before_its_recording(database: Database, recordings: RecordingDesk) -> None:
    await recorded(database, recordings, "old", age=31)
    assert await swept(database, calls=5) == 0, "nobody would find its recording again"
    assert await state_of(database, "old") == "on"
    assert await swept_with(database, recordings, a_line(retention={"calls": 5})) == 2
    assert await state_of(database, "old") is None


@pytest.mark.parametrize("state", ["on", "broken", "deleted"])
async def test_a_beginning_that_is_written_late_does_not_lose_a_recording(database: Database, state: str) -> None:
    call = CallRecord(call_id="late", line="insurance", direction="inbound", started_at=NOW)
    over = replace(call, ended_at=NOW, outcome="completed", recording=state)
    over.recording_until = None if state == "deleted" else NOW + timedelta(days=30)
    await SqlCallRecords(database).ended(over)
    await SqlCallRecords(database).started(call if state != "deleted" else replace(call, recording="on"))
    kept = await SqlCallRecords(database).get("late")
    assert kept is not None and (kept.recording, kept.recording_until) == (state, over.recording_until)


async def test_a_recording_that_is_known_of_late_is_found(database: Database) -> None:
    call = CallRecord(call_id="late", line="insurance", direction="inbound", started_at=NOW)
    await SqlCallRecords(database).ended(replace(call, ended_at=NOW, outcome="lost"))
    await SqlCallRecords(database).started(replace(call, recording="on", recording_until=NOW))
    kept = await SqlCallRecords(database).get("late")
    assert kept is not None and (kept.recording, kept.recording_until, kept.outcome) == ("on", NOW, "lost")
