"""Loop lag: how late the event loop is. Late loops are what callers hear as stutter."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

__all__ = ["LoopLag"]

_EVERY_S = 0.1
_STALL_MS = 20.0


class LoopLag:
    """Measures by sleeping: what it oversleeps is the lag. Nothing else is asked, so a probe may read it.

    Args:
        on_lag: told of every lag over 20 ms, in milliseconds.
        worked: processor time of the loop's thread, in seconds.
    """

    def __init__(
        self, on_lag: Callable[[float], None] = lambda _: None, worked: Callable[[], float] = time.thread_time
    ) -> None:
        self._on_lag = on_lag
        self._worked = worked
        self._recent: deque[float] = deque(maxlen=600)
        self._stalls = self._own_stalls = 0
        self._due = 0.0
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin to measure."""
        self._loop = asyncio.get_running_loop()
        self._due = asyncio.get_running_loop().time() + _EVERY_S
        self._task = asyncio.get_running_loop().create_task(self._watch(), name="loop-lag")

    async def close(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def tasks(self) -> int:
        """Tasks of the loop. May be read in any thread: metrics are collected in one of their own."""
        return len(asyncio.all_tasks(self._loop)) if self._loop is not None else 0

    @property
    def ms(self) -> float:
        """The newest lag in milliseconds; grows while the loop is stuck."""
        newest = self._recent[-1] if self._recent else 0.0
        overdue = (asyncio.get_running_loop().time() - self._due) * 1000
        return max(newest, overdue, 0.0)

    def stats(self) -> dict[str, float | int]:
        """Lags of the last minute in milliseconds, and the stalls: how many were over 20 ms since it began.

        A stall is our own when the loop's thread has worked for as long since it was last seen. In the others it was
        kept waiting: other processes had the cores, or it made a call that waits.
        """
        ordered = sorted(self._recent) or [0.0]
        last = len(ordered) - 1
        return {
            "p50_ms": round(ordered[last // 2], 2),
            "p95_ms": round(ordered[round(last * 0.95)], 2),
            "p99_ms": round(ordered[round(last * 0.99)], 2),
            "max_ms": round(ordered[-1], 2),
            "stalls": self._stalls,
            "own_stalls": self._own_stalls,
        }

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._due, worked = loop.time() + _EVERY_S, self._worked()
            await asyncio.sleep(_EVERY_S)
            lag = (loop.time() - self._due) * 1000
            self._recent.append(lag)
            if lag > _STALL_MS:
                self._stalls += 1
                self._own_stalls += (self._worked() - worked) * 1000 >= lag
                self._on_lag(lag)
