"""A database that cannot be written is told with the file and what is wrong, and with nothing that was written."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.adapters.sql.database import Database
from backend.errors import ConfigError, Unavailable

SECRET = "what the caller said"


async def failure(path: Path, before: str, limit: str = "") -> str:
    """What is told when a row is written after some pragma."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        async with database.session() as session:
            await session.execute(text("CREATE TABLE said (words TEXT)"))
        with pytest.raises(Unavailable) as failed:
            async with database.session() as session:
                await session.execute(text(before))
                for _ in range(200):
                    await session.execute(text("INSERT INTO said VALUES (:words)"), {"words": SECRET * 100})
        return str(failed.value)
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("pragma", "told"),
    [("PRAGMA query_only=1", "the file or its folder is read-only"), ("PRAGMA max_page_count=3", "the disk is full")],
)
async def test_what_cannot_be_written_is_told_with_its_place(tmp_path: Path, pragma: str, told: str) -> None:
    said = await failure(tmp_path / "calls.db", pragma)
    assert told in said
    assert str(tmp_path / "calls.db") in said
    assert SECRET not in said and "INSERT" not in said


async def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    database = Database(f"sqlite+aiosqlite:///{tmp_path}")
    with pytest.raises(Unavailable, match="the file cannot be opened"):
        await database.migrate()
    await database.close()
    for thread in set(threading.enumerate()) - before:  # the driver does not wait for the one that could not open it
        if "connection_worker" in thread.name:
            await asyncio.to_thread(thread.join, 20)


async def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Sirs, " * 1000)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/letter.db")
    with pytest.raises(Unavailable, match=r"letter\.db: the file is not a database"):
        await database.migrate()
    await database.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, and no folder")
    with pytest.raises(ConfigError, match=rf"its folder {tmp_path}/var/deep cannot be created"):
        Database(f"sqlite+aiosqlite:///{tmp_path}/var/deep/calls.db")
