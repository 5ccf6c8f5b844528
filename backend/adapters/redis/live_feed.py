"""Live calls from worker to worker over one channel of Redis. The channel keeps nothing; each message is sealed."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

import msgspec

from backend.adapters.redis import keys
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.live_call import LiveCall
from backend.errors import SealBroken, SessionLost
from backend.ports import Cipher

__all__ = ["LocalLiveFeed", "RedisLiveFeed"]

log = logging.getLogger(__name__)

_READ_S = 5.0
_AGAIN_S = 1.0
_BOUND = "live call"


class _Told(msgspec.Struct):
    """One message."""

    worker: str
    call: LiveCall


class RedisLiveFeed:
    """``LiveFeed`` on Redis.

    Args:
        redis: the way to Redis.
        worker: name of this worker, which hears its own messages and passes over them.
        cipher: what messages are sealed with: words of callers are in them.
    """

    def __init__(self, redis: RedisLink, worker: str, cipher: Cipher) -> None:
        self._redis = redis
        self._worker = worker
        self._cipher = cipher
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(_Told)
        self._waiting: dict[str, LiveCall] = {}
        """By call: a message that was not sent yet is replaced by the next one of its call, so this stays small."""
        self._sending: asyncio.Task[None] | None = None
        self._listeners = 0

    @property
    def heard(self) -> bool:
        """Did another worker hear what was told last? In a cluster not all that hear are counted."""
        return self._listeners > 0 or self._redis.clustered

    def tell(self, call: LiveCall) -> None:
        """Tell the others, in the background."""
        self._waiting[call.call_id] = call
        if self._sending is None or self._sending.done():
            self._sending = asyncio.get_running_loop().create_task(self._send(), name="live feed")

    async def _send(self) -> None:
        while self._waiting:
            call = self._waiting.pop(next(iter(self._waiting)))
            body = self._cipher.seal(self._encoder.encode(_Told(self._worker, call)), _BOUND)
            with contextlib.suppress(SessionLost):  # pages see it in the record, a little later
                self._listeners = await guarded(self._redis.publish(keys.LIVE, body))

    async def calls(self) -> AsyncGenerator[LiveCall, None]:
        """What the others tell."""
        while True:
            try:
                channel = await Channel.opened(self._redis, keys.LIVE)
            except SessionLost:
                await asyncio.sleep(_AGAIN_S)
                continue
            try:
                while True:
                    body = await channel.read(_READ_S)
                    if body is not None and (call := self._read(body)) is not None:
                        yield call
            except SessionLost:
                await asyncio.sleep(_AGAIN_S)
            finally:
                await channel.close()

    def _read(self, body: bytes) -> LiveCall | None:
        try:
            told = self._decoder.decode(self._cipher.open(body, _BOUND))
        except (msgspec.DecodeError, SealBroken):
            return None  # of a worker of another version, or with another key; the record has it
        return None if told.worker == self._worker else told.call

    async def close(self) -> None:
        """Send nothing more."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)


class LocalLiveFeed:
    """``LiveFeed`` of a worker that is alone."""

    heard = False
    """There is nobody to hear."""

    def tell(self, call: LiveCall) -> None:
        """There is nobody to tell."""

    async def calls(self) -> AsyncGenerator[LiveCall, None]:
        """Nobody tells anything."""
        await asyncio.Event().wait()
        yield  # pyright: ignore[reportReturnType] # never reached; it makes this a generator

    async def close(self) -> None:
        """There is nothing to close."""
