"""One visit for each statement: it gives what the driver's own cursor does, and leaves nothing open behind it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiosqlite import Connection
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from backend.adapters.sql.database import READS, Database


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/one.db")
    async with made.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE one (number INTEGER PRIMARY KEY, word TEXT)"))
    yield made
    await made.close()


@pytest.fixture
def visits(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    counted: list[str] = []
    visit = Connection._execute

    async def count(self: Connection, what: Callable[..., Any], *more: Any, **named: Any) -> Any:
        counted.append(what.__name__)
        return await visit(self, what, *more, **named)

    monkeypatch.setattr(Connection, "_execute", count)
    return counted


async def numbers(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(text("SELECT number FROM one ORDER BY number")))


async def test_a_statement_and_the_beginning_of_its_transaction_are_one_visit(
    database: Database, visits: list[str]
) -> None:
    assert await numbers(database) == []
    assert visits == ["begun", "commit"]
    visits.clear()
    async with database.session() as session:
        await session.execute(text("INSERT INTO one VALUES (1, 'a'), (2, 'b')"))
        await session.execute(text("DELETE FROM one WHERE number = 2"))
    assert visits == ["begun", "begun", "commit"]
    assert await numbers(database) == [1]


async def test_what_a_statement_came_to_is_told(database: Database) -> None:
    async with database.engine.begin() as connection:
        several = [{"number": number, "word": str(number)} for number in range(5)]
        await connection.execute(text("INSERT INTO one VALUES (:number, :word)"), several)
        changed = await connection.execute(text("UPDATE one SET word = 'x' WHERE number > 2"))
        assert (changed.rowcount, changed.returns_rows) == (2, False)
        added = await connection.execute(text("INSERT INTO one VALUES (9, 'y') RETURNING number, word"))
        assert (list(added.keys()), added.all()) == (["number", "word"], [(9, "y")])
        none = await connection.execute(text("SELECT word, number FROM one WHERE number = 77"))
        assert (list(none.keys()), none.first()) == (["word", "number"], None)
        some = await connection.execute(text("SELECT number FROM one ORDER BY number"))
        assert (some.fetchone(), some.fetchmany(2), some.fetchmany(), len(some.fetchall())) == (
            (0,), [(1,), (2,)], [(3,)], 2,
        )  # fmt: skip


async def test_rows_that_are_not_fetched_at_once_are_read_in_a_transaction_too(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("INSERT INTO one VALUES (1, 'a'), (2, 'b')"))
    async with database.engine.execution_options(**{READS: True}).connect() as connection:
        found = await connection.stream(text("SELECT number FROM one ORDER BY number"))
        raw: Any = (await connection.get_raw_connection()).driver_connection
        assert raw.in_transaction
        assert [row.number async for row in found] == [1, 2]


async def test_what_fails_is_undone_and_the_connection_goes_on(database: Database) -> None:
    for wrong, error in (("INSERT INTO one VALUES (1, 'b')", IntegrityError), ("SELECT x FROM y", OperationalError)):
        with pytest.raises(error):
            async with database.engine.begin() as connection:
                await connection.execute(text("INSERT INTO one VALUES (1, 'a')"))
                await connection.execute(text(wrong))
    with pytest.raises(RuntimeError):
        async with database.session() as session:
            await session.execute(text("INSERT INTO one VALUES (1, 'a')"))
            raise RuntimeError
    assert await numbers(database) == []


async def test_nothing_is_rolled_back_or_committed_where_nothing_was_begun(
    database: Database, visits: list[str]
) -> None:
    async with database.engine.begin():
        pass
    async with database.engine.connect() as connection, connection.begin() as begun:
        await begun.rollback()
    assert visits == []


async def test_who_is_called_off_during_a_visit_leaves_no_transaction_open(database: Database) -> None:
    """The statement may be done after its caller has gone: what it begins is undone before anybody else comes."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000) "

    async def write() -> None:
        async with database.session() as session:
            await session.execute(text(f"{endless} INSERT INTO one SELECT x, 'a' FROM n"))

    for waits in (0, 0.001, 0.02):
        task = asyncio.create_task(write())
        await asyncio.sleep(waits)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await numbers(database) == []
        async with database.session() as session:  # nobody keeps it locked
            await session.execute(text("DELETE FROM one"))
