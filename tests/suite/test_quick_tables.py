"""Tables that are made quickly are those that the migrations make."""

import sqlite3
from pathlib import Path

import pytest
from quick_tables import quick
from sqlalchemy import text

from backend.adapters.sql import database as database_module
from backend.adapters.sql.database import Database, upgrade_to
from backend.errors import Unavailable


async def made(path: Path, monkeypatch: pytest.MonkeyPatch, upgrade: object) -> list[str]:
    """All that is in a database which was migrated so."""
    monkeypatch.setattr(database_module, "upgrade_to", upgrade)
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    await database.close()
    with sqlite3.connect(path) as plain:
        told = sorted(plain.iterdump())
    plain.close()
    return told


async def test_quickly_or_not_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_migrations: None
) -> None:
    migrated = await made(tmp_path / "one.db", monkeypatch, database_module.upgrade_to)
    seen: list[str] = []

    def noted(connection: object, revision: str = "head") -> None:
        seen.append(revision)
        upgrade_to(connection, revision)  # type: ignore[arg-type]

    quickly = quick(noted)
    assert [await made(tmp_path / f"{name}.db", monkeypatch, quickly) for name in "ab"] == [migrated] * 2
    assert seen == ["head"]
    assert await made(tmp_path / "a.db", monkeypatch, quickly) == migrated
    assert seen == ["head", "head"], "what is not empty is migrated"
    assert any("alembic_version" in row and "INSERT" in row for row in migrated)


async def test_a_postgresql_that_has_all_of_it_is_left_alone(
    new_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def noted(connection: object, revision: str = "head") -> None:
        seen.append(revision)
        upgrade_to(connection, revision)  # type: ignore[arg-type]

    monkeypatch.setattr(database_module, "upgrade_to", quick(noted))
    database = Database(new_postgres_url)
    await database.migrate()
    await database.migrate()
    assert seen == ["head"]
    async with database.engine.begin() as connection:
        await connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(Unavailable):  # its tables are there, of which nobody knows
        await database.migrate()
    await database.close()
    assert seen == ["head", "head"], "of no version, or of another one, it is migrated"
