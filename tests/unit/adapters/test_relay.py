"""Sound from worker to worker: all that is said goes out."""

import asyncio
from typing import Any, cast

from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.relay import RedisRelay
from backend.ports import Cipher


class Seal:
    """Seals nothing."""

    def seal(self, value: bytes, bound: str) -> bytes:
        return value


class Link:
    """Takes everything at once."""

    def __init__(self) -> None:
        self.said: list[Any] = []

    async def publish(self, channel: str, body: bytes) -> int:
        self.said.append(body)
        return 1


async def test_what_is_said_just_when_the_last_has_gone_out_goes_out_too() -> None:
    """It may be the last of all: that the call is over."""
    link = Link()
    relay = RedisRelay(cast(RedisLink, link), cast(Cipher, Seal()))
    relay.tell("heard", b"1")
    while "heard" in relay._waiting:
        await asyncio.sleep(0)
    relay.tell("heard", b"over")
    async with asyncio.timeout(5):
        while relay._waiting:
            await asyncio.sleep(0)
    assert link.said == [b"1", b"over"]
