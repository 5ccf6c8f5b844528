"""Are this recognizer's partials worth answering? Learned from what its finals say of the same words."""

from collections import deque
from collections.abc import Callable

__all__ = ["PartialTrust"]

_REMEMBERED = 6
"""Finals. A recognizer that heard badly while a truck went by is answered quickly again soon."""
_TOO_MANY = 0.25


class PartialTrust:
    """Counts finals that said other words than the partial before them.

    Words whose partial has rested are usually answered before their final comes. Where finals keep saying something
    else, such an answer is one to words that nobody said; it is better to wait for the final then.
    """

    def __init__(self) -> None:
        self._agreed: deque[bool] = deque(maxlen=_REMEMBERED)
        self._compared: deque[Callable[[], bool | None]] = deque(maxlen=_REMEMBERED)
        """Not looked at yet: when a final comes the caller waits for an answer, and not for this."""

    def compared(self, agrees: Callable[[], bool | None]) -> None:
        """A final has come. ``agrees`` tells, when it is asked, whether its partial said the same, as far as it went;
        ``None``: it said nothing."""
        self._compared.append(agrees)

    @property
    def deserved(self) -> bool:
        """May a partial be answered? Also while nothing is known."""
        while self._compared:
            if (agreed := self._compared.popleft()()) is not None:
                self._agreed.append(agreed)
        return self._agreed.count(False) <= _TOO_MANY * len(self._agreed)
