"""What is written late is written once, whole, and in order: SQLite and a real PostgreSQL, full, read-only and gone."""

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nursery import run
from sqlalchemy import event, text

from backend.adapters.files.spool import FileSpool
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.adapters.sql.revision_book import SqlRevisions
from backend.domain.audit import AuditEntry
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case import Case
from backend.domain.case_number import NumberPattern
from backend.domain.entry import (
    Entry,
    EntryKind,
    body_of_call,
    body_of_case,
    body_of_turn,
    body_of_wish,
)
from backend.domain.private import Private
from backend.domain.unsealed import Unsealed
from backend.engine.desk.audit_trail import AuditTrail
from backend.engine.desk.kept_cases import KeptCases
from backend.engine.desk.kept_records import KeptCallbacks, KeptRecords
from backend.engine.desk.outbox import Outbox
from backend.errors import ProviderRejected, Unavailable
from local_azure.ports import free_port
from local_azure.postgres_server import postgres_server

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


def writer(database: Database) -> SqlEntryWriter:
    return SqlEntryWriter(
        SqlCallRecords(database, "w1"), SqlCaseBook(database), SqlCallbackBook(database), SqlAuditBook(database)
    )


def entry(number: int, kind: EntryKind, body: dict[str, object], call_id: str = "c1") -> Entry:
    return Entry(id=f"w1/{number}", number=number, at=NOW, kind=kind, call_id=call_id, body=body)


def a_call(**changes: object) -> CallRecord:
    call = CallRecord(call_id="c1", line="insurance", direction="inbound", caller=Private("+1"), started_at=NOW)
    return replace(call, **changes)


def a_turn(index: int = 1, words: str = "hello") -> TurnRecord:
    return TurnRecord(index=index, agent="auth", caller_text=words, started_at=NOW + timedelta(seconds=index))


def a_case(number: str = "CLA-2026-AAAAAAX") -> Case:
    return Case("c1", "fnol", "P", "filed", {"a": 1, "b": 2}, NOW, number=number, filed_at=NOW)


def everything() -> list[Entry]:
    ended = a_call(outcome="completed", ended_at=NOW, agents=["auth", "fnol"])
    return [
        entry(1, "call.started", body_of_call(a_call())),
        entry(2, "call.turn", body_of_turn(a_turn())),
        entry(3, "audit", {"actor": "agent", "action": "tool:x", "detail": {"ok": True}}),
        entry(4, "case.fields", {"form": "fnol", "subject": "P", "fields": {"a": 1}, "verified": True}),
        entry(5, "case.filed", body_of_case(a_case())),
        entry(6, "case.note", {"number": "CLA-2026-AAAAAAX", "text": "the mirror too"}),
        entry(7, "callback", body_of_wish(CallbackWish("c1", "insurance", "+1", "Ann", "why", NOW))),
        entry(8, "case.fields", {"form": "fnol", "subject": "P", "fields": {"a": 1}, "verified": True}, "c2"),
        entry(9, "case.discarded", {"form": "fnol"}, "c2"),
        entry(10, "call.ended", body_of_call(ended)),
    ]


