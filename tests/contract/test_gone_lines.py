"""What was kept of lines that the store has no longer goes when they said it should, and stays where none said so."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.revision_book import SqlRevisions
from backend.agents.gone_lines import GoneLine, GoneLines
from backend.domain.call import CallRecord
from backend.domain.callback import CallbackWish
from backend.domain.line import LineSpec, RetentionSpec
from backend.domain.private import Private
from backend.domain.revision import Revision
from backend.engine.desk.sweeper import Sweeper
from backend.errors import Unavailable
from backend.testing.stage import line_spec

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER = "+12065550123"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


async def a_call(database: Database, call_id: str, line: str, age: int) -> None:
    at = NOW - timedelta(days=age)
    call = CallRecord(call_id=call_id, line=line, direction="inbound", started_at=at, caller=Private(NUMBER))
    call.ended_at = at
    await SqlCallRecords(database).ended(call)


async def a_version(database: Database, version: str, *, age: int, draft: bool = False, **lines: str) -> None:
    files = {f"lines/{name}.yaml": text for name, text in lines.items()}
    await SqlRevisions(database).keep(Revision(version, NOW - timedelta(days=age), "ann", files, draft=draft))


async def left(database: Database) -> list[str]:
    return sorted(call.call_id for call in await SqlCallRecords(database).list())


def a_sweeper(database: Database, *there: LineSpec) -> Sweeper:
    data = SqlCallerData(database)
    return Sweeper(data, lambda: list(there), 1, lambda: NOW, gone=GoneLines(data, SqlRevisions(database)))


async def test_a_line_that_was_removed_or_renamed_is_swept_as_it_last_said(database: Database) -> None:
    await a_version(database, "v1", age=90, old="name: old\nretention: {calls: 10}\n", other="name: other\n")
    await a_version(database, "v2", age=80, old="name: old\nretention: {calls: 30}\nsays: {in: words of today}\n")
    await a_version(database, "v3", age=70, insurance="name: insurance\n")
    await a_version(database, "v4", age=1, draft=True, old="name: old\nretention: {calls: 1}\n")
    for line in ("old", "other", "insurance"):
        for age in (31, 29):
            await a_call(database, f"{line} {age}", line, age)
    sweeper = a_sweeper(database, line_spec(name="insurance"))
    assert await sweeper.sweep() == 1
    assert await left(database) == ["insurance 29", "insurance 31", "old 29", "other 29", "other 31"]
    assert sweeper.health().state == "ok", "of all it is known for how long they are kept"


async def test_a_line_that_is_there_is_swept_by_what_it_says_today(database: Database) -> None:
    await a_version(database, "v1", age=1, insurance="name: insurance\nretention: {calls: 10}\n")
    await a_call(database, "kept", "insurance", 31)
    assert await a_sweeper(database, line_spec(name="insurance", retention={"calls": 40})).sweep() == 0
    assert await left(database) == ["kept"]


async def test_what_nobody_says_anything_of_is_kept_and_named(database: Database) -> None:
    await a_version(
        database, "v1", age=90, odd="name: odd\nretention: {calls: soon}\n", broken="{", short="retention: {days: 3}"
    )
    for line in ("odd", "broken", "short", "never"):
        await a_call(database, line, line, 3000)
    await SqlCallbackBook(database).keep(CallbackWish("wish", "wished", NUMBER, "", "", NOW - timedelta(days=3000)))
    sweeper = a_sweeper(database, line_spec(name="insurance"))
    assert sweeper.health().state == "ok", "nobody has looked yet"
    assert await sweeper.sweep() == 0
    assert await left(database) == ["broken", "never", "odd", "short"]
    part = sweeper.health()
    assert part.state == "degraded" and part.counts == {"lines_unknown": 5}
    assert "everything is kept of broken, never, odd, short, wished: no version" in part.sentence
    assert NUMBER not in part.sentence


async def test_a_line_that_nothing_was_known_of_is_known_once_it_was_live(database: Database) -> None:
    await a_call(database, "old", "old", 31)
    sweeper = a_sweeper(database)
    assert await sweeper.sweep() == 0 and sweeper.health().state == "degraded"
    await a_version(database, "v1", age=0, old="name: old\nretention: {calls: 30}\n")
    assert await sweeper.sweep() == 1 and sweeper.health().state == "ok"


async def test_what_cannot_be_found_out_holds_up_nothing_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_call(database, "old", "insurance", 31)
    sweeper = a_sweeper(database, line_spec(name="insurance", retention={"calls": 30}))

    async def away(*_: object) -> None:
        raise Unavailable("database", "away")

    monkeypatch.setattr(GoneLines, "beside", away)
    with pytest.raises(Unavailable):
        await sweeper.sweep()
    assert await left(database) == []


async def test_recordings_of_such_a_line_outlast_neither_words_nor_call(database: Database) -> None:
    await a_version(
        database, "v1", age=9,
        plain="name: plain\n", some="recording: {keep_days: 9}\n",
        less="recording: {keep_days: 9}\nretention: {words: 3}",
    )  # fmt: skip
    for line in ("plain", "some", "less"):
        await a_call(database, line, line, 1)
    known, unknown = await GoneLines(SqlCallerData(database), SqlRevisions(database)).beside(())
    assert not unknown and sorted((line.name, line.recording_days) for line in known) == [
        ("less", 3), ("plain", 30), ("some", 9),
    ]  # fmt: skip
    assert GoneLine("plain", RetentionSpec(), 30) in known


async def test_a_case_of_no_known_call_stays_while_it_may_be_of_a_line_that_is_not_known(database: Database) -> None:
    await SqlCaseBook(database).save_fields("stray", "fnol", "", {"driver": "Ann"})
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE cases SET updated_at = :at"), {"at": NOW - timedelta(days=31)})
    await a_call(database, "unknown", "unknown", 31)
    sweeper = a_sweeper(database, line_spec(name="insurance", retention={"drafts": 30}))
    assert await sweeper.sweep() == 0
    await a_version(database, "v1", age=2, unknown="name: unknown\nretention: {drafts: 40}\n")
    assert await sweeper.sweep() == 0, "that line might keep it"
    await a_version(database, "v2", age=1, unknown="name: unknown\nretention: {drafts: 20}\n")
    assert await sweeper.sweep() == 1 and await SqlCaseBook(database).draft("stray", "fnol") is None
