"""What calls have cost of late, by our own estimate, in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["HOURS", "MemorySpending", "hour_of"]

HOURS = 24
"""So far back it is summed."""


def hour_of(seconds: float) -> int:
    """The hour that a moment is in, counted since 1970."""
    return int(seconds // 3600)


class MemorySpending:
    """``Spending`` of this process alone."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._hours: OrderedDict[int, float] = OrderedDict()

    async def add(self, amount: float) -> None:
        """So much was spent now."""
        now = hour_of(self._clock())
        self._hours[now] = self._hours.get(now, 0.0) + amount
        while len(self._hours) > HOURS + 1:
            self._hours.popitem(last=False)

    async def total(self) -> float:
        """What was spent within the last 24 hours, counted in whole hours."""
        since = hour_of(self._clock()) - HOURS
        return sum(amount for hour, amount in self._hours.items() if hour > since)
