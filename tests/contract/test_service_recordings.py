"""What is known of recordings at the telephone service, in SQL and in memory alike."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.service_recordings import SqlServiceRecordings
from backend.domain.call import CallRecord
from backend.domain.service_recording import CUT, RecordedFile, ServiceRecording, Span
from backend.errors import Unavailable
from backend.ports import ServiceRecordings
from backend.testing.service_recordings import MemoryServiceRecordings

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
SOON = NOW + timedelta(minutes=10)
ONE = ServiceRecording("r1", "c1", 1_795_000_000_000, 0.4)
FILE = RecordedFile("r1", ("https://x.asm.skype.com/1",), ("https://x.asm.skype.com/1",))


@pytest.fixture(params=["sql", "memory"])
async def book(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[ServiceRecordings]:
    if request.param == "memory":
        yield MemoryServiceRecordings()
        return
    database = Database(database_url)
    await database.migrate()
    yield SqlServiceRecordings(database)
    await database.close()


async def test_what_is_left_out_is_found_again_by_whoever_goes_on(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    spans = (Span("paused", 1.5, 4.25), Span(CUT, 1.75, 4.125), Span("hidden", 6.0, 7.0, 1))
    await book.noted(replace(ONE, spans=spans))
    assert await book.of_call("c1") == replace(ONE, spans=spans)
    assert await book.of_call("c2") is None


async def test_a_file_is_not_taken_before_it_is_noted_what_of_it_is_left_out(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    with pytest.raises(Unavailable):
        await book.take(FILE, NOW, SOON)
    await book.noted(replace(ONE, ended=True))
    taken = await book.take(FILE, NOW, SOON)
    assert taken is not None and taken.wanted and taken.deletions == FILE.deletions


async def test_one_whose_worker_died_is_taken_in_the_end(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    late = NOW + timedelta(hours=2)
    assert await book.take(FILE, late, late + timedelta(minutes=1)) is not None


async def test_of_a_long_call_nothing_is_taken_before_its_worker_must_be_dead(database_url: str) -> None:
    """What is asked for at the end of three hours is left out, too."""
    database = Database(database_url)
    await database.migrate()
    records, book = SqlCallRecords(database), SqlServiceRecordings(database)
    call = CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=NOW)
    await records.started(call)
    await book.begun(ONE, NOW)
    over = NOW + timedelta(hours=3)
    with pytest.raises(Unavailable):
        await book.take(FILE, over, over + timedelta(minutes=1))
    await records.ended(replace(call, ended_at=over, outcome="completed"))
    with pytest.raises(Unavailable):
        await book.take(FILE, soon := over + timedelta(minutes=59), soon + timedelta(minutes=1))
    late = over + timedelta(minutes=61)
    assert await book.take(FILE, late, late + timedelta(minutes=1)) is not None
    await database.close()


async def test_one_worker_sees_to_a_file_and_the_next_when_it_has_died(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    await book.noted(replace(ONE, ended=True))
    assert await book.take(FILE, NOW, SOON) is not None
    with pytest.raises(Unavailable):
        await book.take(FILE, NOW, SOON)
    assert await book.take(FILE, SOON + timedelta(seconds=1), SOON + timedelta(hours=1)) is not None
    await book.leave("r1", kept=True)
    taken = await book.take(FILE, NOW, SOON)
    assert taken is not None and taken.kept
    assert await book.of_call("c1") is None


async def test_nobody_elses_file_is_taken(book: ServiceRecordings) -> None:
    assert await book.take(FILE, NOW, SOON) is None


async def test_one_that_is_deleted_is_wanted_by_nothing_that_is_noted_later(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    assert [one.recording_id for one in await book.unwanted("c1")] == ["r1"]
    await book.noted(replace(ONE, ended=True))
    assert await book.of_call("c1") is None
    taken = await book.take(FILE, NOW, SOON)
    assert taken is not None and not taken.wanted


async def test_old_ones_are_found_until_they_are_gone(book: ServiceRecordings) -> None:
    await book.begun(ONE, NOW)
    assert await book.lost(NOW, 10) == []
    (lost,) = await book.lost(NOW + timedelta(days=2), 10)
    await book.gone(lost.recording_id)
    assert await book.lost(NOW + timedelta(days=2), 10) == []
