"""Records, claims and sessions on the real stores: SQLite, a real PostgreSQL, a real Redis."""

import asyncio
import contextlib
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from backend.adapters.redis.client import connect
from backend.adapters.redis.lease import CallLeases
from backend.adapters.redis.session_store import MemorySessionStore, RedisSessionStore
from backend.adapters.sql import database as database_module
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.revision_book import SqlRevisions
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.session import CallerSaid, CallSession
from backend.errors import CaseConflict, ConfigError, LeaseLost, SessionConflict, SessionLost, ToolError, Unavailable
from backend.ports import CallbackBook
from backend.testing.books import MemoryCallbacks, MemoryCases
from backend.testing.keys import a_key_ring
from local_azure.redis_server import redis_server

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3650)


@pytest.fixture(params=["clear", "sealed"])
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring() if request.param == "sealed" else None)
    await found.migrate()
    yield found
    await found.close()


def a_call(call_id: str = "c1", **changes: object) -> CallRecord:
    return replace(CallRecord(call_id=call_id, line="insurance", direction="inbound", started_at=NOW), **changes)


async def test_a_call_is_kept_with_its_turns(database: Database) -> None:
    records = SqlCallRecords(database)
    call = a_call(caller=Private("+13125550142"))
    await records.started(call)
    turn = TurnRecord(index=1, agent="auth", caller_text="hello", said="Hi.", heard="Hi.", tools=["verify_caller"],
                      started_at=NOW, latencies=Latencies(first_frame_ms=700.5))  # fmt: skip
    await records.turn("c1", turn)
    await records.turn("c1", replace(turn, heard="H"))
    await records.ended(replace(call, outcome="completed", ended_at=NOW, agents=["auth"], case_number="CLA-1"))
    kept = await records.get("c1")
    assert kept is not None
    assert (kept.outcome, kept.agents, kept.case_number, kept.caller.reveal()) == (
        "completed",
        ["auth"],
        "CLA-1",
        "+13125550142",
    )
    assert kept.turns == [replace(turn, heard="H")]
    assert await records.get("none") is None


async def test_calls_are_listed_newest_first(database: Database) -> None:
    records = SqlCallRecords(database)
    for number in range(3):
        await records.started(a_call(f"c{number}", started_at=NOW + timedelta(minutes=number)))
    assert [call.call_id for call in await records.list(limit=2)] == ["c2", "c1"]
    assert [call.call_id for call in await records.list(before=NOW + timedelta(minutes=1))] == ["c0"]


@pytest.fixture(params=["memory", "sql"])
def wishes(request: pytest.FixtureRequest, database: Database) -> CallbackBook:
    return MemoryCallbacks() if request.param == "memory" else SqlCallbackBook(database)


def a_wish(call_id: str = "c1", **changes: object) -> CallbackWish:
    return replace(CallbackWish(call_id, "insurance", "+12065550144", "Anna Bell", "nobody came", NOW), **changes)


async def test_a_call_has_one_wish_to_be_called_back(wishes: CallbackBook) -> None:
    await wishes.keep(a_wish(number="+12065550100"))
    await wishes.keep(a_wish())
    await wishes.keep(a_wish("c2", line="dental", requested_at=NOW + timedelta(minutes=1)))
    assert [wish.call_id for wish in await wishes.list()] == ["c2", "c1"]
    assert await wishes.list(line="insurance", limit=1) == [a_wish()]
    assert [wish.call_id for wish in await wishes.list(lines=["insurance"])] == ["c1"]
    assert await wishes.list(lines=[]) == []


