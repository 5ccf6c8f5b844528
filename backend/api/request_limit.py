"""How often somebody may have something made that costs: a room, an agent, a pass."""

import time
from collections import OrderedDict
from collections.abc import Callable

from backend.errors import TooManyRequests

__all__ = ["RequestLimit"]


class RequestLimit:
    """At most so many requests a minute of each person.

    Args:
        most: in a minute, and as many at once.
        people: remembered; those who have not asked for longest go first.
        clock: seconds that go by.
    """

    def __init__(self, most: int = 120, people: int = 10_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._people = people
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def count(self, who: str) -> None:
        """Somebody asks once more.

        Raises:
            TooManyRequests: too often.
        """
        now = self._clock()
        at, left = self._left.pop(who, (now, float(self._most)))
        left = min(self._most, left + (now - at) * self._most / 60)
        if left < 1:
            self._left[who] = (now, left)
            raise TooManyRequests(f"more than {self._most} requests a minute; wait a minute")
        self._left[who] = (now, left - 1)
        if len(self._left) > self._people:
            self._left.popitem(last=False)