async def counted(database: Database, table: str) -> int:
    async with database.reading() as session:
        return (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()


async def test_everything_that_is_written_twice_stands_there_once(database: Database) -> None:
    book = writer(database)
    for _ in range(2):  # a worker that died after it had written, and before it had noted so
        for one in everything():
            await book.write(one)
    records, cases = SqlCallRecords(database), SqlCaseBook(database)
    call = await records.get("c1")
    assert call is not None
    assert (call.outcome, call.agents, len(call.turns)) == ("completed", ["auth", "fnol"], 1)
    (claim,) = await cases.list()
    assert (claim.number, claim.fields, [note.text for note in claim.notes]) == (
        "CLA-2026-AAAAAAX", {"a": 1, "b": 2}, ["the mirror too"],
    )  # fmt: skip
    assert await cases.draft("c2", "fnol") is None
    assert len(await SqlCallbackBook(database).list()) == 1
    assert await counted(database, "audit") == 1


async def test_a_beginning_that_comes_late_does_not_take_the_end_back(database: Database) -> None:
    records = SqlCallRecords(database)
    await records.ended(a_call(outcome="completed", ended_at=NOW, detail="why", case_number="CLA-1"))
    await writer(database).write(entry(1, "call.started", body_of_call(a_call())))
    call = await records.get("c1")
    assert call is not None
    assert (call.outcome, call.ended_at, call.detail, call.case_number) == ("completed", NOW, "why", "CLA-1")


async def test_a_case_that_nobody_could_tell_whether_it_was_filed_has_the_number_that_was_told(
    database: Database,
) -> None:
    cases = SqlCaseBook(database)
    await cases.save_fields("c1", "fnol", "P", {"a": 1})
    filed = await cases.file("c1", "fnol", NUMBERS, "CLA-2026-AAAAAA")  # the answer was lost on its way
    assert filed.number == "CLA-2026-AAAAAA"
    await writer(database).write(entry(1, "case.filed", body_of_case(a_case())))
    assert await cases.get("CLA-2026-AAAAAAX") is not None


async def test_a_second_number_of_one_claim_is_noted_at_it(database: Database) -> None:
    cases = SqlCaseBook(database)
    await cases.save_fields("c1", "fnol", "P", {"a": 1})
    filed = await cases.file("c1", "fnol", NUMBERS)
    for _ in range(2):
        await writer(database).write(entry(1, "case.filed", body_of_case(a_case())))
    kept = await cases.get(filed.number or "")
    assert kept is not None
    assert [note.text for note in kept.notes] == ["The caller has also been told the number CLA-2026-AAAAAAX."]


async def test_a_number_that_is_taken_is_not_given_twice(database: Database) -> None:
    cases = SqlCaseBook(database)
    for call_id in ("c1", "c2"):
        await cases.save_fields(call_id, "fnol", "P", {"a": 1})
    one, two = [await cases.file(call_id, "fnol", NUMBERS, "CLA-2026-AAAAAA") for call_id in ("c1", "c2")]
    assert one.number == "CLA-2026-AAAAAA" != two.number


async def test_what_can_never_be_written_is_told_from_an_outage(database: Database) -> None:
    with pytest.raises(ProviderRejected):
        await writer(database).write(entry(1, "call.turn", body_of_turn(a_turn()), "nobody"))


@pytest.mark.parametrize("said", ["zero \0 byte", "half \ud83d a face"])
async def test_no_character_loses_a_turn(database: Database, said: str) -> None:
    records, cases = SqlCallRecords(database), SqlCaseBook(database)
    await records.started(a_call(detail=said))
    await records.turn("c1", a_turn(words=said))
    await cases.save_fields("c1", "fnol", "P", {"story": said})
    await records.audit(call_id="c1", actor="x", action=said, detail={"said": said})
    call = await records.get("c1")
    assert call is not None
    assert call.turns[0].caller_text.replace("\ufffd", "?") in ("zero ? byte", "half ? a face")
    assert await records.get("c1\0") is None, "an id with a NUL is nobody's"
    assert await cases.get("CLA\0") is None
    assert await SqlRevisions(database).get("v\0") is None


def faulty(database: Database, pragma: dict[str, str]) -> None:
    """Every connection is from now on as ``pragma`` says when it is used."""

    def use(connection: Any, _1: Any, _2: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma['now']}")
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", use)


@pytest.mark.parametrize(
    ("fault", "mended"), [("query_only=1", "query_only=0"), ("max_page_count=1", "max_page_count=99999")]
)
async def test_a_full_and_a_read_only_disk_lose_nothing(tmp_path: Path, fault: str, mended: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    pragma = {"now": mended}
    faulty(database, pragma)
    outbox = Outbox(writer(database), "w1")
    await outbox.start()
    records, cases = KeptRecords(SqlCallRecords(database), outbox), KeptCases(SqlCaseBook(database), outbox)
    await records.started(a_call())
    await cases.save_fields("c1", "fnol", "P", {"a": 1})
    pragma["now"] = fault
    for index in range(40):
        await records.turn("c1", a_turn(index, "word " * 500))
        await cases.save_fields("c1", "fnol", "P", {f"f{index}": "word " * 100})
    assert outbox.waiting > 40
    async with asyncio.timeout(20):
        while outbox.health().state != "degraded":  # from its second try on
            await asyncio.sleep(0.01)
    pragma["now"] = mended
    async with asyncio.timeout(20):
        while not outbox.idle:
            await asyncio.sleep(0.05)
    call, draft = await SqlCallRecords(database).get("c1"), await SqlCaseBook(database).draft("c1", "fnol")
    assert call is not None and draft is not None
    assert len(call.turns) == 40
    assert len(draft.fields) == 41
    await outbox.close()
    await database.close()


@pytest.mark.real
async def test_a_postgresql_that_is_stopped_in_a_call_gets_all_of_it_when_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    with postgres_server(port, tmp_path) as (url, _):
        database = Database(url)
        await database.migrate()
        outbox = Outbox(writer(database), "w1", [FileSpool(tmp_path / "spool", "db.w1", Unsealed())])
        await outbox.start()
        records, cases = KeptRecords(SqlCallRecords(database), outbox), KeptCases(SqlCaseBook(database), outbox)
        wishes = KeptCallbacks(SqlCallbackBook(database), outbox)
        await records.started(a_call())
        await cases.save_fields("c1", "fnol", "P", {"a": 1})
    for index in range(5):
        await records.turn("c1", a_turn(index))
    await cases.save_fields("c1", "fnol", "P", {"b": 2})
    filed = await cases.file("c1", "fnol", NUMBERS)
    await wishes.keep(CallbackWish("c1", "insurance", "+1", "Ann", "why", NOW))
    await records.audit(call_id="c1", actor="agent", action="tool:file_claim", detail={})
    await records.ended(a_call(outcome="completed", ended_at=NOW, case_number=filed.number))
    assert outbox.stats()["on_disk"] == outbox.waiting == 10
    assert await counted_files(tmp_path / "spool") == 1
    with postgres_server(port, tmp_path):
        async with asyncio.timeout(30):
            while not outbox.idle:
                await asyncio.sleep(0.05)
        call = await SqlCallRecords(database).get("c1")
        assert call is not None
        assert (call.outcome, len(call.turns), call.case_number) == ("completed", 5, filed.number)
        claim = await SqlCaseBook(database).get(filed.number or "")
        assert claim is not None and claim.fields == {"a": 1, "b": 2}
        assert await SqlCallbackBook(database).get("c1") is not None
        await outbox.close()
        await database.close()
    assert await counted_files(tmp_path / "spool") == 0


async def counted_files(folder: Path) -> int:
    return await asyncio.to_thread(lambda: len(list(folder.glob("*.spool"))))


@pytest.mark.real
async def test_what_a_killed_process_left_in_its_spool_is_written_at_the_next_start(
    database: Database, tmp_path: Path
) -> None:
    script = (
        "import asyncio, sys, os\n"
        "from pathlib import Path\n"
        "sys.path[:0] = [sys.argv[2]]\n"
        "from test_outages import everything\n"
        "from backend.adapters.files.spool import FileSpool\n"
        "from backend.domain.unsealed import Unsealed\n"
        "async def main():\n"
        "    spool = FileSpool(Path(sys.argv[1]), 'db.w1', Unsealed())\n"
        "    for one in everything():\n"
        "        assert await spool.put(one)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    command = ["-c", script, str(tmp_path), str(Path(__file__).parent)]
    done = await asyncio.to_thread(
        run, command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, cwd=Path.cwd()
    )
    assert done.returncode == -9, done.stderr
    outbox = Outbox(writer(database), "w2", [FileSpool(tmp_path, "db.w2", Unsealed())])
    await outbox.start()
    async with asyncio.timeout(20):
        while await counted(database, "cases") == 0 or await counted_files(tmp_path) > 0:
            await asyncio.sleep(0.05)
    call = await SqlCallRecords(database).get("c1")
    assert call is not None and call.outcome == "completed"
    assert outbox.refused == 0
    await outbox.close()


async def test_what_people_did_outlives_a_worker_that_could_not_write_it(database: Database, tmp_path: Path) -> None:
    spool = FileSpool(tmp_path, "db.w1", Unsealed())
    first = Outbox(Refusing(), "w1", [spool])
    trail = AuditTrail(SqlAuditBook(database), first)
    await trail.note(AuditEntry(at=NOW, actor="key:ann", action="calls.place", target="c1", after="x", detail={"a": 1}))
    entry = (await spool.read(0, 10))[0]
    await spool.close()  # as when the process is killed: nothing else is done
    outbox = Outbox(writer(database), "w2", [FileSpool(tmp_path, "db.w2", Unsealed())])
    await outbox.start()
    assert await outbox.settle(20) == 0
    await writer(database).write(entry)  # once more changes nothing
    (kept,) = await SqlAuditBook(database).list()
    assert (kept.entry.actor, kept.entry.action, kept.entry.target, kept.entry.detail) == (
        "key:ann", "calls.place", "c1", {"a": 1},
    )  # fmt: skip
    await outbox.close()


class Refusing:
    """A database that is away."""

    async def write(self, entry: Entry) -> None:
        raise Unavailable("database", "away")


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_only_this_user_may_read_the_database(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    os.close(os.open(path, os.O_CREAT, 0o644))
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    await SqlCallRecords(database).started(a_call())
    assert set(modes(tmp_path).values()) == {0o600}
    await database.close()
