"""``ringmaster backup`` and ``ringmaster restore``: they ask before anything is gone, and say where the key is."""

import asyncio
import getpass
import gzip
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database, upgrade_to
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.cli import backup as backup_command
from backend.cli.application import app
from backend.cli.audited import who_runs
from backend.domain.call import CallRecord
from backend.errors import Unavailable

RUN = CliRunner()
KEY = "A" * 43 + "="
OTHER_KEY = "B" * 43 + "="


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("ENTRA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    monkeypatch.setenv("DATA_KEY_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("SPOOL_DIR", str(tmp_path / "spool"))
    monkeypatch.setenv("COLUMNS", "400")
    return tmp_path


def run(*arguments: object, says: str | None = None) -> tuple[int, str]:
    done = RUN.invoke(app, [str(one) for one in arguments], input=says)
    return done.exit_code, done.output


def with_database(place: Path, *, call: str = "", worker: str = "") -> int:
    """Write a call or the beat of a worker; gives how many calls there are."""

    async def work() -> int:
        database = Database(f"sqlite+aiosqlite:///{place}/r.db")
        await database.migrate()
        records = SqlCallRecords(database)
        if call:
            await records.started(CallRecord(call_id=call, line="l", direction="chat", started_at=datetime.now(UTC)))
        if worker:
            await SqlOpenCalls(database).beat(worker)
        count = len(await records.list())
        await database.close()
        return count

    return asyncio.run(work())


def test_there_and_back_with_a_question_before_anything_is_gone(place: Path) -> None:
    file = place / "all.backup"
    with_database(place, call="c1")
    status, said = run("backup", file)
    assert status == 0
    assert "1 calls" in said
    assert "nothing in it is sealed" in said
    assert run("backup", file, says="n\n")[0] == 1
    assert run("backup", file, says="y\n")[0] == 0
    assert with_database(place, call="c2") == 2
    status, said = run("restore", file, says="no\n")
    assert status == 1
    assert "2 calls" in said
    assert with_database(place) == 2
    assert run("restore", file, says="yes\n")[0] == 0
    assert with_database(place) == 1
    (place / "r.db").unlink()
    for left in place.glob("r.db-*"):
        left.unlink()
    assert run("restore", file)[0] == 0, "nothing is gone, nobody is asked"
    assert with_database(place) == 1


def noted(place: Path) -> list[tuple[str, str, str, str]]:
    """What the audit has of commands, the newest first."""

    with closing(sqlite3.connect(place / "r.db")) as connection:
        return connection.execute("SELECT action, target, outcome, note FROM audit ORDER BY id DESC").fetchall()


def test_who_wrote_a_backup_and_who_put_one_back_stands_in_the_audit(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, others = place / "all.backup", "0 cases, 0 callbacks and 0 other rows"
    with_database(place, call="c1")
    assert run("backup", file)[0] == 0
    (written,) = noted(place)
    assert written == ("database.backup", str(file), "ok", f"1 calls, {others}")
    assert run("backup", place / "none" / "all.backup")[0] == 2
    assert [row[2] for row in noted(place)] == ["config.invalid", "ok"]
    with_database(place, call="c2")
    assert run("restore", file, "--yes")[0] == 0
    ((action, target, outcome, note),) = noted(place)
    assert (action, target, outcome) == ("database.restore", str(file), "ok")
    assert note.endswith(f"1 calls, {others}") and note.startswith("of 20"), "with the database, not behind it"
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()).replace(b'"c1"', b'"c9"')))
    assert run("restore", file, "--yes")[0] == 2
    assert [row[0] for row in noted(place)] == ["database.restore"], "what was no backup touched nothing"

    async def fails(*_: object) -> None:
        raise Unavailable("database", "away")

    run("backup", file, "--yes")
    monkeypatch.setattr(backup_command, "put_back", fails)
    assert run("restore", file, "--yes")[0] == 2
    assert noted(place)[0][::2] == ("database.restore", "provider.unavailable")


def test_a_database_of_an_earlier_version_is_backed_up_and_notes_it_as_it_can(place: Path) -> None:
    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{place}/r.db")
        async with database.engine.begin() as connection:
            await connection.run_sync(upgrade_to, "0001")
        await database.close()

    asyncio.run(make())
    status, said = run("backup", place / "all.backup")
    assert status == 0 and "not in the audit" not in said
    with closing(sqlite3.connect(place / "r.db")) as connection:
        (action,) = connection.execute("SELECT action FROM audit").fetchone()
    assert action == "database.backup"


def test_a_database_that_cannot_be_written_is_backed_up_and_it_is_said_that_nothing_was_noted(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_only(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("attempt to write a readonly database"))

    with_database(place, call="c1")
    monkeypatch.setattr(backup_command, "note_there", read_only)
    status, said = run("backup", place / "all.backup")
    assert status == 0 and "not in the audit: it cannot be written" in said
    assert (place / "all.backup").is_file()


def test_who_sealed_the_data_stands_in_the_audit(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_database(place, call="c1")
    assert run("seal")[0] == 2
    monkeypatch.setenv("DATA_KEY", KEY)
    assert run("seal")[0] == 0
    assert [row[0::2] for row in noted(place)] == [("data.seal", "ok"), ("data.seal", "config.invalid")]


def test_who_runs_a_command_under_a_number_without_a_name_is_noted_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert who_runs() == f"cli:{os.getuid()}"


def test_it_is_said_where_the_key_is_and_that_a_server_has_another_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.adapters.sql.key_uses import use_key
    from backend.boot.ciphers import open_cipher
    from config import load_settings

    monkeypatch.setenv("DATA_KEY", KEY)

    async def note_key() -> None:
        database = Database(f"sqlite+aiosqlite:///{place}/r.db", open_cipher(load_settings()))
        await database.migrate()
        await use_key(database)
        await database.close()

    asyncio.run(note_key())
    _, said = run("backup", place / "all.backup")
    assert "the setting DATA_KEY" in said
    assert KEY not in said
    monkeypatch.setenv("DATA_KEY", OTHER_KEY)
    status, said = run("restore", place / "all.backup", "--yes")
    assert status == 2
    assert "no server can start with it yet" in said


def test_nothing_is_put_under_a_server_that_runs(place: Path) -> None:
    with_database(place, call="c1")
    run("backup", place / "all.backup")
    with_database(place, worker="host-1-abc")
    status, said = run("restore", place / "all.backup", "--yes")
    assert status == 2
    assert "host-1-abc" in said


def test_what_waits_in_the_spool_is_named(place: Path) -> None:
    with_database(place, call="c1")
    (place / "spool").mkdir()
    (place / "spool" / "db.w1.spool").write_text("x")
    assert "not in it" in run("backup", place / "all.backup")[1]


@pytest.mark.parametrize("arguments", [("restore", "none.backup"), ("backup", "/proc/none/all.backup")])
def test_a_file_that_cannot_be_used_is_said_in_a_sentence(place: Path, arguments: tuple[str, str]) -> None:
    with_database(place)
    status, said = run(*arguments, "--yes")
    assert status == 2
    assert "No such file" in said
