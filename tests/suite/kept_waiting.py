"""How long a busy machine kept a test's event loop waiting: a time that is none of ours, and counts against nobody."""

import asyncio
from asyncio import AbstractEventLoop, Task

__all__ = ["KeptWaiting"]

_EVERY_S = 0.005


class KeptWaiting:
    """Notes, while it is entered, when the loop does not come to its next task in time.

    A limit on what runs beside other tests is a limit on that time besides. Who blocks the loop is late by as much, so
    this is of no use where that is what a test looks for. Of those who are entered at once one looks for all: each that
    did so by itself would wake the loop two hundred times a second.
    """

    def __init__(self) -> None:
        self.worst_ms = 0.0
        """The longest that it was late."""
        self.late_s = 0.0
        """All of it together; what a quiet machine takes for a timer is left out."""
        self._since = 0.0

    async def __aenter__(self) -> "KeptWaiting":
        loop = asyncio.get_running_loop()
        self._since = loop.time()
        if loop not in _watched:
            together: set[KeptWaiting] = set()
            _watched[loop] = together, asyncio.create_task(_watch(together))
        _watched[loop][0].add(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        loop = asyncio.get_running_loop()
        together, task = _watched[loop]
        together.discard(self)
        if not together:
            del _watched[loop]
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def note(self, late_s: float, now: float) -> None:
        """The loop was late by so much; what was before this was entered is nothing to it."""
        late_s = min(late_s, now - self._since)
        self.worst_ms = max(self.worst_ms, late_s * 1000)
        if late_s > _EVERY_S:
            self.late_s += late_s


_watched: dict[AbstractEventLoop, tuple[set[KeptWaiting], Task[None]]] = {}


async def _watch(together: set[KeptWaiting]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(_EVERY_S)
        now = loop.time()
        for one in together:
            one.note(now - before - _EVERY_S, now)