async def test_what_people_did_about_a_wish_is_kept_and_nobody_undoes_it_unseen(wishes: CallbackBook) -> None:
    await wishes.keep(a_wish(subject="POL-1"))
    called = await wishes.step("c1", 0, "called", "key:ann", "c7")
    assert called is not None
    assert (called.state, called.subject, called.steps[0].call_id, called.revision) == ("called", "POL-1", "c7", 1)
    with pytest.raises(CaseConflict):
        await wishes.step("c1", 0, "done", "key:bob")
    await wishes.keep(a_wish())
    (kept,) = await wishes.list(state="called")
    assert (kept.steps, kept.state) == (called.steps, "called")
    assert await wishes.list(state="open") == []
    assert await wishes.step("c9", 0, "done", "key:bob") is None


async def test_a_forgotten_caller_is_not_called_back(database: Database) -> None:
    records, wishes = SqlCallRecords(database), SqlCallbackBook(database)
    await records.ended(a_call("c1", caller=Private("+1"), ended_at=NOW, outcome="completed"))
    await wishes.keep(a_wish("c1"))
    await wishes.keep(a_wish("c2", number="+1"))
    await wishes.keep(a_wish("c3"))
    await SqlCallerData(database).forget("+1")
    assert [wish.call_id for wish in await wishes.list()] == ["c3"]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def cases(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlCaseBook | MemoryCases]:
    if request.param == "memory":
        yield MemoryCases()
        return
    sqlite = request.param == "sqlite"
    found = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres"))
    await found.migrate()
    yield SqlCaseBook(found)
    await found.close()


async def test_a_filed_case_is_corrected_beside_what_was_said(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1, "b": True})
    number = (await cases.file("c1", "fnol", NUMBERS)).number or ""
    corrected = await cases.correct(number, 0, {"a": 1, "b": 1, "c": None}, "key:ann")
    assert corrected is not None
    assert (corrected.fields, corrected.as_corrected) == ({"a": 1, "b": True}, {"a": 1, "b": 1, "c": None})
    assert [(one.name, one.before, one.after, one.who) for one in corrected.corrections] == [
        ("b", True, 1, "key:ann"), ("c", None, None, "key:ann"),
    ]  # fmt: skip
    assert await cases.get(number) == corrected
    with pytest.raises(CaseConflict):
        await cases.correct(number, 0, {"a": 2}, "key:bob")
    same = await cases.correct(number, 1, {"b": 1}, "key:bob")
    assert same is not None
    assert same.revision == 1
    assert await cases.correct("none", 0, {"a": 2}, "key:bob") is None


async def test_a_draft_grows_and_is_filed_once(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1, "b": {"c": [1]}})
    draft = await cases.save_fields("c1", "fnol", "POL-1", {"a": 2})
    assert (draft.status, draft.fields) == ("draft", {"a": 2, "b": {"c": [1]}})
    first = await cases.file("c1", "fnol", NUMBERS)
    assert first.number is not None
    assert first.number.startswith("CLA-")
    assert (await cases.file("c1", "fnol", NUMBERS)).number == first.number
    assert (await cases.save_fields("c1", "fnol", "POL-1", {"a": 3})).fields["a"] == 2
    assert await cases.get(first.number) == await cases.draft("c1", "fnol")
    assert [claim.number for claim in await cases.list()] == [first.number]
    assert await cases.list(subject="POL-2") == []


async def test_a_draft_that_broke_off_is_taken_up_by_one_later_call(cases: SqlCaseBook | MemoryCases) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    found = await cases.broken_off("fnol", "POL-1", LONG_AGO)
    assert found is not None
    assert found.call_id == "c1"
    taken = await asyncio.gather(*(cases.adopt("c1", f"c{number}", "fnol") for number in range(2, 12)))
    (moved,) = [claim for claim in taken if claim is not None]
    assert (moved.fields, moved.earlier_calls, moved.status) == ({"a": 1}, ("c1",), "draft")
    assert await cases.draft("c1", "fnol") is None
    assert await cases.draft(moved.call_id, "fnol") == moved


