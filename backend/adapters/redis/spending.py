"""What calls cost, summed over all workers in Redis: one number an hour."""

import logging
import time
from collections.abc import Callable

from backend.adapters.redis import keys
from backend.adapters.redis.client import guarded
from backend.adapters.redis.link import RedisLink
from backend.domain.spending import HOURS, MemorySpending, hour_of
from backend.errors import SessionLost

__all__ = ["RedisSpending"]

log = logging.getLogger(__name__)


class RedisSpending:
    """``Spending`` on Redis. While it is away, what this process has spent counts, and nothing of the others.

    Args:
        redis: the connection.
        clock: seconds since 1970.
    """

    def __init__(self, redis: RedisLink, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock
        self._own = MemorySpending(clock)
        self._unsent = 0.0

    async def add(self, amount: float) -> None:
        """So much was spent now; what Redis did not take goes with the next."""
        await self._own.add(amount)
        self._unsent += amount
        name = keys.spent(hour_of(self._clock()))
        sent = self._unsent
        try:
            await guarded(self._redis.execute(name, "INCRBYFLOAT", name, sent))
            self._unsent -= sent
            await guarded(self._redis.execute(name, "EXPIRE", name, (HOURS + 1) * 3600))
        except SessionLost as error:
            log.warning(
                "the cost of calls is counted by this worker alone, because Redis does not answer",
                extra={"event": "caps.alone", "code": error.code},
            )

    async def total(self) -> float:
        """What all have spent within the last 24 hours."""
        own, now = await self._own.total(), hour_of(self._clock())
        try:
            names = [keys.spent(now - back) for back in range(HOURS)]
            found = await guarded(self._redis.execute(names[0], "MGET", *names))
        except SessionLost:
            return own
        return max(own, sum(float(amount) for amount in found if amount) + self._unsent)
