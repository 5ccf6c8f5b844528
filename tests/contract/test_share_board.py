"""The share of calls on a real Redis: agreed by all workers, changed by one of two, gone with Redis."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from backend.adapters.redis import keys
from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.version_board import LocalVersionBoard, RedisVersionBoard
from backend.domain.share import Share
from backend.errors import SessionLost
from backend.ports import ShareBoard

SHARE = Share("v2", "v1", 50, "key:ann", datetime(2026, 11, 26, 12, tzinfo=UTC), "kürzere Fragen")
MORE = Share("v2", "v1", 90, "key:bob", datetime(2026, 11, 26, 12, tzinfo=UTC))


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    client = connect(redis_url, 10.0)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture(params=["local", "redis"])
def board(request: pytest.FixtureRequest, redis: RedisLink) -> ShareBoard:
    return LocalVersionBoard() if request.param == "local" else RedisVersionBoard(redis)


async def test_the_board_compares_and_sets(board: ShareBoard) -> None:
    assert await board.share() is None
    assert not await board.put_share(SHARE, MORE)
    assert await board.put_share(None, SHARE)
    assert await board.share() == SHARE
    assert not await board.put_share(None, MORE)
    assert await board.put_share(SHARE, MORE)
    assert not await board.put_share(SHARE, None)
    assert await board.put_share(MORE, None)
    assert await board.share() is None


async def test_the_others_hear_of_it_at_once(redis: RedisLink) -> None:
    mine, others = RedisVersionBoard(redis), RedisVersionBoard(redis, look_s=30)
    async with aclosing(others.changes()) as changes:
        await anext(changes)
        await mine.put_share(None, SHARE)
        await anext(changes)
        assert await others.share() == SHARE


async def test_what_cannot_be_read_is_no_share(redis: RedisLink) -> None:
    await redis.set(keys.STORE_SHARE, b"nonsense", ex=60)
    with pytest.raises(SessionLost):
        await RedisVersionBoard(redis).share()


async def test_it_does_not_stay_for_ever(redis: RedisLink) -> None:
    await RedisVersionBoard(redis).put_share(None, SHARE)
    assert 0 < int(await redis.execute(keys.STORE_SHARE, "TTL", keys.STORE_SHARE)) <= keys.STORE_TTL_S
