"""What Redis holds of live calls: sealed where there is a key, and the clear values of the time before are read."""

import json
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from redis.asyncio import Redis

from backend.adapters.cipher.key_ring import KeyRing
from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.session_store import RedisSessionStore
from backend.domain.exchange import CallRoute
from backend.domain.session import CallerSaid, CallSession
from backend.errors import SessionConflict, SessionLost
from backend.testing.keys import a_key, a_key_ring
from local_azure.redis_server import redis_server

NUMBER, NAME, WORDS = "+12065550123", "Zephyrine Quill", "my card is with Zephyrine"
OLD, NEW = a_key(), a_key()


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with redis_server() as (url, _):
        yield url


@pytest.fixture
async def redis(redis_url: str, raw: Any) -> AsyncIterator[Any]:
    redis = connect(redis_url, 10.0)
    yield redis
    await redis.aclose()


@pytest.fixture
async def raw(redis_url: str) -> AsyncIterator[Any]:
    """What somebody sees who looks into Redis."""
    client = Redis.from_url(redis_url)
    await client.flushall()
    yield client
    await client.aclose()


def a_session(call_id: str = "c1") -> CallSession:
    history = [CallerSaid(WORDS, 1)]
    facts = {"name": NAME}
    return CallSession(
        call_id=call_id, line="insurance", active_agent="auth", history=history, facts=facts, caller_number=NUMBER
    )


def a_ring(token: str = "t1") -> CallRoute:
    started = datetime(2026, 11, 21, tzinfo=UTC)
    return CallRoute(
        token=token, call_id="c1", line="insurance", direction="inbound", caller=NUMBER, called=NAME, started_at=started
    )


async def everything(raw: Any) -> str:
    found: list[str] = []
    for key in await raw.keys("*"):
        kind = await raw.type(key)
        value = await (raw.get(key) if kind == b"string" else raw.dump(key))
        found.append(f"{key!r} {value!r}")
    return "\n".join(found)


async def test_neither_keys_nor_values_tell_who_called_or_what_was_said(redis: Any, raw: Any) -> None:
    ring = a_key_ring()
    sessions, exchange = RedisSessionStore(redis, 60, ring), RedisExchange(redis, "w1", 60, cipher=ring)
    await sessions.save(a_session())
    await exchange.own(a_ring())
    stored = await everything(raw)
    assert not [word for word in (NUMBER, "Zephyrine", "Quill", "card", "insurance") if word in stored]
    loaded, found = await sessions.load("c1"), await exchange.find("t1")
    assert loaded is not None and found is not None
    assert (loaded.history, loaded.facts, loaded.caller_number) == ([CallerSaid(WORDS, 1)], {"name": NAME}, NUMBER)
    assert (found.caller, found.worker) == (NUMBER, "w1")


async def test_the_version_is_compared_though_it_is_sealed(redis: Any, raw: Any) -> None:
    sessions = RedisSessionStore(redis, 60, a_key_ring())
    mine = a_session()
    await sessions.save(mine)
    theirs = await sessions.load("c1")
    assert theirs is not None and theirs.version == 1
    await sessions.save(theirs)
    with pytest.raises(SessionConflict):
        await sessions.save(mine)


async def test_calls_of_the_time_before_are_read_and_sealed_with_the_next_save(redis: Any, raw: Any) -> None:
    before, now = RedisSessionStore(redis, 60), RedisSessionStore(redis, 60, a_key_ring())
    await before.save(a_session())
    assert WORDS in await everything(raw)
    session = await now.load("c1")
    assert session is not None and session.history == [CallerSaid(WORDS, 1)]
    await now.save(session)
    assert WORDS not in await everything(raw)
    await RedisExchange(redis, "w1", 60).own(a_ring())
    ring = await RedisExchange(redis, "w2", 60, cipher=a_key_ring()).find("t1")
    assert ring is not None and ring.caller == NUMBER


async def test_a_key_from_before_is_read_another_one_is_a_session_lost(redis: Any, raw: Any) -> None:
    await RedisSessionStore(redis, 60, a_key_ring(OLD)).save(a_session())
    assert await RedisSessionStore(redis, 60, a_key_ring(NEW, OLD)).load("c1")
    for wrong in (a_key_ring(NEW), None):
        with pytest.raises(SessionLost):
            await RedisSessionStore(redis, 60, wrong).load("c1")


async def test_a_long_call_is_sealed_beside_the_loop(redis: Any, raw: Any) -> None:
    class Watched(KeyRing):
        threads: ClassVar[list[int]] = []

        def seal(self, clear: bytes, bound: str = "") -> bytes:
            self.threads.append(threading.get_ident())
            return super().seal(clear, bound)

    sessions = RedisSessionStore(redis, 60, Watched([NEW]))
    await sessions.save(a_session())
    long = a_session("c2")
    long.history.extend(CallerSaid("word " * 100, turn) for turn in range(200))
    await sessions.save(long)
    here = threading.get_ident()
    assert Watched.threads[0] == here != Watched.threads[1]
    assert await sessions.load("c2") == long


async def test_one_calls_session_is_not_anothers(redis: Any, raw: Any) -> None:
    sessions = RedisSessionStore(redis, 60, a_key_ring())
    for call_id in ("c1", "c2"):
        await sessions.save(a_session(call_id))
    keys = sorted(key for key in await raw.keys("*") if b"session" in key)
    assert len(keys) == 2
    await raw.set(keys[0], await raw.get(keys[1]))
    with pytest.raises(SessionLost):
        await sessions.load("c1")


async def test_broken_values_are_a_session_lost(redis: Any, raw: Any) -> None:
    sessions = RedisSessionStore(redis, 60, a_key_ring())
    await sessions.save(a_session())
    (key,) = [key for key in await raw.keys("*") if b"session" in key]
    good = json.loads(await raw.get(key))
    for broken in (
        b"",
        b"{",
        b'{"sealed":',
        b'{"sealed":1}',
        b'{"sealed":"rm1.x.y"}',
        json.dumps(good | {"sealed": good["sealed"][:-8]}, separators=(",", ":")).encode(),
    ):
        await raw.set(key, broken)
        with pytest.raises(SessionLost):
            await sessions.load("c1")
