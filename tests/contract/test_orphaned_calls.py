"""A worker that has died is found out before its leases have run out; one that is only silent, or busy, is not."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.link import RedisLink
from backend.domain.exchange import CallRoute, Reply, Request, WorkerLoad


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[RedisLink]:
    """The way to Redis."""
    link = connect(redis_url, 10.0)
    await link.flushall()
    yield link
    await link.aclose()


def call(token: str) -> CallRoute:
    """A call."""
    return CallRoute(token=token, call_id=f"id-{token}", line="l", direction="inbound", started_at=datetime.now(UTC))


async def nothing(_: Request) -> Reply:
    """What a worker answers that is asked."""
    return Reply()


async def found_within(living: RedisExchange, limit_s: float) -> float:
    """How long it takes until the other's call is seen to be nobody's."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while loop.time() - begun < limit_s:
        if [ring.token for ring in (await living.beat(WorkerLoad())).abandoned] == ["orphan"]:
            return loop.time() - begun
        await asyncio.sleep(0.1)
    return limit_s


async def test_the_calls_of_a_dead_worker_are_found_before_their_leases_end(redis: RedisLink) -> None:
    dead, living = RedisExchange(redis, "dead", 60, 30), RedisExchange(redis, "living", 60, 30)
    ear = asyncio.create_task(dead.listen(nothing))
    assert await dead.listening(20.0)
    await dead.own(call("orphan"))
    await living.own(call("mine"))
    await dead.beat(WorkerLoad())
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)  # as the end of its process does it
    assert await found_within(living, 25.0) < 25.0


async def test_a_worker_that_is_only_slow_keeps_its_calls(redis: RedisLink) -> None:
    slow, living = RedisExchange(redis, "slow", 60, 30), RedisExchange(redis, "living", 60, 30)
    ear = asyncio.create_task(slow.listen(nothing))
    assert await slow.listening(20.0)
    await slow.own(call("orphan"))
    await slow.beat(WorkerLoad())
    assert await found_within(living, 3.0) == 3.0
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)
