"""How often somebody may have something made that costs: a room, an agent, a pass."""

import time
from collections import OrderedDict

from backend.errors import TooManyGuesses

__all__ = ["Pace"]


class Pace:
    """At most so many a minute for each who asks.

    Args:
        most: in a minute, and as many at once.
        people: remembered; those who have not asked for longest go first.
    """

    def __init__(self, most: int = 120, people: int = 10_000) -> None:
        self._most = most
        self._people = people
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> None:
        """Somebody asks once more.

        Raises:
            TooManyGuesses: too often.
        """
        now = time.monotonic()
        at, left = self._left.pop(who, (now, float(self._most)))
        left = min(self._most, left + (now - at) * self._most / 60)
        if left >= 1:
            self._left[who] = (now, left - 1)
            if len(self._left) > self._people:
                self._left.popitem(last=False)
            return
        self._left[who] = (now, left)
        raise TooManyGuesses(f"more than {self._most} requests a minute; wait a minute")
