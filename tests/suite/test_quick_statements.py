"""What one database has compiled another one of its kind has as well, and one of another kind has not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from quick_statements import AnyPostgres, AnySqlite, compiled_anew, compiled_once
from sqlalchemy import Dialect, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import create_async_engine

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Worker

POSTGRES = "postgresql+psycopg://nobody@127.0.0.1:1/none"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[Database, Database]]:
    first, second = (Database(f"sqlite+aiosqlite:///{tmp_path}/{name}.db") for name in "ab")
    yield first, second
    await first.close()
    await second.close()


async def asked(database: Database) -> str:
    """Gives whose statement it was that was sent: the dialect that compiled it."""
    async with database.engine.connect() as connection:
        result = await connection.execute(select(Worker.name).where(Worker.name == "nobody"))
        assert result.all() == []
        return str(id(result.context.compiled.dialect))


async def test_the_second_one_sends_what_the_first_one_compiled(two: tuple[Database, Database]) -> None:
    for one in two:
        await one.migrate()
    assert await asked(two[0]) == await asked(two[1])


async def test_kinds_are_told_apart(two: tuple[Database, Database]) -> None:
    postgres = Database(POSTGRES)
    first, second = (one.engine.dialect for one in two)
    assert first == second
    assert first is not second
    assert {type(first), type(postgres.engine.dialect)} == {AnySqlite, AnyPostgres}
    assert first != postgres.engine.dialect
    await postgres.close()


async def test_what_is_no_test_compiles_for_itself(tmp_path: Path) -> None:
    def made() -> tuple[type[Dialect], ...]:
        opened = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db"), Database(POSTGRES)
        assert not any("compiled_cache" in one.engine.get_execution_options() for one in opened)
        return tuple(type(one.engine.dialect) for one in opened)

    compiled_anew(create_async_engine)
    try:
        assert made() == (SQLiteDialect_aiosqlite, PGDialectAsync_psycopg)
    finally:
        compiled_once()
