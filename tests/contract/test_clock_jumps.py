"""The clock of a machine is put right by five minutes: no call is taken for nobody's because of it, and none is closed.

Leases and silence are judged by the clock of Redis and of PostgreSQL. On SQLite, which has no clock of its own, whoever
seems to have been silent is asked for in Redis before their calls are closed.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.sql import open_calls
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.domain.call import CallRecord
from backend.domain.exchange import CallRoute, Reply, Request, WorkerLoad
from backend.domain.session import CallSession
from backend.engine.desk.call_closer import lives_somewhere

SILENT, NAMELESS = timedelta(seconds=20), timedelta(hours=4)


class NoCalls:
    """A desk of a worker that has just started."""

    def live(self) -> Sequence[CallRecord]:
        return ()


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[RedisLink]:
    link = connect(redis_url, 10.0)
    await link.flushall()
    yield link
    await link.aclose()


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


async def nothing(_: Request) -> Reply:
    return Reply()


def jump(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """From here on the machine's clock is elsewhere."""

    class Elsewhere(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(seconds=seconds)

    true_time = time.time
    monkeypatch.setattr(time, "time", lambda: true_time() + seconds)
    monkeypatch.setattr(open_calls, "datetime", Elsewhere)


@pytest.mark.parametrize("seconds", [300, -300])
async def test_a_clock_that_jumps_makes_no_call_nobodys(
    redis: RedisLink, database: Database, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    here, other = RedisExchange(redis, "here", 60), RedisExchange(redis, "other", 60)
    ears = [asyncio.create_task(one.listen(nothing)) for one in (here, other)]
    assert await here.listening(20.0) and await other.listening(20.0)
    calls, sessions = open_calls.SqlOpenCalls(database), RedisSessionStore(redis, 60)
    for exchange in (here, other):
        call_id, now = f"call-{exchange.worker}", datetime.now(UTC)
        await exchange.own(
            CallRoute(token=exchange.worker, call_id=call_id, line="l", direction="inbound", started_at=now)
        )
        await exchange.beat(WorkerLoad())
        await SqlCallRecords(database, exchange.worker).started(
            CallRecord(call_id=call_id, line="l", direction="inbound", started_at=now)
        )
        await calls.beat(exchange.worker)
        await sessions.save(CallSession(call_id=call_id, line="l", active_agent="a"))

    jump(monkeypatch, seconds)

    beat = await here.beat(WorkerLoad())
    assert (beat.lost, beat.abandoned) == ((), ())
    assert await here.owner("call-other") == "other"
    lives = lives_somewhere(NoCalls(), NoCalls(), here, sessions)
    gone = [call.call_id for call in await calls.abandoned(SILENT, NAMELESS) if not await lives(call)]
    assert gone == []
    assert await sessions.load("call-other") is not None
    for ear in ears:
        ear.cancel()
    await asyncio.gather(*ears, return_exceptions=True)
