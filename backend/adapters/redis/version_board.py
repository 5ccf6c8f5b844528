"""Which version of the agent store is live, agreed by all workers: a key to compare and set, a channel to tell."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from backend.adapters.redis import keys
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.share import Share
from backend.errors import SessionLost

__all__ = ["LocalVersionBoard", "RedisVersionBoard"]

_MOVE = """
local agreed = redis.call('GET', KEYS[1])
if agreed and agreed == ARGV[2] then return 1 end
if (agreed or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[2])
return 1
"""
_PUT_SHARE = """
local agreed = redis.call('GET', KEYS[1])
if (agreed or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
redis.call('PUBLISH', ARGV[4], 'share')
return 1
"""


class RedisVersionBoard:
    """``VersionBoard`` and ``ShareBoard`` on Redis.

    Args:
        look_s: the key is read so often besides, for what the channel lost (it keeps nothing for who was away).
    """

    def __init__(self, redis: RedisLink, look_s: float = 5.0) -> None:
        self._redis = redis
        self._look_s = look_s
        self._move = redis.register_script(_MOVE)
        self._put_share = redis.register_script(_PUT_SHARE)

    async def current(self) -> str | None:
        """The agreed version. Reading keeps it from being forgotten."""
        return _text(await guarded(self._redis.getex(keys.STORE_VERSION, ex=keys.STORE_TTL_S)))

    async def move(self, *, expected: str | None, to: str) -> bool:
        """Compare and set, then tell everybody. Agreed already is as good."""
        args = [expected or "", to, keys.STORE_TTL_S, keys.STORE_MOVED]
        return bool(await guarded(self._move(keys=[keys.STORE_VERSION], args=args)))

    async def share(self) -> Share | None:
        """What share is agreed on. Reading keeps it from being forgotten."""
        text = _text(await guarded(self._redis.getex(keys.STORE_SHARE, ex=keys.STORE_TTL_S)))
        return _share(text) if text else None

    async def put_share(self, expected: Share | None, to: Share | None) -> bool:
        """Compare and set, then tell everybody."""
        args = [expected.text() if expected else "", to.text() if to else "", keys.STORE_TTL_S, keys.STORE_MOVED]
        return bool(await guarded(self._put_share(keys=[keys.STORE_SHARE], args=args)))

    async def changes(self) -> AsyncGenerator[str | None, None]:
        """The agreed version, now, at each move and every ``look_s`` seconds."""
        channel = await Channel.opened(self._redis, keys.STORE_MOVED)
        try:
            yield await self.current()
            while True:
                await channel.read(self._look_s)
                # The key counts: messages of two quick moves may be read long after the second.
                yield await self.current()
        finally:
            await channel.close()


class LocalVersionBoard:
    """``VersionBoard`` and ``ShareBoard`` of this process alone: what there is without Redis."""

    def __init__(self) -> None:
        self._agreed: str | None = None
        self._share: Share | None = None

    async def current(self) -> str | None:
        """The agreed version."""
        return self._agreed

    async def move(self, *, expected: str | None, to: str) -> bool:
        """Compare and set."""
        if self._agreed not in {expected, to}:
            return False
        self._agreed = to
        return True

    async def share(self) -> Share | None:
        """What share is agreed on."""
        return self._share

    async def put_share(self, expected: Share | None, to: Share | None) -> bool:
        """Compare and set."""
        if self._share != expected:
            return False
        self._share = to
        return True

    async def changes(self) -> AsyncGenerator[str | None, None]:
        """Nobody else is there to move it."""
        await asyncio.Event().wait()
        yield None


def _text(raw: Any) -> str | None:
    if raw is None:
        return None
    try:
        return bytes(raw).decode("ascii")
    except UnicodeDecodeError as error:
        raise SessionLost("the agreed store version cannot be read") from error


def _share(text: str) -> Share:
    try:
        return Share.read(text)
    except ValueError as error:
        raise SessionLost("the agreed share of calls cannot be read") from error
