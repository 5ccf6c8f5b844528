"""A whole database as one file, and back: from each kind of database into each, sealed cells, log and all."""

import gzip
import json
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.sql.backup import contents, read_backup, restore, write_backup
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database, upgrade_to
from backend.adapters.sql.key_uses import use_key
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.adapters.sql.revision_book import SqlRevisions
from backend.domain.call import CallRecord, Latencies, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.revision import Revision
from backend.errors import ConfigError, SealBroken

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
SECRET = "four one one one"
CIPHER = KeyRing([DataKey.read(new_key(), "DATA_KEY")])
Opener = Callable[[str], Awaitable[Database]]


@pytest.fixture
async def opened(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Opener]:
    databases: list[Database] = []

    async def open_one(kind: str) -> Database:
        url = f"sqlite+aiosqlite:///{tmp_path}/{kind}.db"
        if kind == "postgres":
            url = request.getfixturevalue("empty_postgres")
        database = Database(url, CIPHER)
        databases.append(database)
        return database

    yield open_one
    for database in databases:
        await database.close()


async def fill(database: Database, calls: int = 3) -> None:
    await use_key(database)
    records, cases = SqlCallRecords(database, "w1"), SqlCaseBook(database)
    for number in range(calls):
        call = CallRecord(call_id=f"c{number}", line="insurance", direction="inbound", caller=Private("+13125550142"),
                          started_at=NOW + timedelta(seconds=number), agents=["auth"])  # fmt: skip
        await records.started(call)
        turn = TurnRecord(index=1, agent="auth", caller_text=SECRET, started_at=NOW, latencies=Latencies(final_ms=1.5))
        await records.turn(call.call_id, turn)
        await records.ended(replace(call, outcome="completed", ended_at=NOW))
        await records.audit(call_id=call.call_id, actor="agent", action="tool:x", detail={"n": number})
        await cases.save_fields(call.call_id, "fnol", "P", {"story": SECRET, "n": {"deep": [number, None, True, 1.5]}})
    await cases.file("c0", "fnol", NUMBERS)
    await SqlCallbackBook(database).keep(CallbackWish("c1", "insurance", "+1", "Änne", SECRET, NOW))
    await SqlRevisions(database).keep(Revision("v1", NOW, "ann", {"agents/a.yaml": "name: a\n"}))
    await SqlOpenCalls(database).beat("w1")


async def everything(database: Database) -> list[object]:
    records, cases = SqlCallRecords(database), SqlCaseBook(database)
    calls = [await records.get(call.call_id) for call in await records.list()]
    drafts = [await cases.draft(call.call_id, "fnol") for call in calls if call]
    wishes = list(await SqlCallbackBook(database).list())
    async with database.reading() as session:
        audit = (await session.execute(text("SELECT call_id, actor, action FROM audit ORDER BY id"))).all()
    return [calls, drafts, wishes, await SqlRevisions(database).get("v1"), [tuple(row) for row in audit]]


@pytest.mark.parametrize("source", ["sqlite", "postgres"])
@pytest.mark.parametrize("target", ["sqlite2", "postgres"])
async def test_what_was_backed_up_is_what_comes_back(opened: Opener, tmp_path: Path, source: str, target: str) -> None:
    first, file = await opened(source), tmp_path / "all.backup"
    await first.migrate()
    await fill(first)
    before = await everything(first)
    made = await write_backup(first, file)
    assert made.rows["calls"] == 3
    assert read_backup(file) == made
    second = await opened(target)
    await second.migrate()
    if target != source:
        await fill(second, 7)  # all of it goes
    await restore(second, read_backup(file))
    assert await everything(second) == before
    await SqlCallRecords(second).audit(call_id="new", actor="x", action="y", detail={})
    assert len((await everything(second))[4]) == 4, "rows are numbered on"
    assert (await contents(second)).alive == ()


