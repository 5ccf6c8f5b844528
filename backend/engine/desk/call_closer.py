"""No call stays without an end in the record: those of workers that died are closed by those that live."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from backend.domain.call import CallRecord
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.session_desk import MOST_WAITING_S
from backend.errors import RingmasterError
from backend.ports import Exchange, OpenCalls, SessionStore

__all__ = ["GONE", "CallCloser", "lives_somewhere"]

log = logging.getLogger(__name__)

GONE = "the server went away before the end was noted"
_NOBODY = "nobody came"
_MOST_WAITING = timedelta(seconds=MOST_WAITING_S + 120)
"""A session may still be entered for so long, whoever is gone of those that gave the pass."""
_BEAT_S = 5.0
_SILENT_S = 20.0
"""A worker that has not been heard of for so long is gone. Its calls have been taken over long before, or ended."""


class CallCloser:
    """Says that this worker lives, and closes the records of calls that nobody has any more.

    Nothing is closed until the database has answered without a break for as long as a worker may be silent: after an
    outage the others must have had the time to say that they live.

    Args:
        calls: the record.
        worker: name of this worker.
        lives: is this call under way, here or at another worker, as far as memory and Redis know? Raises an error of
            ours when that cannot be found out now.
        nameless_s: age of calls of earlier versions, which do not say whose they are.
    """

    def __init__(
        self,
        calls: OpenCalls,
        worker: str,
        lives: Callable[[CallRecord], Awaitable[bool]],
        *,
        nameless_s: float,
        beat_s: float = _BEAT_S,
        silent_s: float = _SILENT_S,
    ) -> None:
        self._calls = calls
        self._worker = worker
        self._lives = lives
        self._nameless = timedelta(seconds=nameless_s)
        self._beat_s = beat_s
        self._silent = timedelta(seconds=silent_s)
        self._heard_since: float | None = None
        self._task: asyncio.Task[None] | None = None
        self.closed = 0

    async def start(self) -> None:
        """Begin; the first beat is done when this returns, or is tried again."""
        await self._beat()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="call-closer")

    async def close(self) -> None:
        """This worker goes."""
        if self._task is not None:
            await end_tasks([self._task])
        try:
            async with asyncio.timeout(2.0):
                await self._calls.leave(self._worker)
        except (RingmasterError, TimeoutError):
            pass  # it is noticed by its silence

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._beat_s)
            try:
                if await self._beat():
                    await self._sweep()
            except RingmasterError as error:
                log.warning(
                    "cannot look for calls whose record has no end now",
                    extra={"event": "calls.unswept", "code": error.code},
                )
            except Exception:  # the edge of the task: the next look may go well
                log.exception(
                    "looking for calls whose record has no end failed unexpectedly",
                    extra={"event": "calls.sweep_broke"},
                )

    async def _beat(self) -> bool:
        """Say that this worker lives. Has that gone well for long enough to judge others by their silence?"""
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._beat_s):
                await self._calls.beat(self._worker)
        except (RingmasterError, TimeoutError):
            self._heard_since = None
            return False
        if self._heard_since is None:
            self._heard_since = now
        return now - self._heard_since >= self._silent.total_seconds()

    async def _sweep(self) -> None:
        for call in await self._calls.abandoned(self._silent, self._nameless):
            try:
                lives = await self._lives(call)
            except RingmasterError:
                continue  # looked at again next time
            if not lives and await self._close(call):
                self.closed += 1
                log.warning(
                    "the record of a call had no end and was closed",
                    extra={"event": "call.closed_late", "call_id": call.call_id, "line": call.line},
                )

    async def _close(self, call: CallRecord) -> bool:
        if call.waits:
            return await self._calls.close(call.call_id, _NOBODY, "idle")
        return await self._calls.close(call.call_id, GONE)


class _Desk(Protocol):
    def live(self) -> Sequence[CallRecord]: ...


def lives_somewhere(
    desk: _Desk, chats: _Desk, exchange: Exchange | None, sessions: SessionStore
) -> Callable[[CallRecord], Awaitable[bool]]:
    """Whether a call is under way, as far as this worker's memory and Redis know."""

    async def lives(call: CallRecord) -> bool:
        if any(one.call_id == call.call_id for one in (*desk.live(), *chats.live())):
            return True
        if call.direction == "chat":  # any worker goes on with it as soon as somebody writes
            return await sessions.load(call.call_id) is not None
        if call.waits and datetime.now(UTC) - call.started_at < _MOST_WAITING:
            return True
        return exchange is not None and await exchange.owner(call.call_id) is not None

    return lives
