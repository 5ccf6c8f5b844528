"""A phone's ear: what a room has sent and the phone has not played yet."""

from collections import deque

__all__ = ["Ear", "is_quiet"]

_MOST = 10
"""Frames that may wait: 200 ms. What is older is lost, as in a telephone."""
_SPARE = 2
"""Frames that are kept in hand against jitter, which a telephone does as well."""
_QUIET = 32
"""Loudest sample of a frame in which nobody speaks; a codec makes no silence of zeros."""


class Ear:
    """Frames in the order in which they came, and no further behind than jitter makes it.

    A room sends without end, silence too. What once waits, from before the phone was taken up or from a moment in which
    this process stood still, would make every later word late; so silence is passed over until little waits.
    """

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque(maxlen=_MOST)

    def hear(self, pcm: bytes) -> None:
        """20 ms came: 16-bit samples."""
        self._frames.append(pcm)

    def play(self) -> bytes | None:
        """The next 20 ms; ``None``: nothing has come."""
        while len(self._frames) > _SPARE and is_quiet(self._frames[0]):
            self._frames.popleft()
        return self._frames.popleft() if self._frames else None


def is_quiet(pcm: bytes) -> bool:
    """Does nobody speak in this frame of 16-bit samples?"""
    samples = memoryview(pcm).cast("h")
    return max(samples) < _QUIET and min(samples) > -_QUIET
