"""The count of failed verifications: the same in memory and in a real Redis, over workers, and while Redis is away."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.try_ledger import RedisTries
from backend.domain.tries import Counted, MemoryTries
from backend.ports import TryLedger
from local_azure.redis_server import redis_server

NUMBER = Counted("number", "+13125550142", 3)
RECORD = Counted("record", "P-1", 3)


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    client = connect(redis_url, 5.0)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture(params=["memory", "redis"])
def ledger(request: pytest.FixtureRequest, redis: RedisLink) -> TryLedger:
    return MemoryTries() if request.param == "memory" else RedisTries(redis, b"secret")


async def test_after_the_last_try_there_is_none(ledger: TryLedger) -> None:
    for _ in range(3):
        assert not await ledger.spent([NUMBER])
        assert await ledger.take([NUMBER]) is not None
    assert await ledger.spent([NUMBER])
    assert await ledger.take([NUMBER]) is None


async def test_each_subject_has_its_own_count_and_one_that_is_spent_stops_all(ledger: TryLedger) -> None:
    for _ in range(3):
        await ledger.take([RECORD])
    assert await ledger.take([NUMBER, RECORD]) is None
    assert not await ledger.spent([NUMBER]), "what was not allowed is not counted"
    assert await ledger.take([NUMBER]) is not None


async def test_a_try_that_succeeds_is_given_back(ledger: TryLedger) -> None:
    for _ in range(5):
        ticket = await ledger.take([NUMBER, RECORD])
        assert ticket is not None
        await ledger.give_back([NUMBER, RECORD], ticket)
    assert not await ledger.spent([NUMBER, RECORD])


async def test_many_at_once_have_no_more_tries_than_one_after_the_other(ledger: TryLedger) -> None:
    taken = await asyncio.gather(*(ledger.take([NUMBER, RECORD]) for _ in range(40)))
    assert sum(ticket is not None for ticket in taken) == 3


async def test_nobody_in_particular_is_never_spent(ledger: TryLedger) -> None:
    for _ in range(10):
        assert await ledger.take([]) is not None
    assert not await ledger.spent([])


async def test_workers_share_one_count(redis: RedisLink) -> None:
    workers = [RedisTries(redis, b"secret") for _ in range(2)]
    taken = await asyncio.gather(*(workers[n % 2].take([RECORD]) for n in range(20)))
    assert sum(ticket is not None for ticket in taken) == 3
    assert all([await worker.spent([RECORD]) for worker in workers])


async def test_names_tell_nothing_and_go_after_a_day(redis: RedisLink) -> None:
    await RedisTries(redis, b"secret").take([NUMBER, RECORD])
    names = [name.decode() for name in await redis.keys("*")]
    assert len(names) == 2
    for name in names:
        assert name.startswith("rm:{tries}:")
        assert "3125550142" not in name
        assert "P-1" not in name
        assert 0 < await redis.ttl(name) <= 24 * 3600
    await RedisTries(redis, b"another").take([NUMBER])
    assert len(await redis.keys("*")) == 3, "the hash has a key"


async def test_tries_older_than_the_window_do_not_count(redis: RedisLink) -> None:
    clock = [0.0]
    memory = MemoryTries(60, lambda: clock[0])
    for _ in range(3):
        await memory.take([NUMBER])
    clock[0] = 61.0
    assert await memory.take([NUMBER]) is not None
    shared = RedisTries(redis, b"secret", window_s=1)
    for _ in range(3):
        await shared.take([NUMBER])
    name = (await redis.keys("*"))[0].decode()
    tickets = await redis.execute(name, "ZRANGE", name, 0, -1)
    await redis.execute(name, "ZADD", name, *(part for ticket in tickets for part in (1.0, ticket)))  # long ago
    assert await RedisTries(redis, b"secret", window_s=1).take([NUMBER]) is not None


async def test_a_redis_that_does_not_answer_is_not_waited_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    async def silent(*_: object, **__: object) -> None:
        nonlocal asked
        asked += 1
        raise ConnectionError

    ledger = RedisTries(connect("redis://127.0.0.1:1/0", 0.2), b"secret")
    monkeypatch.setattr(ledger, "_take", silent)
    for _ in range(4):
        ticket = await ledger.take([RECORD])
        if ticket:
            await ledger.give_back([RECORD], ticket)
    assert asked == 1


async def test_while_redis_is_away_each_worker_counts_for_itself() -> None:
    with redis_server() as (url, process):
        client = connect(url, 5.0)
        ledger = RedisTries(client, b"secret")
        assert await ledger.take([NUMBER]) is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert [await ledger.take([NUMBER]) is not None for _ in range(4)] == [True, True, False, False]
        assert await ledger.spent([NUMBER])
        ticket = await ledger.take([RECORD])
        assert ticket is not None
        await ledger.give_back([RECORD], ticket)
        await client.aclose()
