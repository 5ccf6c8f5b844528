"""``ringmaster backup`` and ``ringmaster restore``: they ask before anything is gone, and say where the key is."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.__main__ import app
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.domain.call import CallRecord

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
