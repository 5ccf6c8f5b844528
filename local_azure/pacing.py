"""The clock of the local phone network: fifty ticks a second for everybody who is on a call."""

import asyncio
import logging
from collections.abc import Callable

from backend.domain.audio import FRAME_MS

__all__ = ["Ticker"]

_log = logging.getLogger(__name__)

_MAX_BEHIND = 25
"""After a longer stall of this process the ticks in between are dropped instead of made up for."""


class Ticker:
    """Calls everybody once each 20 ms without drifting. Runs only while somebody listens."""

    def __init__(self) -> None:
        self._members: dict[Callable[[], None], None] = {}
        self._task: asyncio.Task[None] | None = None
        self.lost = 0
        """Ticks that were dropped because the process stood still."""

    def join(self, tick: Callable[[], None]) -> None:
        """Call ``tick`` from now on. It must be quick and must not raise."""
        self._members[tick] = None
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="ticker")

    def leave(self, tick: Callable[[], None]) -> None:
        """Call ``tick`` no more. Unknown ones are ignored."""
        self._members.pop(tick, None)

    async def close(self) -> None:
        """Stop the clock."""
        self._members.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        step = FRAME_MS / 1000
        due = loop.time() + step
        while self._members:
            await asyncio.sleep(max(0.0, due - loop.time()))
            behind = int((loop.time() - due) / step)
            if behind > _MAX_BEHIND:
                self.lost += behind
                due += behind * step
            self._tick()
            due += step

    def _tick(self) -> None:
        for tick in list(self._members):
            try:
                tick()
            except Exception:
                self._members.pop(tick, None)
                _log.exception("a party's audio could not keep its pace")
