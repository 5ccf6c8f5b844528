"""What is kept of a caller: shown in whole, and forgotten in whole."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from caller_stage import MINE, NOW, NUMBERS, THEIRS, a_call, counts
from sqlalchemy import text
from typer.testing import CliRunner

from backend.adapters.files.spool import FileSpool
from backend.adapters.redis.session_store import MemorySessionStore
from backend.adapters.sql import caller_data as caller_data_module
from backend.adapters.sql import in_parts as in_parts_module
from backend.adapters.sql import stray_cases as stray_cases_module
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.adapters.sql.recording_book import SqlRecordingBook
from backend.adapters.sql.tables import Base
from backend.cli.application import app
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.entry import Entry, body_of_call
from backend.domain.private import Private
from backend.domain.search import CallQuery, CaseQuery
from backend.domain.session import CallSession
from backend.domain.tries import Counted, MemoryTries
from backend.domain.unsealed import Unsealed
from backend.engine.desk.caller_desk import CallerDesk
from backend.engine.desk.outbox import Outbox
from backend.errors import ExportTooLarge
from backend.testing.keys import a_key_ring


@pytest.fixture(params=["clear", "sealed"])
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring() if request.param == "sealed" else None)
    await found.migrate()
    yield found
    await found.close()


async def test_everything_of_a_number_is_shown_and_nothing_of_another(database: Database) -> None:
    await a_call(database, "mine1", filed=True)
    await a_call(database, "mine2", filed=False)
    await a_call(database, "theirs", THEIRS, filed=True)
    data = await SqlCallerData(database).export(MINE)
    shown = json.dumps(asdict(replace(data, at=None)))  # as it is: whoever asked gets JSON
    assert [call["use"]["heard_s"] for call in data.calls] == [7.5, 7.5]
    assert {call["call_id"] for call in data.calls} == {"mine1", "mine2"}
    for part in (MINE, "words mine1", "words mine2", "driver mine1", "driver mine2", "Zephyrine", "tool:x"):
        assert part in shown
    assert THEIRS not in shown and "theirs" not in shown


async def test_of_however_many_calls_none_is_left_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_parts_module, "_MOST", 2)
    monkeypatch.setattr(caller_data_module, "_ENTRIES", 2)
    for number in range(7):
        await a_call(database, f"mine{number}", filed=True if number == 6 else None)
    await a_call(database, "theirs", THEIRS, filed=False)
    for number in range(5):
        await SqlCallRecords(database).audit(call_id="mine3", actor="agent", action=f"tool:{number}", detail={})
    await SqlCallbackBook(database).keep(CallbackWish("theirs", "insurance", MINE, "", "", NOW))
    book = SqlCallerData(database)
    data = await book.export(MINE, most=7)
    assert sorted(call["call_id"] for call in data.calls) == [f"mine{number}" for number in range(7)]
    assert (len(data.cases), len(data.callbacks), len(data.audit)) == (1, 8, 12)
    with pytest.raises(ExportTooLarge, match="7 calls of this number, and at most 6"):
        await book.export(MINE, most=6)
    done = await book.forget(MINE)
    assert (done.calls, done.cases_kept, done.callbacks, len(done.call_ids)) == (6, 1, 8, 7)
    assert await counts(database) == {
        "calls": 2, "turns": 1, "call_agents": 2, "audit": 1, "callbacks": 0, "cases": 2,
    }  # fmt: skip


async def a_placed_call(database: Database, call_id: str, number: str = MINE) -> None:
    """Somebody was called, back or for the first time."""
    call = CallRecord(call_id=call_id, line="insurance", direction="outbound", called=Private(number), started_at=NOW)
    await SqlCallRecords(database).ended(replace(call, ended_at=NOW, outcome="completed", recording="on"))
    turn = TurnRecord(index=1, agent="auth", caller_text=f"words {call_id}", started_at=NOW)
    await SqlCallRecords(database).turn(call_id, turn)


async def test_calls_that_were_placed_to_a_number_are_shown_and_forgotten_with_it(database: Database) -> None:
    for call_id, number in (("mine", MINE), ("earlier", MINE), ("theirs", THEIRS), ("lost", THEIRS)):
        await a_placed_call(database, call_id, number)
    if database.cipher.key_id:  # an earlier version had no key for these, and one of them was sealed with a lost one
        async with database.engine.begin() as connection:
            await connection.execute(text("UPDATE calls SET caller_key = '' WHERE call_id IN ('earlier', 'lost')"))
            await connection.execute(text("UPDATE calls SET called = 'rm1.gone.xxxx' WHERE call_id = 'lost'"))
    data, recordings = SqlCallerData(database), SqlRecordingBook(database)
    shown = json.dumps((await data.export(MINE)).calls)
    assert "words mine" in shown and "words earlier" in shown and "theirs" not in shown
    assert sorted(await recordings.of_number(MINE)) == ["earlier", "mine"]
    assert sorted((await data.forget(MINE)).call_ids) == ["earlier", "mine"]
    assert (await counts(database))["turns"] == 2
    assert (await data.export(MINE)).calls == ()


async def test_a_forgotten_caller_is_nowhere_and_their_filed_case_stays_without_the_number(database: Database) -> None:
    await a_call(database, "mine1", filed=True)
    await a_call(database, "mine2", filed=False)
    await a_call(database, "live", over=False)
    await a_call(database, "theirs", THEIRS, filed=True)
    sessions, tries = MemorySessionStore(), MemoryTries()
    await sessions.save(CallSession(call_id="mine1", line="insurance", active_agent="auth"))
    subject = Counted("number", MINE, 1)
    await tries.take([subject])
    desk = CallerDesk(SqlCallerData(database), sessions, tries)
    done = await desk.forget(MINE)
    assert (done.calls, done.drafts, done.cases, done.cases_kept, done.live) == (1, 1, 0, 1, 1)
    assert await sessions.load("mine1") is None and not await tries.spent([subject])
    assert await counts(database) == {
        "calls": 3, "turns": 2, "call_agents": 3, "audit": 2, "callbacks": 1, "cases": 2,
    }  # fmt: skip
    (kept,) = [one for one in await SqlCaseSearch(database).list(CaseQuery()) if one.case.call_id == "mine1"]
    assert kept.line == "insurance" and kept.case.fields == {"driver": "driver mine1"}
    found = await SqlCallRecords(database).list(CallQuery(caller=Private(MINE)))
    assert [call.call_id for call in found] == ["live"]
    again = await desk.forget(MINE)
    assert (again.calls, again.cases_kept) == (0, 0)


async def test_what_waits_for_the_database_is_forgotten_too(database: Database, tmp_path: Path) -> None:
    gone = FileSpool(tmp_path, "db.gone", Unsealed())
    held = FileSpool(tmp_path, "db.held", Unsealed())
    for number, spool in enumerate((gone, held), 1):
        call = CallRecord(
            call_id=f"waits{number}", line="insurance", direction="inbound", caller=Private(MINE), called=Private(""),
            started_at=NOW, ended_at=NOW, outcome="completed",
        )  # fmt: skip
        entry = Entry(
            id=f"w/{number}", number=1, at=NOW, kind="call.ended", call_id=call.call_id, body=body_of_call(call)
        )
        assert await spool.put(entry)
    await gone.close()
    written = SqlEntryWriter(
        SqlCallRecords(database), SqlCaseBook(database), SqlCallbackBook(database), SqlAuditBook(database)
    )
    outbox = Outbox(written, "here", [FileSpool(tmp_path, "db.here", Unsealed())])
    await outbox.start()
    done = await CallerDesk(SqlCallerData(database), settle=lambda: outbox.settle(0.5)).forget(MINE)
    assert (done.calls, done.waiting) == (1, 1), "one was left by a worker that is gone, one is held by another"
    assert (await counts(database))["calls"] == 0
    await outbox.close()
    await held.close()


async def test_cases_are_forgotten_where_that_is_set(database: Database) -> None:
    await a_call(database, "mine1", filed=True)
    done = await CallerDesk(SqlCallerData(database), cases=True).forget(MINE)
    assert (done.calls, done.cases) == (1, 1)
    assert not any((await counts(database)).values())


async def test_a_call_back_to_a_number_is_forgotten_whoever_asked_for_it(database: Database) -> None:
    await a_call(database, "theirs", THEIRS)
    await SqlCallbackBook(database).keep(CallbackWish("theirs", "insurance", MINE, "", "", NOW))
    assert (await SqlCallerData(database).forget(MINE)).callbacks == 1
    assert (await counts(database))["calls"] == 1


async def test_every_table_that_names_a_call_is_thought_of(database: Database) -> None:
    named = {table.name for table in Base.metadata.sorted_tables if "call_id" in table.columns}
    known = {
        "calls",
        "turns",
        "call_agents",
        "call_models",
        "faults",
        "audit",
        "callbacks",
        "calling_back",
        "cases",
        "store_run_results",
        "case_deliveries",
        "service_recordings",  # goes with the recording, which is deleted first
    }
    assert named == known, "forget and sweep it, too"


def test_the_command_shows_and_forgets(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db"

    async def fill() -> None:
        database = Database(url)
        await database.migrate()
        await a_call(database, "mine", filed=True)
        await database.close()

    asyncio.run(fill())
    env = {"DATABASE_URL": url, "REDIS_URL": "", "DATA_KEY_FILE": str(tmp_path / "none")}
    shown = CliRunner().invoke(app, ["caller", "export", MINE], env=env)
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.output)["calls"][0]["caller"] == MINE
    asked = CliRunner().invoke(app, ["caller", "forget", MINE], env=env, input="n\n")
    assert asked.exit_code == 1
    gone = CliRunner().invoke(app, ["caller", "forget", MINE, "--yes", "--claims"], env=env)
    assert gone.exit_code == 0 and "deleted: 1 calls" in gone.output and "1 filed cases" in gone.output
    assert json.loads(CliRunner().invoke(app, ["caller", "export", MINE], env=env).output)["calls"] == []


async def a_stray(database: Database, call_id: str, fields: dict[str, object], *, filed: bool = False) -> None:
    """A case, long untouched, of a call that nobody knows any more."""
    await SqlCaseBook(database).save_fields(call_id, "fnol", "POL-1", fields)
    if filed:
        await SqlCaseBook(database).file(call_id, "fnol", NUMBERS)
    await SqlCallRecords(database).audit(call_id=call_id, actor="agent", action=f"of {call_id}", detail={})
    async with database.engine.begin() as connection:
        await connection.execute(
            text("UPDATE cases SET updated_at = :at WHERE call_id = :call"),
            {"at": NOW - timedelta(days=1), "call": call_id},
        )


async def test_cases_whose_call_is_not_known_are_shown_and_forgotten_by_what_they_say(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stray_cases_module, "_AT_ONCE", 2)
    await a_call(database, "mine", filed=None)
    await a_stray(database, "filed", {"callback_number": MINE}, filed=True)
    await a_stray(database, "listed", {"witnesses": [{"name": "Zephyrine", "phone": MINE}]})
    await a_stray(database, "wished", {"driver": "me"})
    await SqlCallbackBook(database).keep(CallbackWish("wished", "insurance", MINE, "", "", NOW))
    await a_stray(database, "theirs", {"callback_number": THEIRS, "note": f"not {MINE}"}, filed=True)
    await a_stray(database, "nobodys", {"driver": "who"})
    book = SqlCallerData(database)
    data = await book.export(MINE)
    assert {case["call_id"] for case in data.cases} == {"filed", "listed", "wished"}
    assert {entry["action"] for entry in data.audit} == {"tool:x", "of filed", "of listed", "of wished"}
    done = await book.forget(MINE)
    assert (done.calls, done.drafts, done.cases, done.cases_kept) == (1, 2, 0, 1)
    assert {case["call_id"] for case in (await book.export(MINE)).cases} == {"filed"}
    assert (await book.forget(MINE, cases=True)).cases == 1
    assert (await book.export(MINE)).cases == ()
    left = [found.case.call_id for found in await SqlCaseSearch(database).list(CaseQuery(status="any"))]
    assert sorted(left) == ["nobodys", "theirs"]


async def test_a_case_that_a_call_may_still_be_about_is_shown_and_stays(database: Database) -> None:
    await SqlCaseBook(database).save_fields("goes_on", "fnol", "POL-1", {"callback_number": MINE})
    book = SqlCallerData(database)
    assert len((await book.export(MINE)).cases) == 1
    assert (await book.forget(MINE)).drafts == 0
    assert len((await book.export(MINE)).cases) == 1
