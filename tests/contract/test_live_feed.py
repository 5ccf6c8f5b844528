"""Live calls from worker to worker over a real Redis: sealed, not one's own, and again after a break."""

import asyncio
from datetime import UTC, datetime

import redis.asyncio
from redis.asyncio import Redis

from backend.adapters.redis import keys
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


async def collected(feed: RedisLiveFeed, into: list[LiveCall]) -> None:
    async for call in feed.calls():
        into.append(call)


async def test_workers_hear_each_other_and_nobody_else_reads_it(single_url: str) -> None:
    key = a_key()
    client = Redis.from_url(single_url)
    links = [RedisLink.of(Redis.from_url(single_url)) for _ in range(3)]
    one, two, stranger = (
        RedisLiveFeed(links[0], "w1", a_key_ring(key)),
        RedisLiveFeed(links[1], "w2", a_key_ring(key)),
        RedisLiveFeed(links[2], "w3", a_key_ring()),
    )
    heard: dict[str, list[LiveCall]] = {"w1": [], "w2": [], "w3": []}
    async with client.pubsub() as raw:
        await raw.subscribe(keys.LIVE)
        listening = [
            asyncio.create_task(collected(feed, heard[name]))
            for feed, name in ((one, "w1"), (two, "w2"), (stranger, "w3"))
        ]
        async with asyncio.timeout(10):
            while await links[0].subscribers(keys.LIVE) < 4:
                await asyncio.sleep(0.01)
            one.tell(live("call-of-worker-1", SAID))
            two.tell(live("c2"))
            while not (heard["w1"] and heard["w2"]):
                await asyncio.sleep(0.01)
            bodies = []
            while len(bodies) < 2:
                message = await raw.get_message(ignore_subscribe_messages=True, timeout=1)
                bodies += [message["data"]] if message else []
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    assert [call.call_id for call in heard["w1"]] == ["c2"]
    assert [(call.call_id, call.understood) for call in heard["w2"]] == [("call-of-worker-1", SAID)]
    assert heard["w3"] == []
    assert not any(SAID.encode() in body or b"call-of-worker-1" in body for body in bodies)
    for feed in (one, two, stranger):
        await feed.close()
    for link in links:
        await link.aclose()
    await client.aclose()


async def test_of_one_call_only_the_newest_waits_to_be_sent(single_url: str) -> None:
    link = RedisLink.of(redis.asyncio.Redis.from_url(single_url))
    feed = RedisLiveFeed(link, "w1", a_key_ring())
    for number in range(10_000):
        feed.tell(live(f"c{number % 3}"))
    assert len(feed._waiting) == 3
    await feed.close()
    await link.aclose()