async def test_the_file_is_this_users_alone_holds_no_words_in_clear_and_names_its_key(
    opened: Opener, tmp_path: Path
) -> None:
    database, file = await opened("sqlite"), tmp_path / "all.backup"
    await database.migrate()
    await fill(database)
    made = await write_backup(database, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    clear = gzip.decompress(file.read_bytes()).decode()
    assert SECRET not in clear and "+1312" not in clear
    assert made.keys == (CIPHER.key_id,)
    assert not file.with_name("all.backup.part").exists()


async def test_a_backup_of_a_database_whose_data_are_in_the_log_alone_has_them_and_stops_nobody(
    opened: Opener, tmp_path: Path
) -> None:
    database, file = await opened("sqlite"), tmp_path / "all.backup"
    await database.migrate()
    await fill(database)
    assert (tmp_path / "sqlite.db-wal").stat().st_size > (tmp_path / "sqlite.db").stat().st_size
    async with database.session() as session:  # somebody writes meanwhile
        await session.execute(text("UPDATE calls SET line = 'other'"))
        other = Database(f"sqlite+aiosqlite:///{tmp_path}/sqlite.db", CIPHER)
        made = await write_backup(other, file)  # who waited for the writer would be refused in the end
        await other.close()
    assert made.rows["calls"] == 3
    assert '"other"' not in gzip.decompress(file.read_bytes()).decode()


@pytest.mark.parametrize("harm", ["cut", "changed", "row gone", "nonsense", "json"])
async def test_a_file_that_is_not_whole_changes_nothing(opened: Opener, tmp_path: Path, harm: str) -> None:
    database, file = await opened("sqlite"), tmp_path / "all.backup"
    await database.migrate()
    await fill(database)
    made = await write_backup(database, file)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    match harm:
        case "cut":
            file.write_bytes(file.read_bytes()[:-40])
        case "changed":
            file.write_bytes(gzip.compress(b"".join(lines).replace(b"insurance", b"insolence", 1)))
        case "row gone":
            file.write_bytes(gzip.compress(b"".join(lines[:5] + lines[6:])))
        case "nonsense":
            file.write_bytes(b"Dear Sirs")
        case _:
            file.write_bytes(gzip.compress(json.dumps({"a": 1}).encode()))
    with pytest.raises(ConfigError, match=r"all\.backup"):
        read_backup(file)
    before = await everything(database)
    with pytest.raises(ConfigError):
        await restore(database, made)  # changed after it was looked at
    assert await everything(database) == before


async def test_a_backup_of_an_earlier_version_is_brought_up_to_date(opened: Opener, tmp_path: Path) -> None:
    old, file = await opened("old"), tmp_path / "old.backup"
    async with old.engine.begin() as connection:
        await connection.run_sync(upgrade_to, "0004_callbacks")
        statement = (
            "INSERT INTO calls (call_id, line, direction, caller, called, connection_id, store_version, started_at, "
            "detail, agents, test) VALUES ('c1', 'insurance', 'inbound', '+1', '', '', '', "
            "'2026-11-21 12:00:00.000000', '', '[\"auth\"]', 0)"
        )
        await connection.execute(text(statement))
    made = await write_backup(old, file)
    assert made.revision == "0004_callbacks"
    for kind in ("sqlite2", "postgres"):
        new = await opened(kind)
        await restore(new, read_backup(file))
        call = await SqlCallRecords(new).get("c1")
        assert call is not None
        assert (call.caller.reveal(), call.agents, call.started_at) == ("+1", ["auth"], NOW.replace(microsecond=0))


async def test_a_backup_of_a_later_version_is_refused(opened: Opener, tmp_path: Path) -> None:
    database, file = await opened("sqlite"), tmp_path / "all.backup"
    await database.migrate()
    await fill(database)
    made = await write_backup(database, file)
    with pytest.raises(ConfigError, match="newer than this one"):
        await restore(database, replace(made, revision="9999_future"))
    assert len((await everything(database))[0]) == 3  # type: ignore[arg-type]


async def test_who_works_with_a_database_is_seen(opened: Opener) -> None:
    database = await opened("sqlite")
    assert (await contents(database)).rows == {}
    await database.migrate()
    await SqlOpenCalls(database).beat("w1")
    assert (await contents(database)).alive == ("w1",)


async def test_with_another_key_what_is_put_back_stays_sealed(opened: Opener, tmp_path: Path) -> None:
    database, file = await opened("sqlite"), tmp_path / "all.backup"
    await database.migrate()
    await fill(database)
    await write_backup(database, file)
    stranger = Database(f"sqlite+aiosqlite:///{tmp_path}/stranger.db", KeyRing([DataKey.read(new_key(), "DATA_KEY")]))
    await restore(stranger, read_backup(file))
    with pytest.raises(SealBroken):
        await SqlCallRecords(stranger).get("c1")
    await stranger.close()
