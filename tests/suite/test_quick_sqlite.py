"""SQLite without threads does as SQLite does: in turn with others, it waits for their locks and tells its errors."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest


async def opened(path: Path, wait_ms: int = 5000) -> aiosqlite.Connection:
    """A connection as the product sets one up."""
    connection = await aiosqlite.connect(path, isolation_level=None)
    await connection.execute(f"PRAGMA busy_timeout={wait_ms}")
    return connection


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[aiosqlite.Connection]:
    connection = await opened(tmp_path / "a.db")
    await connection.execute("CREATE TABLE said (word TEXT)")
    yield connection
    await connection.close()


async def test_no_thread_is_started_and_others_come_between(one: aiosqlite.Connection) -> None:
    order = list[str]()

    async def write(word: str) -> None:
        for _ in range(3):
            await one.execute("INSERT INTO said VALUES (?)", [word])
            order.append(word)

    await asyncio.gather(write("a"), write("b"))
    assert order == ["a", "b"] * 3
    assert not any("_connection_worker_thread" in thread.name for thread in threading.enumerate())


async def test_a_lock_whose_holder_lives_in_the_same_loop_is_waited_for(
    one: aiosqlite.Connection, tmp_path: Path
) -> None:
    other = await opened(tmp_path / "a.db")
    await one.execute("BEGIN IMMEDIATE")
    waits = asyncio.create_task(other.execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(0.05)
    assert not waits.done()
    await one.commit()
    await waits
    await other.rollback()
    await other.close()


async def test_it_is_waited_for_no_longer_than_is_said(one: aiosqlite.Connection, tmp_path: Path) -> None:
    other = await opened(tmp_path / "a.db", wait_ms=30)
    await one.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await other.execute("BEGIN IMMEDIATE")
    assert time.monotonic() - began >= 0.03
    await one.rollback()
    await other.close()


async def test_what_is_wrong_is_told(one: aiosqlite.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        await one.execute("SELEC 1")
