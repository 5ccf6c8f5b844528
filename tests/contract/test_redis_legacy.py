"""Calls that the version before began, while it and this one serve side by side."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec
import pytest
from worker_stage import event, two_workers

from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.session_store import RedisSessionStore
from backend.domain.exchange import CallRoute, Reply, Request
from backend.domain.session import CallSession
from backend.errors import LeaseLost

TOKEN = "old-secret-0123456789"
# How that version renews a lease (commit cad136d).
OLD_RENEW = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner then return -1 end
if owner ~= ARGV[1] or redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""


@pytest.fixture
async def redis(single_url: str) -> AsyncIterator[RedisLink]:
    link = connect(single_url, 2.0)
    await link.flushall()
    yield link
    await link.aclose()


async def begin_as_before(redis: RedisLink, lease_s: int = 60) -> CallRoute:
    """What the version before has in Redis of a call that it serves."""
    ring = CallRoute(
        token=TOKEN, call_id="c1", line="insurance", direction="inbound", caller="+13125550142",
        connection_id="cc-1", started_at=datetime(2026, 11, 26, tzinfo=UTC), worker="old",
    )  # fmt: skip
    session = CallSession(call_id="c1", line="insurance", active_agent="auth", version=4)
    await redis.set(f"rm:ring:{TOKEN}", msgspec.json.encode(ring), ex=600)
    await redis.set("rm:session:c1", msgspec.json.encode(session), ex=600)
    await redis.execute("", "HSET", "rm:lease:c1", "owner", "old", "fence", "7")
    await redis.execute("", "EXPIRE", "rm:lease:c1", lease_s)
    now = (await redis.execute("", "TIME"))[0]
    await redis.execute("", "ZADD", "rm:calls", int(now) + lease_s, TOKEN)
    return ring


async def test_a_callback_of_its_call_is_passed_to_its_worker(redis: RedisLink, single_url: str) -> None:
    await begin_as_before(redis)
    old, asked = RedisExchange(redis, "old", 60), list[Request]()

    async def handle(request: Request) -> Reply:
        asked.append(request)
        return Reply()

    listening = asyncio.create_task(old.listen(handle))
    try:
        assert await old.listening(5)
        async with two_workers(single_url) as workers:
            await workers.one.shared.callback(TOKEN, event("CallDisconnected", "d1", "cc-1"))
            await workers.one.shared.hang_up("c1")
            assert workers.one.desk.live() == []
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    assert [request.do for request in asked] == ["callback", "hang_up"]


async def test_its_call_is_taken_over_when_its_worker_is_gone_and_only_once(redis: RedisLink) -> None:
    ring = await begin_as_before(redis, lease_s=1)
    one, two = RedisExchange(redis, "one", 60), RedisExchange(redis, "two", 60)
    async with asyncio.timeout(30):
        while not (found := await one._legacy.expired()):
            await asyncio.sleep(0.1)
    assert [(one.token, one.worker) for one in found] == [(TOKEN, "old")]
    assert await redis.execute("", "EVAL", OLD_RENEW, 1, "rm:lease:c1", "old", "7", 10) == -1, "it was only frozen"
    await one.own(ring, after="old")
    with pytest.raises(LeaseLost):
        await two.own(ring, after="old")
    assert await redis.execute("", "EVAL", OLD_RENEW, 1, "rm:lease:c1", "old", "7", 10) == 0, "and is told so now"
    assert await one._legacy.expired() == []
    assert await two.owner("c1") == "one"


async def test_a_living_worker_keeps_its_call(redis: RedisLink) -> None:
    ring = await begin_as_before(redis)
    with pytest.raises(LeaseLost):
        await RedisExchange(redis, "one", 60).own(ring, after="somebody else")
    assert await RedisExchange(redis, "two", 60).owner("c1") == "old"


async def test_its_session_is_read_goes_on_under_the_new_name_and_nothing_stays(redis: RedisLink) -> None:
    await begin_as_before(redis)
    store = RedisSessionStore(redis, 60)
    session = await store.load("c1")
    assert session is not None
    await store.save(session)
    found = await store.load("c1")
    assert (session.version, found and found.version) == (5, 5)
    await store.delete("c1")
    assert await store.load("c1") is None
    assert [name for name in await redis.keys("*") if b"c1" in name] == []
