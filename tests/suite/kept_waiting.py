"""How long a busy machine kept a test's event loop waiting: a time that is none of ours, and counts against nobody."""

import asyncio

__all__ = ["KeptWaiting"]

_EVERY_S = 0.005


class KeptWaiting:
    """Notes, while it is entered, when the loop does not come to its next task in time.

    A limit on what runs beside other tests is a limit on that time besides. Who blocks the loop is late by as much, so
    this is of no use where that is what a test looks for.
    """

    def __init__(self) -> None:
        self.worst_ms = 0.0
        """The longest that it was late."""
        self.late_s = 0.0
        """All of it together; what a quiet machine takes for a timer is left out."""

    async def __aenter__(self) -> "KeptWaiting":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(_EVERY_S)
            late_s = loop.time() - before - _EVERY_S
            self.worst_ms = max(self.worst_ms, late_s * 1000)
            if late_s > _EVERY_S:
                self.late_s += late_s