async def test_a_filed_claim_and_a_call_with_a_draft_of_its_own_adopt_nothing(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    await cases.save_fields("c2", "fnol", "POL-1", {"b": 1})
    assert await cases.adopt("c1", "c2", "fnol") is None
    await cases.file("c1", "fnol", NUMBERS)
    assert await cases.adopt("c1", "c3", "fnol") is None
    assert await cases.adopt("nothing", "c3", "fnol") is None


async def test_what_nobody_verified_and_what_is_old_or_somebody_elses_is_offered_to_nobody(
    cases: SqlCaseBook | MemoryCases,
) -> None:
    await cases.save_fields("c1", "fnol", "", {"a": 1}, verified=False)
    await cases.save_fields("c2", "fnol", "POL-2", {"a": 1})
    assert await cases.broken_off("fnol", "", LONG_AGO) is None
    assert await cases.broken_off("fnol", "POL-1", LONG_AGO) is None
    found = await cases.broken_off("fnol", "POL-2", LONG_AGO)
    assert found is not None
    assert found.call_id == "c2"
    assert await cases.broken_off("fnol", "POL-2", datetime.now(UTC) + timedelta(seconds=1)) is None


async def test_the_draft_of_a_call_that_still_talks_is_not_offered(database: Database) -> None:
    records, cases = SqlCallRecords(database), SqlCaseBook(database)
    call = a_call("c1")
    await records.started(call)
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    assert await cases.broken_off("fnol", "POL-1", LONG_AGO) is None
    await records.ended(replace(call, outcome="caller_hung_up", ended_at=NOW))
    found = await cases.broken_off("fnol", "POL-1", LONG_AGO)
    assert found is not None


async def test_a_draft_is_discarded_and_a_filed_claim_is_not(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    await cases.discard("c1", "fnol")
    assert await cases.draft("c1", "fnol") is None
    await cases.save_fields("c2", "fnol", "POL-1", {"a": 1})
    await cases.file("c2", "fnol", NUMBERS)
    await cases.discard("c2", "fnol")
    await cases.discard("nothing", "fnol")
    assert await cases.draft("c2", "fnol") is not None


async def test_a_note_is_kept_beside_what_was_confirmed(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    filed = await cases.file("c1", "fnol", NUMBERS)
    noted = await cases.add_note(filed.number or "", "c2", "the mirror is broken too")
    assert noted is not None
    assert [(note.call_id, note.text) for note in noted.notes] == [("c2", "the mirror is broken too")]
    assert noted.fields == {"a": 1}
    assert await cases.add_note("CLA-2026-NOBODY", "c2", "x") is None


async def test_fifty_at_once_file_one_claim(cases: SqlCaseBook) -> None:
    await cases.save_fields("c1", "fnol", "POL-1", {"a": 1})
    filed = await asyncio.gather(*(cases.file("c1", "fnol", NUMBERS) for _ in range(50)))
    assert len({claim.number for claim in filed}) == 1
    assert len(await cases.list()) == 1


async def test_nothing_recorded_cannot_be_filed(database: Database) -> None:
    with pytest.raises(ToolError):
        await SqlCaseBook(database).file("none", "fnol", NUMBERS)


async def test_workers_may_migrate_at_once(new_database_url: str, by_migrations: None) -> None:
    workers = [Database(new_database_url) for _ in range(4)]
    await asyncio.gather(*(worker.migrate() for worker in workers))
    for worker in workers:
        await worker.ping()
        await worker.close()


async def test_a_worker_waits_for_another_that_migrates_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, by_migrations: None
) -> None:
    monkeypatch.setattr(database_module, "_PRAGMAS", ("busy_timeout=50",))
    other = sqlite3.connect(tmp_path / "r.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    late = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    task = asyncio.create_task(late.migrate())
    while not caplog.records:
        await asyncio.sleep(0.01)
    assert not task.done()
    other.execute("COMMIT")
    other.close()
    await task
    await late.ping()
    await late.close()


async def test_a_worker_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_PRAGMAS", ("busy_timeout=20",))
    monkeypatch.setattr(database_module, "_MIGRATION_LIMIT_S", 0.1)
    other = sqlite3.connect(tmp_path / "r.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    late = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    with pytest.raises(Unavailable, match="another process keeps it locked"):
        await late.migrate()
    await late.close()
    other.close()


async def test_many_calls_are_written_by_two_workers_at_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db"
    databases = [Database(url), Database(url)]
    await databases[0].migrate()
    books = [SqlCallRecords(database) for database in databases]
    await asyncio.gather(*(books[n % 2].started(a_call(f"c{n // 2}")) for n in range(80)))
    assert len(await books[0].list(limit=100)) == 40
    for database in databases:
        await database.close()


async def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db"
    writing, reading = Database(url), Database(url)
    await writing.migrate()
    records, cases, revisions = SqlCallRecords(reading), SqlCaseBook(reading), SqlRevisions(reading)
    await records.started(a_call())
    async with writing.session() as session:
        await session.execute(text("UPDATE calls SET line = 'other'"))
        kept = await records.get("c1")  # SQLite itself would wait for a while, and then refuse
        assert kept is not None
        assert kept.line == "insurance"
        assert len(await records.list()) == 1
        assert (await cases.draft("c1", "fnol"), await cases.get("x"), list(await cases.list())) == (None, None, [])
        assert (await revisions.get("x"), list(await revisions.list())) == (None, [])
        await reading.ping()
    await writing.close()
    await reading.close()


async def test_a_full_disk_is_told_and_forgotten_when_there_is_room(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    await database.takes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "r.db-wal").stat().st_size, hard))
    try:
        await database.ping()  # it answers
        with pytest.raises(Unavailable):
            await database.takes()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await database.takes()
    await database.close()


async def test_a_database_that_may_only_be_read_is_told(postgres: str) -> None:
    database = Database(postgres)
    await database.takes()
    async with database.session() as session:
        await session.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
    with pytest.raises(Unavailable, match="read-only"):
        await database.takes()
    await database.close()


async def test_writers_of_one_process_take_turns_in_order(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    order: list[int] = []

    async def write(number: int) -> None:
        async with database.session():
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(write(number) for number in range(40)))
    assert order == list(range(40))
    await database.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite+aiosqlite:////proc/none/r.db"])
def test_a_wrong_url_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        Database(url)


async def test_a_database_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql+psycopg://u:p@127.0.0.1:9/x?connect_timeout=1")
    with pytest.raises(Unavailable):
        await database.ping()
    await database.close()


@pytest.fixture(params=["memory", "redis"])
async def sessions(
    request: pytest.FixtureRequest, redis_url: str
) -> AsyncIterator[RedisSessionStore | MemorySessionStore]:
    if request.param == "memory":
        yield MemorySessionStore()
        return
    redis = connect(redis_url, 10.0)
    await redis.flushall()
    yield RedisSessionStore(redis, 60)
    await redis.aclose()


def a_session() -> CallSession:
    return CallSession(call_id="c1", line="insurance", active_agent="auth", history=[CallerSaid("hello", 1)])


async def test_a_session_is_saved_and_found(sessions: RedisSessionStore) -> None:
    session = a_session()
    await sessions.save(session)
    await sessions.save(session)
    assert session.version == 2
    assert await sessions.load("c1") == session
    await sessions.delete("c1")
    assert await sessions.load("c1") is None


async def test_the_second_of_two_owners_is_refused(sessions: RedisSessionStore) -> None:
    mine = a_session()
    await sessions.save(mine)
    theirs = await sessions.load("c1")
    assert theirs is not None
    await sessions.save(theirs)
    with pytest.raises(SessionConflict):
        await sessions.save(mine)
    assert mine.version == 1


async def test_every_key_lives_only_so_long_and_fields_of_newer_versions_are_ignored(redis_url: str) -> None:
    redis = connect(redis_url, 10.0)
    await redis.flushall()
    store, leases = RedisSessionStore(redis, 60), CallLeases(redis, "w1")
    await store.save(a_session())
    await leases.acquire("c1")
    assert await leases.claim_ring("k")
    for key in await redis.keys("*"):
        assert await redis.ttl(key) > 0, key
    body = msgspec.json.decode(await redis.get("rm:session:{c1}")) | {"from_the_future": 1}
    await redis.set("rm:session:{c1}", msgspec.json.encode(body), ex=60)
    assert (await store.load("c1")).active_agent == "auth"
    await redis.aclose()


async def test_a_redis_that_takes_nothing_is_not_told_as_there(single_url: str) -> None:
    redis = connect(single_url, 10.0)
    store = RedisSessionStore(redis, 60)
    await store.ping()
    await redis.execute("", "CONFIG SET", "maxmemory", "1")
    try:
        await redis.ping()  # it answers
        with pytest.raises(SessionLost):
            await store.ping()
    finally:
        await redis.execute("", "CONFIG SET", "maxmemory", "0")
    await store.ping()
    await redis.aclose()


async def test_two_hundred_races_have_one_owner_each(redis_url: str) -> None:
    redis = connect(redis_url, 10.0)
    await redis.flushall()
    workers = [CallLeases(redis, f"w{number}") for number in range(4)]

    async def race(call_id: str) -> int:
        results = await asyncio.gather(*(worker.acquire(call_id) for worker in workers), return_exceptions=True)
        assert all(isinstance(r, LeaseLost) for r in results if isinstance(r, Exception))
        return sum(not isinstance(result, Exception) for result in results)

    for start in range(0, 200, 10):
        assert await asyncio.gather(*(race(f"c{start + n}") for n in range(10))) == [1] * 10
    await redis.aclose()


async def test_a_new_owner_has_a_higher_fence_and_the_old_one_is_told(redis_url: str) -> None:
    redis = connect(redis_url, 10.0)
    await redis.flushall()
    old, new = CallLeases(redis, "old"), CallLeases(redis, "new")
    lease = await old.acquire("c1")
    await redis.delete("rm:lease:{c1}")
    assert (await new.acquire("c1")).fence > lease.fence
    with pytest.raises(LeaseLost):
        await old.renew(lease)
    await redis.aclose()


async def test_a_redis_that_stalls_or_goes_is_lost_within_the_limit_and_found_again() -> None:
    with redis_server() as (url, process):
        redis = connect(url, 1.0)
        store, session = RedisSessionStore(redis, 60), a_session()
        await store.save(session)
        process.send_signal(signal.SIGSTOP)
        with pytest.raises(SessionLost):
            async with asyncio.timeout(30):  # it says nothing for ever
                await store.save(session)
        assert session.version == 1
        process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(30):
            with pytest.raises(SessionConflict):
                # The stalled write arrived after all: the version tells.
                while True:
                    with contextlib.suppress(SessionLost):  # it is left in peace for a moment
                        await store.save(session)
                    await asyncio.sleep(0.05)
        await redis.aclose()


async def test_a_draft_becomes_one_of_the_policy_once_its_caller_is_verified(
    cases: SqlCaseBook | MemoryCases,
) -> None:
    await cases.save_fields("c1", "fnol", "", {"a": 1}, verified=False)
    draft = await cases.save_fields("c1", "fnol", "POL-1", {})
    assert (draft.verified, draft.subject, draft.fields) == (True, "POL-1", {"a": 1})
    draft = await cases.save_fields("c1", "fnol", "", {"b": 2}, verified=False)
    assert (draft.verified, draft.subject) == (True, "POL-1")
    await cases.save_fields("c2", "fnol", "", {"a": 1}, verified=False)
    await cases.file("c2", "fnol", NUMBERS)
    assert not (await cases.save_fields("c2", "fnol", "POL-1", {})).verified, "what is filed stays as it was confirmed"
