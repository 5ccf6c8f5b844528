"""Delivers the events of one call to the application, in order, each signed.

How Call Automation repeats a callback that failed is not documented; this one tries three times within seconds.
Nothing is sent any more after ``CallDisconnected``.
"""

import asyncio
import logging
from typing import Any

import aiohttp

from local_azure.faults import Fault
from local_azure.state import EmulatorState
from local_azure.tokens import ACS_ISSUER, CALLBACK_SECONDS

__all__ = ["Callbacks"]

_log = logging.getLogger(__name__)

_RETRY_SECONDS = (0.2, 1.0)
_LIMIT_SECONDS = 10.0
_QUEUE = 500


class Callbacks:
    """A queue of events and the task that sends them."""

    def __init__(self, state: EmulatorState, web: aiohttp.ClientSession) -> None:
        self._state = state
        self._web = web
        self._queue: asyncio.Queue[tuple[str, dict[str, Any]] | None] = asyncio.Queue(_QUEUE + 1)
        self._closed = False
        self._server_gone = False
        self.sent: list[dict[str, Any]] = []
        """Every event that was handed over for sending, in order."""

    def send(self, url: str, event: dict[str, Any]) -> None:
        """Queue ``event`` for ``url``. Nothing happens after :meth:`finish`."""
        if self._closed or self._queue.qsize() >= _QUEUE:
            return
        self.sent.append(event)
        self._queue.put_nowait((url, event))

    def finish(self) -> None:
        """Send what is queued, then end."""
        if not self._closed:
            self._closed = True
            self._queue.put_nowait(None)

    async def run(self) -> None:
        """Send until :meth:`finish`."""
        while (item := await self._queue.get()) is not None:
            await asyncio.sleep(self._state.latency.acs_event / 1000)
            await self._deliver(*item)

    async def _deliver(self, url: str, event: dict[str, Any]) -> None:
        fault = self._state.faults.take("callbacks", str(event["type"]))
        if fault is not None and fault.kind in ("hang", "abort"):
            return
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        for pause in (*_RETRY_SECONDS, None):
            if await self._post(url, event, fault):
                return
            if pause is not None:
                await asyncio.sleep(pause)
        if self._server_gone:
            _log.info("callback was not taken, the server is gone", extra={"event_type": event["type"]})
        else:
            _log.warning("callback was not taken", extra={"event_type": event["type"]})

    async def _post(self, url: str, event: dict[str, Any], fault: Fault | None) -> bool:
        token = self._state.signer.sign(
            issuer=ACS_ISSUER, audience=self._state.acs_resource_id, seconds=CALLBACK_SECONDS
        )
        if fault is not None and fault.kind == "status":
            token = "x" + token
        headers = {"Authorization": f"Bearer {token}"}
        limit = aiohttp.ClientTimeout(total=_LIMIT_SECONDS)
        try:
            if fault is not None and fault.kind == "garbage":
                answer = await self._web.post(url, data=b'[{"id":', headers=headers, timeout=limit)
            else:
                answer = await self._web.post(url, json=[event], headers=headers, timeout=limit)
            async with answer:
                self._server_gone = False
                return answer.status < 500
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._server_gone = isinstance(error, aiohttp.ClientConnectorError)  # a fault of nobody: it was ended
            return False
