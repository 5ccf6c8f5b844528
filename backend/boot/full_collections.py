"""When Python looks for what calls have left behind: while nobody calls, or behind a cushion of sound."""

import asyncio
import gc
from collections.abc import Callable

from backend.engine.desk.registry import CallRegistry
from backend.engine.speaking.pacer import Pacer

__all__ = ["FullCollections"]

_LOOK_S = 1.0
_MANY_LEFT = 30
"""Ended calls. Each leaves some 500 objects in cycles: its connections and the retries of the SDKs."""
_MUCH_YOUNG, _VERY_MUCH_YOUNG = 10, 300
"""Collections of the second generation, each of some 20,000 objects that have stayed: as many as Python itself looks
after while nobody calls, and half an hour's of twenty calls."""
_AHEAD_S = 0.4
_SENT_S = 0.06
"""Until every voice has sent so much further ahead: they wake every 40 ms, on a grid of 10."""
_NEVER = 1_000_000_000


class FullCollections:
    """Takes full collections over from Python, which makes them whenever a call happens to ask for memory.

    A full collection stops the worker: 1 ms for each call under way, whose objects are looked at, and 20 ms for what
    thirty ended calls have left. With fifty calls 124 ms were seen, and voices are sent 60 to 100 ms ahead. So it is
    made while no call is up, or, where that does not come, with all voices sent 400 ms ahead.

    Args:
        calls: of this worker.
        pacer: sends their voices.
        collect: makes a full collection.
    """

    def __init__(self, calls: CallRegistry, pacer: Pacer, collect: Callable[[], object] = gc.collect) -> None:
        self._calls = calls
        self._pacer = pacer
        self._collect = collect
        self._seen = 0

    async def run(self) -> None:
        """Look every second, until cancelled."""
        gc.set_threshold(*gc.get_threshold()[:2], _NEVER)
        while True:
            await asyncio.sleep(_LOOK_S)
            await self.look(gc.get_count()[2])

    async def look(self, young: int) -> None:
        """Make one if it is time. ``young``: collections of the second generation since the last full one."""
        left = self._calls.ended - self._seen
        if not self._calls:
            if left or young >= _MUCH_YOUNG:
                self._make()
        elif left >= _MANY_LEFT or young >= _VERY_MUCH_YOUNG:
            self._pacer.ahead_s = _AHEAD_S
            try:
                await asyncio.sleep(_SENT_S)
                self._make()
            finally:
                self._pacer.ahead_s = 0.0

    def _make(self) -> None:
        self._seen = self._calls.ended
        self._collect()
