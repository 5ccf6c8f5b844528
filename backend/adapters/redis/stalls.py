"""Which Redis does not answer, so that not every command waits for it anew."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from redis.exceptions import TimeoutError as RedisTimeout

__all__ = ["Stalls"]


class Stalls:
    """Places (one Redis, or one node of a cluster) that a command was given up at.

    One command waits for its limit; until the place has answered, or ``rest_s`` have passed, the next ones fail at
    once. A call that needs four of them is so kept waiting once and not four times.

    Args:
        rest_s: a place is left in peace for so long.
        clock: seconds, monotonic.
    """

    def __init__(self, rest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest_s = rest_s
        self._clock = clock
        self._until: dict[str, float] = {}
        self._left: set[asyncio.Task[Any]] = set()

    def check(self, place: str) -> None:
        """May a command be tried there?

        Raises:
            redis.exceptions.TimeoutError: it has just been given up.
        """
        until = self._until.get(place)
        if until is not None and self._clock() < until:
            raise RedisTimeout("redis does not answer")

    def gave_up(self, place: str) -> None:
        """A command there took longer than its limit."""
        self._until[place] = self._clock() + self._rest_s

    def answered(self, place: str) -> None:
        """It is there again."""
        self._until.pop(place, None)

    def leave(self, task: asyncio.Task[Any], place: str) -> None:
        """A command that nobody waits for any more runs to its own end: redis-py leaks what is cancelled."""
        self._left.add(task)

        def ended(done: asyncio.Task[Any]) -> None:
            self._left.discard(done)
            if not done.cancelled() and done.exception() is None:
                self.answered(place)

        task.add_done_callback(ended)

    @property
    def left(self) -> int:
        """Commands that still run though nobody waits for them."""
        return len(self._left)

    async def close(self, limit_s: float) -> None:
        """Wait for them a little, then end them."""
        if self._left:
            _, late = await asyncio.wait(self._left, timeout=limit_s)
            for task in late:
                task.cancel()
