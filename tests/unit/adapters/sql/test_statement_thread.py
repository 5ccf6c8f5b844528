"""One statement, one visit to one thread: written at its end, refused as by a session, in turn with everybody else."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Worker
from backend.errors import ProviderRejected, Unavailable


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/one.db"


def beat(name: str | None) -> Any:
    return insert(Worker).values(name=name, seen_at=text("CURRENT_TIMESTAMP"))


async def names(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted(await session.scalars(select(Worker.name)))


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    made = Database(url(tmp_path))
    await made.migrate()
    yield made
    await made.close()


async def test_what_was_written_is_there_and_no_session_was_needed(database: Database) -> None:
    begun: list[object] = []
    event.listen(database.engine.sync_engine, "begin", begun.append)
    await asyncio.gather(*(database.write(beat(f"w{number}")) for number in range(20)))
    assert begun == []
    assert await names(database) == sorted(f"w{number}" for number in range(20))
    async with database.session() as session:
        await session.execute(beat("later"))
    await database.write(beat("last\0"))
    assert {"later", "last\ufffd"} <= set(await names(database))
    assert sum(thread.name.startswith("sqlite-write") for thread in threading.enumerate()) == 1


async def test_what_the_database_refuses_is_told_by_our_errors_and_leaves_nothing_locked(database: Database) -> None:
    await database.write(beat("one"))
    for wrong in (beat("one"), beat(None)):
        with pytest.raises(ProviderRejected):
            await database.write(wrong)
    with pytest.raises(Unavailable):
        await database.write(text("INSERT INTO no_such_table VALUES (1)"))
    async with database.session() as session:
        await session.execute(beat("two"))
    await database.write(beat("three"))
    assert await names(database) == ["one", "three", "two"]


async def test_it_waits_for_its_turn(database: Database) -> None:
    async with database.session() as session:
        await session.execute(beat("first"))
        writing = asyncio.create_task(database.write(beat("second")))
        await asyncio.sleep(0.02)
        assert not writing.done()
    await writing
    assert await names(database) == ["first", "second"]


async def test_the_thread_ends_with_the_database(tmp_path: Path) -> None:
    made = Database(url(tmp_path))
    await made.migrate()
    await made.write(beat("one"))
    await made.close()
    async with asyncio.timeout(20):
        while any(thread.name.startswith("sqlite-write") for thread in threading.enumerate()):
            await asyncio.sleep(0.005)


async def test_who_writes_late_is_still_heard_and_a_second_end_is_no_fault(tmp_path: Path) -> None:
    made = Database(url(tmp_path))
    await made.migrate()
    await made.write(beat("one"))
    await made.close()
    await made.write(beat("late"))
    assert await names(made) == ["late", "one"]
    await made.close()
    await made.close()
