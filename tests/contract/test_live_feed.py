"""Live calls from worker to worker over a real Redis: sealed, not one's own, and again after a break."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from datetime import UTC, datetime

import pytest

from backend.adapters.redis import keys
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.live_feed import RedisLiveFeed
from backend.domain.live_call import LiveCall
from backend.testing.keys import a_key, a_key_ring

SAID = "my zip code is six oh six oh one"


def live(call_id: str, said: str = "") -> LiveCall:
    return LiveCall(
        call_id=call_id, line="insurance", direction="inbound", way="acs", test=False, caller="42", called="00",
        store_version="v1", started_at=datetime.now(UTC), state="listening", understood=said,
    )  # fmt: skip


@pytest.fixture
async def links(single_url: str) -> AsyncIterator[list[RedisLink]]:
    """Ways to one Redis, which are closed whatever becomes of the test."""
    made = [connect(single_url, 5.0) for _ in range(4)]
    yield made
    for link in made:
        await link.aclose()


async def collected(feed: RedisLiveFeed, into: list[LiveCall]) -> None:
    async with aclosing(feed.calls()) as calls:
        async for call in calls:
            into.append(call)


async def listening(ends: AsyncExitStack, feed: RedisLiveFeed) -> list[LiveCall]:
    """What a feed hears from now on, until the test ends."""
    heard: list[LiveCall] = []
    task = asyncio.create_task(collected(feed, heard))

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await feed.close()

    ends.push_async_callback(end)
    return heard


async def test_workers_hear_each_other_and_nobody_else_reads_it(links: list[RedisLink]) -> None:
    key = a_key()
    one, two = RedisLiveFeed(links[0], "w1", a_key_ring(key)), RedisLiveFeed(links[1], "w2", a_key_ring(key))
    stranger = RedisLiveFeed(links[2], "w3", a_key_ring())
    bodies: list[bytes] = []
    async with AsyncExitStack() as ends:
        raw = await Channel.opened(links[3], keys.LIVE)
        ends.push_async_callback(raw.close)
        heard = [await listening(ends, feed) for feed in (one, two, stranger)]
        async with asyncio.timeout(30):
            while await links[0].subscribers(keys.LIVE) < 4:
                await asyncio.sleep(0.01)
            one.tell(live("call-of-worker-1", SAID))
            two.tell(live("c2"))
            while len(bodies) < 2:
                body = await raw.read(5.0)
                bodies += [body] if body else []
            while not (heard[0] and heard[1]):
                await asyncio.sleep(0.01)
    assert [call.call_id for call in heard[0]] == ["c2"]
    assert [(call.call_id, call.understood) for call in heard[1]] == [("call-of-worker-1", SAID)]
    assert heard[2] == []
    assert not any(SAID.encode() in body or b"call-of-worker-1" in body for body in bodies)


async def test_of_one_call_only_the_newest_waits_to_be_sent(links: list[RedisLink]) -> None:
    feed = RedisLiveFeed(links[0], "w1", a_key_ring())
    for number in range(10_000):
        feed.tell(live(f"c{number % 3}"))
    assert len(feed._waiting) == 3
    await feed.close()
