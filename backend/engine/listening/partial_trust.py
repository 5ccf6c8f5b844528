"""Are this recognizer's partials worth answering? Learned from what its finals say of the same words."""

from collections import deque

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

    def compared(self, *, agrees: bool) -> None:
        """A final has come. Did its partial say the same, as far as it went?"""
        self._agreed.append(agrees)

    @property
    def deserved(self) -> bool:
        """May a partial be answered? Also while nothing is known."""
        return self._agreed.count(False) <= _TOO_MANY * len(self._agreed)
