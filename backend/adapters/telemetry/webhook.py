"""Tells somebody's address when a line refuses calls, is deaf or loses its model: signed, retried, never in the way.

What is told are the log events of kind ``alert`` (docs/log-events.md), so there is one list of them. Records come from
the log's gate: they are clean, and an outage that goes on comes again every five minutes only.
"""

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

import aiohttp

from backend.adapters.telemetry.events import EVENTS
from backend.domain.worker_name import worker_name
from backend.ports.health import HealthPart
from backend.protocol.signing import signature

__all__ = ["AlertWebhook"]

log = logging.getLogger(__name__)

_MOST_WAITING = 100
_RETRY_S = (1.0, 5.0, 25.0)
_LIMIT_S = 5.0
_APART_S = 300.0
"""One message for each event and line in so long; what came between is counted in the next."""
_TOLD = ("line", "reason", "code", "call_id", "agent", "repeated")


class AlertWebhook(logging.Handler):
    """A sink of the log's gate that posts alerts.

    Args:
        url: where to.
        secret: what messages are signed with.
        retry_s: pauses after which a message is tried again.
        now: the clock.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        retry_s: tuple[float, ...] = _RETRY_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._url = url
        self._secret = secret
        self._retry_s = retry_s
        self._now = now
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[Mapping[str, object]] = asyncio.Queue(_MOST_WAITING)
        self._told: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._task = self._loop.create_task(self._keep_telling(), name="webhook")
        self.sent = self.failed = self.dropped = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One record, from any thread."""
        event = EVENTS.get(str(getattr(record, "event", "")))
        if event is None or event.kind != "alert":
            return
        fields = {name: getattr(record, name) for name in _TOLD if getattr(record, name, None) not in (None, "")}
        message = {
            "id": secrets.token_hex(8),
            "event": event.name,
            "at": record.created,
            "message": record.getMessage(),
            "meaning": event.meaning,
            "todo": event.todo,
            "worker": worker_name(),
            **fields,
        }
        with contextlib.suppress(RuntimeError):  # the loop is closed: the process ends
            self._loop.call_soon_threadsafe(self._queue, message)

    def health(self) -> HealthPart:
        """How telling goes."""
        counts = {"waiting": self._waiting.qsize(), "sent": self.sent, "failed": self.failed, "dropped": self.dropped}
        return HealthPart("webhook", "ok", "", counts)

    async def shut(self) -> None:
        """Tell what waits, for a second at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await self._waiting.join()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def _queue(self, message: Mapping[str, object]) -> None:
        key = (str(message["event"]), str(message.get("line", "")))
        at, since = self._told.get(key, (-1e9, 0))
        if self._now() - at < _APART_S:
            self._told[key] = (at, since + 1)
            return
        self._told[key] = (self._now(), 0)
        self._told.move_to_end(key)
        if len(self._told) > 1000:
            self._told.popitem(last=False)
        try:
            self._waiting.put_nowait({**message, "since_last": since})
        except asyncio.QueueFull:
            self.dropped += 1

    async def _keep_telling(self) -> None:
        limit = aiohttp.ClientTimeout(total=_LIMIT_S)
        async with aiohttp.ClientSession(timeout=limit) as web:
            while True:
                message = await self._waiting.get()
                try:
                    await self._tell(web, message)
                finally:
                    self._waiting.task_done()

    async def _tell(self, web: aiohttp.ClientSession, message: Mapping[str, object]) -> None:
        body = json.dumps(message).encode()
        failure = ""
        for pause in (0.0, *self._retry_s):
            await asyncio.sleep(pause)
            moment = str(int(time.time()))
            headers = {
                "Content-Type": "application/json",
                "X-Ringmaster-Time": moment,
                "X-Ringmaster-Signature": signature(self._secret, moment, body),
            }
            try:
                async with web.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                    if answer.status < 300:
                        self.sent += 1
                        return
                    failure = str(answer.status)
                    if answer.status < 500 and answer.status not in (408, 429):
                        break  # it says that we are wrong: saying it again changes nothing
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                failure = type(error).__name__
        self.failed += 1
        log.warning("the alert webhook could not be reached", extra={"event": "webhook.failed", "status": failure})
