"""What the owner of a telephone waits for."""

import asyncio
from collections.abc import Callable

__all__ = ["Waits"]


class Waits:
    """Conditions that somebody waits for; looked at again whenever the telephone hears, says or is told something."""

    def __init__(self) -> None:
        self._waiters: dict[asyncio.Future[None], Callable[[], bool]] = {}

    async def until(self, condition: Callable[[], bool], limit: float) -> None:
        """Wait for ``condition``.

        Raises:
            TimeoutError: it did not hold within ``limit`` seconds.
        """
        if condition():
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters[waiter] = condition
        try:
            async with asyncio.timeout(limit):
                await waiter
        finally:
            self._waiters.pop(waiter, None)

    def look(self) -> None:
        """Let those go whose condition holds now."""
        for waiter, condition in list(self._waiters.items()):
            if not waiter.done() and condition():
                waiter.set_result(None)
