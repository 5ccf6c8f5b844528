"""Where entries wait: a file of this machine, a real Redis. Both keep order, outlive their worker, and are sealed."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.files.spool import FileSpool
from backend.adapters.redis import keys
from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.shelf import RedisShelf
from backend.domain.entry import Entry
from backend.ports import Cipher, Shelf

SECRET = "four one one one"
Maker = Callable[[str], Shelf]


def a_key() -> KeyRing:
    return KeyRing([DataKey.read(new_key(), "DATA_KEY")])


def entry(number: int, text: str = SECRET) -> Entry:
    return Entry(id=f"w/{number}", number=number, at=datetime.now(UTC), kind="audit", call_id="c", body={"what": text})


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    client = connect(redis_url, 10.0)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def cipher() -> Cipher:
    return a_key()


@pytest.fixture(params=["redis", "disk"])
def made(request: pytest.FixtureRequest, tmp_path: Path, redis: RedisLink, cipher: Cipher) -> Maker:
    if request.param == "disk":
        return lambda owner: FileSpool(tmp_path / "spool", owner, cipher)
    return lambda owner: RedisShelf(redis, owner, cipher)


async def test_entries_come_back_in_order_and_go_when_they_are_written(made: Maker) -> None:
    shelf = made("db.w1")
    for number in (1, 2, 3, 4):
        assert await shelf.put(entry(number))
    assert [one.number for one in await shelf.read(0, 2)] == [1, 2]
    assert [one.number for one in await shelf.read(2, 10)] == [3, 4]
    await shelf.drop(entry(1))
    assert (await shelf.read(0, 1))[0].body == {"what": SECRET}
    assert [one.number for one in await shelf.read(0, 10)] == [2, 3, 4]
    await shelf.close()


async def test_what_a_worker_left_is_found_once_by_another_of_the_same_database(made: Maker) -> None:
    gone = made("db.w1")
    for number in (1, 2, 3):
        await gone.put(entry(number))
    await gone.close()
    assert list(await made("another.w2").left_behind()) == []
    mine, late = made("db.w2"), made("db.w3")
    (found,) = await mine.left_behind()
    assert list(await late.left_behind()) == [], "somebody sees to them already"
    assert [one.number for one in await found.read(0, 10)] == [1, 2, 3]
    for number in (1, 2):
        await found.drop(entry(number))
    await found.close()
    (again,) = await late.left_behind()
    assert 3 in [one.number for one in await again.read(0, 10)]
    for one in await again.read(0, 10):
        await again.drop(one)
    await again.close()
    assert list(await made("db.w4").left_behind()) == []


async def test_the_entries_of_a_worker_that_lives_are_its_own(made: Maker) -> None:
    lives = made("db.w1")
    await lives.put(entry(1))
    assert list(await made("db.w2").left_behind()) == []
    await lives.close()


async def test_nothing_lies_there_in_clear(tmp_path: Path, redis: RedisLink, cipher: Cipher) -> None:
    spool, shelf = FileSpool(tmp_path / "spool", "db.w1", cipher), RedisShelf(redis, "db.w1", cipher)
    await spool.put(entry(1))
    await shelf.put(entry(1))
    (file,) = (tmp_path / "spool").iterdir()
    lying = file.read_bytes() + b"".join(
        await redis.execute(keys.outbox("db.w1"), "ZRANGE", keys.outbox("db.w1"), 0, -1)
    )
    assert SECRET.encode() not in lying
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for key in await redis.keys("*"):
        assert await redis.ttl(key) > 0, key
    await spool.close()
    await shelf.close()


async def test_what_was_sealed_with_another_key_stays_and_is_not_looked_at_again(
    tmp_path: Path, redis: RedisLink, caplog: pytest.LogCaptureFixture
) -> None:
    def both(owner: str, cipher: Cipher) -> tuple[Shelf, Shelf]:
        return FileSpool(tmp_path / "spool", owner, cipher), RedisShelf(redis, owner, cipher)

    right = a_key()
    for shelf in both("db.w1", right):
        await shelf.put(entry(1))
        await shelf.close()
    for shelf in both("db.w2", a_key()):
        for found in await shelf.left_behind():
            assert list(await found.read(0, 10)) == []
            await found.close()
        assert list(await shelf.left_behind()) == []
        await shelf.close()
    assert {getattr(record, "event", "") for record in caplog.records} == {"outbox.unreadable"}
    for shelf in both("db.w3", right):
        (found,) = await shelf.left_behind()
        assert [one.number for one in await found.read(0, 10)] == [1]
        await found.close()


async def test_a_line_that_was_torn_by_a_crash_is_passed_over(tmp_path: Path, cipher: Cipher) -> None:
    spool = FileSpool(tmp_path, "db.w1", cipher)
    await spool.put(entry(1))
    await spool.put(entry(2))
    await spool.close()
    file = tmp_path / "db.w1.spool"
    file.write_bytes(file.read_bytes()[:-20])
    (found,) = await FileSpool(tmp_path, "db.w2", cipher).left_behind()
    assert [one.number for one in await found.read(0, 10)] == [1]
    await found.drop(entry(1))
    await found.close()
    assert not file.exists()


async def test_a_disk_without_room_or_leave_says_no_and_spoils_nothing(
    tmp_path: Path, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = FileSpool(tmp_path, "db.w1", cipher, megabytes=1)
    assert await spool.put(entry(1))
    assert not await spool.put(entry(2, "x" * (1 << 20))), "larger than it may be"
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda handle, line, at: real(handle, line[:10], at))
    assert not await spool.put(entry(3))
    monkeypatch.undo()
    monkeypatch.setattr("backend.adapters.files.spool._now", lambda: asyncio.get_running_loop().time() + 60)
    assert await spool.put(entry(4))
    await spool.close()
    (found,) = await FileSpool(tmp_path, "db.w2", cipher).left_behind()
    assert [one.number for one in await found.read(0, 10)] == [1, 4]
    await found.close()
    nowhere = FileSpool(Path("/proc/none"), "db.w1", cipher)
    assert not await nowhere.put(entry(1))


async def test_a_redis_that_is_away_says_no_and_nobody_waits_for_it(cipher: Cipher) -> None:
    client = connect("redis://127.0.0.1:1/0", 0.2)
    shelf = RedisShelf(client, "db.w1", cipher)
    assert not await shelf.put(entry(1))
    began = asyncio.get_running_loop().time()
    assert not any([await shelf.put(entry(number)) for number in range(100)])
    assert asyncio.get_running_loop().time() - began < 1
    assert list(await shelf.left_behind()) == []
    await shelf.close()
    await client.aclose()


async def test_a_full_redis_shelf_says_no(redis: RedisLink, cipher: Cipher) -> None:
    shelf = RedisShelf(redis, "db.w1", cipher, most=2)
    assert [await shelf.put(entry(number)) for number in (1, 2, 3)] == [True, True, False]
    await shelf.drop(entry(1))
    assert await shelf.put(entry(3))
    await shelf.close()
