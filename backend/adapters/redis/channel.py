"""One subscription that notices when its connection is dead though nobody closed it."""

import contextlib

from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink

__all__ = ["Channel"]


class Channel:
    """What is said on one channel. Use ``opened``; close it in any case.

    Args:
        pubsub: a subscription that is open.
    """

    def __init__(self, pubsub: PubSub) -> None:
        self._pubsub = pubsub
        self._asked = False

    @classmethod
    async def opened(cls, redis: RedisLink, name: str) -> "Channel":
        """Subscribe.

        Raises:
            SessionLost: Redis cannot be reached.
        """
        return cls(await guarded(redis.subscribe(name)))

    async def read(self, wait_s: float) -> bytes | None:
        """The next message; ``None`` when there was none in the time.

        After a silence the other end is asked for a sign of life, which must come within the next one.
        A cancellation wakes the reader instead of tearing it out of the library.

        Raises:
            SessionLost: the connection is gone, or silently dead.
        """
        return await guarded(self._read(wait_s), self._wake)

    async def _read(self, wait_s: float) -> bytes | None:
        message = await self._pubsub.get_message(timeout=wait_s)
        if message is None:
            await self._ask()
            return None
        self._asked = False
        said = message["data"]
        return said if message["type"] == "message" and isinstance(said, bytes) else None

    async def _ask(self) -> None:
        if self._asked:
            raise RedisConnectionError("the channel gives no sign of life")
        self._asked = True
        await self._pubsub.ping("alive")

    async def _wake(self) -> None:
        with contextlib.suppress(RedisError, OSError):
            await self._pubsub.unsubscribe()

    async def close(self) -> None:
        """Unsubscribe and give the connection back."""
        with contextlib.suppress(RedisError, OSError):
            await self._pubsub.aclose()
