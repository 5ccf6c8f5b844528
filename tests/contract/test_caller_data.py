"""What is kept of a caller: shown in whole, forgotten in whole, and deleted when its time is over."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update
from typer.testing import CliRunner

from backend.__main__ import app
from backend.adapters.files.spool import FileSpool
from backend.adapters.redis.session_store import MemorySessionStore
from backend.adapters.sql import caller_data as caller_data_module
from backend.adapters.sql import in_parts as in_parts_module
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.adapters.sql.recording_book import SqlRecordingBook
from backend.adapters.sql.tables import Base, Call
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_use import CallUse
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.entry import Entry, body_of_call
from backend.domain.line import LineSpec, RetentionSpec
from backend.domain.private import Private
from backend.domain.recording import SegmentName
from backend.domain.search import CallQuery, CaseQuery
from backend.domain.session import CallSession
from backend.domain.tries import Counted, MemoryTries
from backend.domain.unsealed import Unsealed
from backend.engine.desk import sweeper as sweeper_module
from backend.engine.desk.caller_desk import CallerDesk
from backend.engine.desk.outbox import Outbox
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.sweeper import Sweeper
from backend.engine.recording.recorders import Recorders
from backend.errors import ExportTooLarge, Unavailable
from backend.testing.keys import a_key_ring
from backend.testing.recordings import MemoryRecordings
from backend.testing.stage import line_spec

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINE, THEIRS = "+12065550123", "+13125550142"


@pytest.fixture(params=["clear", "sealed"])
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring() if request.param == "sealed" else None)
    await found.migrate()
    yield found
    await found.close()


async def a_call(
    database: Database, call_id: str, number: str = MINE, *, filed: bool | None = None, over: bool = True, age: int = 0
) -> None:
    """A call with a turn, a call-back, an entry of the audit, and a draft or a case."""
    records, cases, at = SqlCallRecords(database), SqlCaseBook(database), NOW - timedelta(days=age)
    call = CallRecord(call_id=call_id, line="insurance", direction="inbound", started_at=at, caller=Private(number))
    call.agents, call.ended_at, call.detail = ["auth"], at if over else None, f"told {call_id}"
    await records.ended(call)
    turn = TurnRecord(index=1, agent="auth", caller_text=f"words {call_id}", started_at=at, use=CallUse(heard_s=7.5))
    await records.turn(call_id, turn)
    await records.audit(call_id=call_id, actor="agent", action="tool:x", detail={"a": 1})
    await SqlCallbackBook(database).keep(CallbackWish(call_id, "insurance", number, "Zephyrine", "why", at))
    if filed is not None:
        await cases.save_fields(call_id, "fnol", "POL-1", {"driver": f"driver {call_id}"})
    if filed:
        await cases.file(call_id, "fnol", NUMBERS)
    async with database.engine.begin() as connection:
        moved = "UPDATE cases SET updated_at = :at, filed_at = CASE WHEN filed_at IS NULL THEN NULL ELSE :at END"
        await connection.execute(text(f"{moved} WHERE call_id = :call"), {"at": at, "call": call_id})


async def counts(database: Database) -> dict[str, int]:
    tables = ("calls", "turns", "call_agents", "audit", "callbacks", "cases")
    async with database.engine.connect() as connection:
        return {name: await connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


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


class Line:
    """As much of a line as the sweeper looks at."""

    name = "insurance"

    def __init__(self, **days: int) -> None:
        self.retention = RetentionSpec(**days)


async def swept(database: Database, **days: int) -> int:
    return await Sweeper(SqlCallerData(database), lambda: [Line(**days)], 1, lambda: NOW).sweep()


async def test_nothing_is_deleted_where_a_line_says_nothing(database: Database) -> None:
    await a_call(database, "old", filed=True, age=3650)
    before = await counts(database)
    assert await swept(database) == 0
    assert await counts(database) == before


async def test_words_go_and_the_call_stays(database: Database) -> None:
    await a_call(database, "old", filed=True, age=31)
    await a_call(database, "young", age=29)
    await a_call(database, "live", age=90, over=False)
    assert await swept(database, words=30) == 1
    records = SqlCallRecords(database)
    texts = {call_id: (await records.get(call_id)).turns[0].caller_text for call_id in ("old", "young", "live")}
    assert texts == {"old": "", "young": "words young", "live": "words live"}
    details = {call.call_id: call.detail for call in await records.list()}
    assert details == {"old": "", "young": "told young", "live": "told live"}, "why it ended may be in their words"
    assert await swept(database, words=30) == 0


async def test_calls_go_in_whole_and_what_a_case_needs_stays(database: Database) -> None:
    await a_call(database, "claimed", filed=True, age=31)
    await a_call(database, "plain", age=31)
    await a_call(database, "young", age=29)
    assert await swept(database, calls=30) == 2
    assert await counts(database) == {
        "calls": 2, "turns": 1, "call_agents": 2, "audit": 1, "callbacks": 3, "cases": 1,
    }  # fmt: skip
    assert await swept(database, calls=30) == 0
    assert await swept(database, cases=30, callbacks=30, calls=30) == 4
    assert await counts(database) == {
        "calls": 1, "turns": 1, "call_agents": 1, "audit": 1, "callbacks": 1, "cases": 0,
    }  # fmt: skip


async def test_a_wish_of_a_test_call_stays_one_when_the_call_is_gone(database: Database) -> None:
    for call_id, test in (("tried", True), ("real", False)):
        await a_call(database, call_id, age=31)
        async with database.engine.begin() as connection:
            await connection.execute(update(Call).where(Call.call_id == call_id).values(test=test))
    assert await swept(database, calls=30) == 2
    book = SqlCallbackBook(database)
    assert {wish.call_id: wish.test for wish in await book.list()} == {"tried": True, "real": False}
    assert [wish.call_id for wish in await book.list(test=False)] == ["real"]
    found = await SqlCaseSearch(database).find("tried")
    assert found is not None and found.test
    stepped = await book.step("tried", 0, "called", "ann")
    assert stepped is not None and stepped.test
    assert await counts(database) == {
        "calls": 1, "turns": 0, "call_agents": 1, "audit": 0, "callbacks": 2, "cases": 0,
    }, "of the one it is kept that it was a test"  # fmt: skip
    assert await swept(database, calls=30) == 0
    assert await swept(database, calls=30, callbacks=30) == 3
    assert not any((await counts(database)).values())


async def test_drafts_go_and_filed_cases_stay(database: Database) -> None:
    for call_id, filed, age in (("old draft", False, 31), ("old case", True, 31), ("young draft", False, 29)):
        await a_call(database, call_id, filed=filed, age=age)
    assert await swept(database, drafts=30) == 1
    listed = await SqlCaseSearch(database).list(CaseQuery(status="any"))
    left = [one.case.call_id for one in listed if one.case.status in ("draft", "filed")]
    assert sorted(left) == ["old case", "young draft"]


async def statuses(database: Database) -> list[tuple[str, str]]:
    async with database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT form, status FROM cases ORDER BY form"))
        return [(str(form), str(status)) for form, status in rows]


async def aged(database: Database, form: str, days: int) -> None:
    """What this form took down is so many days old."""
    at = NOW - timedelta(days=days)
    moved = "UPDATE cases SET updated_at = :at, filed_at = CASE WHEN filed_at IS NULL THEN NULL ELSE :at END"
    async with database.engine.begin() as connection:
        await connection.execute(text(f"{moved} WHERE form = :form"), {"at": at, "form": form})


@pytest.mark.parametrize("days", [{"drafts": 7}, {"drafts": 7, "cases": 365}])
async def test_a_draft_takes_no_filed_case_of_its_call_with_it(database: Database, days: dict[str, int]) -> None:
    await a_call(database, "two forms", filed=True, age=31)
    await SqlCaseBook(database).save_fields("two forms", "address", "POL-1", {"street": "Lake"})
    await aged(database, "address", 31)
    assert await swept(database, **days) == 1
    assert await statuses(database) == [("fnol", "filed")]


async def test_an_old_case_takes_no_younger_one_of_its_call_with_it(database: Database) -> None:
    await a_call(database, "two forms", filed=True, age=31)
    for form, days in (("address", 2), ("towing", 2)):
        await SqlCaseBook(database).save_fields("two forms", form, "POL-1", {"street": "Lake"})
        await aged(database, form, days)
    await SqlCaseBook(database).file("two forms", "towing", NUMBERS)
    await aged(database, "towing", 2)
    assert await swept(database, cases=30) == 1
    assert await statuses(database) == [("address", "draft"), ("towing", "filed")]


async def test_several_workers_sweep_in_small_batches(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeper_module, "_BATCH", 3)
    monkeypatch.setattr(sweeper_module, "_PAUSE_S", 0)
    for number in range(10):
        await a_call(database, f"c{number}", age=31)
    gone = await asyncio.gather(*(swept(database, calls=30, callbacks=30) for _ in range(3)))
    assert sum(gone) >= 20 and not any((await counts(database)).values())


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


# -- recordings --------------------------------------------------------------------------------


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
