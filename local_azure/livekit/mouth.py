"""A phone's mouth: what its owner has said and the room has not been sent yet."""

import asyncio
from collections import deque
from collections.abc import Callable

from local_azure.livekit.ear import is_quiet

__all__ = ["Mouth"]

_FRAME_S = 0.02
_MOST = 10
"""Frames that may wait here: 200 ms. Nobody waits for a phone: what is older is lost."""
_IN_HAND = 3
"""Frames that are sent ahead, so that a sound has no hole in it where this process is a little late."""
_TOO_MANY = 4
"""With so many ahead silence is passed over, until fewer are."""


class Mouth:
    """Frames in the order in which they were said, so far ahead of the room's clock as jitter needs, and no further.

    A phone speaks without end, silence too. What is once ahead, from a moment in which this process stood still, would
    make every later word late; so silence is passed over until little is. Where nothing is ahead any more, silence is
    said longer, until something is.

    Args:
        clock: seconds, as the room plays them.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ends = 0.0
        """When the room will have played what it was sent."""
        self._frames: deque[bytes] = deque(maxlen=_MOST)
        self._more = asyncio.Event()

    def say(self, pcm: bytes) -> None:
        """20 ms: 16-bit samples."""
        self._frames.append(pcm)
        self._more.set()

    async def next(self) -> bytes:
        """What is to be sent next, once there is something."""
        while True:
            while not self._frames:
                self._more.clear()
                await self._more.wait()
            pcm, now = self._frames.popleft(), self._clock()
            ahead = round((self._ends - now) / _FRAME_S)
            if is_quiet(pcm):
                if ahead >= _TOO_MANY:
                    continue
                if ahead <= 0:
                    self._frames.extendleft([pcm] * (_IN_HAND - 1))
            self._ends = max(self._ends, now) + _FRAME_S
            return pcm
