"""Requests from worker to worker over Redis pub/sub: each worker listens to its own channel."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

import msgspec

from backend.adapters.redis import keys
from backend.adapters.redis.channel import Channel
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.exchange import Reply, Request
from backend.errors import RingmasterError, SessionLost

__all__ = ["WorkerRpc"]

log = logging.getLogger(__name__)

_AGAIN_S = (0.0, 0.1, 0.2)
"""A channel without a listener is tried again: its worker may be reconnecting."""
_RECONNECT_S = 0.5
_RETURN_S = 3.0
"""Where Redis was away for us it was for others: so long they may take to have their channels back after ours."""
_READ_S = 2.0
_MOST = 1000
"""Requests being worked on at once; more are dropped, and their senders see no answer."""


class _Message(msgspec.Struct, omit_defaults=True):
    """What goes over a channel: a request with the name of its sender, or the reply to one."""

    id: str
    sender: str = ""
    request: Request | None = None
    reply: Reply | None = None


class WorkerRpc:
    """One worker's end. Redis sees at once when a worker's connection is gone, and so does whoever asks it.

    Args:
        redis: the way to Redis.
        worker: name of this worker.
    """

    def __init__(self, redis: RedisLink, worker: str) -> None:
        self._redis = redis
        self._worker = worker
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(_Message)
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening = asyncio.Event()
        self._lost = False
        self._sure_from = 0.0

    @property
    def sure(self) -> bool:
        """Is a worker without a channel gone? Not as long as it may be on its way back, as we were."""
        return not self._lost and asyncio.get_running_loop().time() >= self._sure_from

    async def ask(self, worker: str, request: Request, limit_s: float) -> Reply | None:
        """Have ``worker`` do something; ``None`` when it is gone or does not answer within the limit.

        Raises:
            SessionLost: Redis cannot be reached, no answer could come back (this worker's own channel is lost), or
                the other one may not have its channel back yet.
        """
        if not self._listening.is_set():
            raise SessionLost("redis: no channel for an answer")
        reply = await self._asked(worker, request, limit_s)
        if reply is None and not self.sure:
            raise SessionLost("redis: other workers may still be on their way back")
        return reply

    async def _asked(self, worker: str, request: Request, limit_s: float) -> Reply | None:
        letter = _Message(secrets.token_hex(8), self._worker, request)
        answer = self._waiting[letter.id] = asyncio.get_running_loop().create_future()
        try:
            if not await self._send(worker, letter):
                return None
            async with asyncio.timeout(limit_s):
                return await answer
        except TimeoutError:
            return None
        finally:
            del self._waiting[letter.id]

    async def _send(self, worker: str, letter: _Message) -> bool:
        """Send it; false when nobody listens, which is asked of every node before a worker is taken to be gone."""
        body, channel = self._encoder.encode(letter), keys.to_worker(worker)
        for pause in _AGAIN_S:
            await asyncio.sleep(pause)
            if await guarded(self._redis.publish(channel, body)):
                return True
        return self._redis.clustered and bool(await guarded(self._redis.subscribers(channel)))

    async def listening(self, limit_s: float) -> bool:
        """Wait until others can reach this worker; false when Redis is not there in time."""
        try:
            async with asyncio.timeout(limit_s):
                return await self._listening.wait()
        except TimeoutError:
            return False

    async def listen(self, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        """Answer requests until cancelled; reconnects by itself."""
        try:
            while True:
                try:
                    await self._listen_once(handle)
                except SessionLost as error:
                    self._listening.clear()
                    self._lost = True
                    log.warning(
                        "connection to other workers lost", extra={"event": "redis.channel_lost", "error": str(error)}
                    )
                    await asyncio.sleep(_RECONNECT_S)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen_once(self, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        channel = await Channel.opened(self._redis, keys.to_worker(self._worker))
        try:
            if self._lost:
                self._lost, self._sure_from = False, asyncio.get_running_loop().time() + _RETURN_S
            self._listening.set()
            while True:
                body = await channel.read(_READ_S)
                if body is not None:
                    self._take(body, handle)
        finally:
            await channel.close()

    def _take(self, body: bytes, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        try:
            letter = self._decoder.decode(body)
        except msgspec.DecodeError:
            log.warning(
                "a request from a worker of another version was ignored", extra={"event": "worker.other_version"}
            )
            return
        if letter.reply is not None:
            waiting = self._waiting.get(letter.id)
            if waiting is not None and not waiting.done():
                waiting.set_result(letter.reply)
        elif letter.request is not None and len(self._tasks) < _MOST:
            task = asyncio.get_running_loop().create_task(self._answer(letter, letter.request, handle), name="letter")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, letter: _Message, request: Request, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        try:
            reply = await handle(request)
        except RingmasterError as error:
            reply = Reply(code=error.code, message=str(error))
        except Exception:  # the other worker waits for an answer, whatever it is
            log.exception(
                "a request from another worker failed unexpectedly",
                extra={"event": "worker.request_broke", "do": request.do},
            )
            reply = Reply(code=RingmasterError.code)
        try:
            await guarded(
                self._redis.publish(
                    keys.to_worker(letter.sender), self._encoder.encode(_Message(letter.id, reply=reply))
                )
            )
        except RingmasterError as error:
            log.warning(
                "the reply to another worker was not sent",
                extra={"event": "worker.reply_lost", "code": error.code, "do": request.do},
            )
