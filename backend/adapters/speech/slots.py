"""How many of something may be in use at once, and how long others wait for one."""

import asyncio
from collections import deque
from typing import Any

from backend.errors import PoolExhausted

__all__ = ["Slots"]


class Slots:
    """So many may be in use; whoever wants one more waits for a while.

    Args:
        name: for whom it is told.
        most: how many may be in use at once.
        wait_s: limit on waiting for one.
    """

    def __init__(self, name: str, most: int, wait_s: float) -> None:
        self._name, self._most, self._wait_s = name, most, wait_s
        self._free = asyncio.Semaphore(most)
        self._waiting = self._exhausted = 0
        self._waits: deque[float] = deque(maxlen=500)

    async def take(self) -> None:
        """Have one, to be given back.

        Raises:
            PoolExhausted: none came back in time.
        """
        began = asyncio.get_running_loop().time()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s if self._free.locked() else None):
                await self._free.acquire()
        except TimeoutError:
            self._exhausted += 1
            raise PoolExhausted(f"{self._name}: {self._most} in use, none free in {self._wait_s:.1f} s") from None
        finally:
            self._waiting -= 1
        self._waits.append(asyncio.get_running_loop().time() - began)

    def give_back(self) -> None:
        """Let the next one have it."""
        self._free.release()

    def stats(self) -> dict[str, Any]:
        """Figures: who waits now, how long was waited (95 of 100 waits were shorter, in ms), and how often in vain."""
        waits = sorted(self._waits)
        return {
            "waiting": self._waiting,
            "wait_ms_p95": round(waits[int(len(waits) * 0.95)] * 1000, 1) if waits else 0.0,
            "exhausted": self._exhausted,
        }
