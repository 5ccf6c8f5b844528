"""What calls cost: the same sum in memory and in a real Redis, over workers."""

import time
from collections.abc import AsyncIterator

import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.spending import RedisSpending
from backend.domain.spending import MemorySpending

HOUR = 3600


class Clock:
    def __init__(self) -> None:
        self.s = 1_800_000_000.0 - 1_800_000_000 % HOUR + 1

    def __call__(self) -> float:
        return self.s


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    client = connect(redis_url, 5)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_it_is_summed_over_a_day_by_the_hour(kind: str, redis: RedisLink) -> None:
    clock = Clock()
    spending = MemorySpending(clock) if kind == "memory" else RedisSpending(redis, clock)
    for amount in (0.25, 0.5, 0.125):
        await spending.add(amount)
        clock.s += HOUR
    assert await spending.total() == pytest.approx(0.875)
    clock.s += 21.5 * HOUR
    assert await spending.total() == pytest.approx(0.625), "the first hour is more than a day ago"
    clock.s += 24 * HOUR
    assert await spending.total() == 0


async def test_workers_share_the_sum_and_keys_end(redis: RedisLink) -> None:
    clock = Clock()
    one, two = RedisSpending(redis, clock), RedisSpending(redis, clock)
    await one.add(1)
    await two.add(2)
    assert await one.total() == await two.total() == 3
    assert 0 < await redis.execute("", "TTL", "rm:{spent}:500000") <= 25 * HOUR


async def test_without_redis_a_worker_counts_alone(redis: RedisLink) -> None:
    spending = RedisSpending(connect("redis://127.0.0.1:1", 0.2), time.time)
    await spending.add(1)
    assert await spending.total() == 1
