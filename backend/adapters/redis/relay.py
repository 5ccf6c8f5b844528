"""Sound from worker to worker over channels of Redis, sealed. A channel keeps nothing."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator

from backend.adapters.redis import keys
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.errors import SealBroken, SessionLost
from backend.ports import Cipher

__all__ = ["RedisRelay"]

_MOST_WAITING = 10
"""Bodies of one topic that wait to go out, 0.6 s of sound; then the oldest are lost."""
_READ_S = 5.0
_AGAIN_S = 0.5
_BOUND = "sound"


class RedisRelay:
    """``Relay`` on Redis.

    Args:
        redis: the way to Redis.
        cipher: what is said is sealed with it.
    """

    def __init__(self, redis: RedisLink, cipher: Cipher) -> None:
        self._redis = redis
        self._cipher = cipher
        self._waiting: dict[str, deque[bytes]] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}

    def tell(self, topic: str, body: bytes) -> None:
        """Say something, in the background and in order."""
        self._waiting.setdefault(topic, deque(maxlen=_MOST_WAITING)).append(body)
        if topic not in self._sending:
            self._sending[topic] = asyncio.get_running_loop().create_task(self._send(topic), name="relay")

    async def _send(self, topic: str) -> None:
        waiting, channel = self._waiting[topic], keys.sound(topic)
        try:
            while waiting:
                body = self._cipher.seal(waiting.popleft(), f"{_BOUND} {topic}")
                with contextlib.suppress(SessionLost):  # Redis is away: this much of it is not heard
                    await guarded(self._redis.publish(channel, body))
        finally:
            del self._waiting[topic], self._sending[topic]  # together: what is said next finds a sender, or begins one

    async def told(self, topic: str) -> AsyncGenerator[bytes, None]:
        """What is said on a topic."""
        while True:
            try:
                channel = await Channel.opened(self._redis, keys.sound(topic))
            except SessionLost:
                await asyncio.sleep(_AGAIN_S)
                continue
            try:
                while True:
                    body = self._opened(await channel.read(_READ_S), topic)
                    if body is not None:
                        yield body
            except SessionLost:
                await asyncio.sleep(_AGAIN_S)
            finally:
                await channel.close()

    def _opened(self, sealed: bytes | None, topic: str) -> bytes | None:
        """The body; ``None`` where nothing came, or something of a worker with another key."""
        with contextlib.suppress(SealBroken):
            return None if sealed is None else self._cipher.open(sealed, f"{_BOUND} {topic}")
        return None

    async def close(self) -> None:
        """Say nothing more."""
        sending = list(self._sending.values())
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
