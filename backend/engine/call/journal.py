"""The journal: what a call leaves behind is written in the background, in order, never by the conversation."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from backend.errors import RingmasterError, Unavailable

__all__ = ["Journal"]

log = logging.getLogger(__name__)

_LONGEST = 200
_RETRY_S = (0.3, 1.0, 3.0, 5.0)
"""Pauses after which an entry is tried again; the last one again and again."""


class Journal:
    """One call's writer. Entries are coroutine functions, run one after the other.

    Entries replace what they wrote before, so one that failed because something was away is tried again, in its place,
    for as long as that lasts; no caller waits for it. What an outbox stands behind never is away. One that fails for
    another reason is logged, and the next goes on.
    """

    def __init__(self) -> None:
        self._entries: asyncio.Queue[Callable[[], Awaitable[None]] | None] = asyncio.Queue(_LONGEST)
        self._task = asyncio.get_running_loop().create_task(self._write(), name="journal")

    def note(self, entry: Callable[[], Awaitable[None]]) -> None:
        """Have something written. Beyond 200 waiting entries it is dropped and logged."""
        try:
            self._entries.put_nowait(entry)
        except asyncio.QueueFull:
            log.error("too many call records are waiting; one was dropped", extra={"event": "journal.full"})

    async def close(self, limit_s: float = 5.0) -> None:
        """Write what is left, for at most ``limit_s`` seconds."""
        try:
            async with asyncio.timeout(limit_s):
                await self._entries.put(None)
                await asyncio.shield(self._task)
        except TimeoutError:
            log.error(
                "call records were not written before the call closed",
                extra={"event": "journal.late", "left": self._entries.qsize()},
            )
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self) -> None:
        while (entry := await self._entries.get()) is not None:
            try:
                await _write_at_last(entry)
            except RingmasterError as error:
                log.error("a call record could not be written", extra={"event": "journal.failed", "code": error.code})
            except Exception:  # the edge of the task: the entries behind this one are written all the same
                log.exception("writing a call record failed unexpectedly", extra={"event": "journal.broke"})


async def _write_at_last(entry: Callable[[], Awaitable[None]]) -> None:
    failed = 0
    while True:
        try:
            return await entry()
        except Unavailable:
            await asyncio.sleep(_RETRY_S[min(failed, len(_RETRY_S) - 1)])
            failed += 1
