"""What waits to be heard: filled by the network, emptied by the sound card's own thread."""

import threading
from collections import deque

__all__ = ["Loudspeaker"]

_MOST_S = 30.0
"""Voice beyond this is dropped; a server sends little ahead of time."""


class Loudspeaker:
    """16-bit mono samples in order.

    Args:
        rate: samples a second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._most = int(rate * _MOST_S) * 2
        self._lock = threading.Lock()
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._played = 0
        self.dropped = 0
        """Bytes that came while too many waited."""

    def put(self, pcm: bytes) -> None:
        """Have this heard after what waits already."""
        with self._lock:
            if self._size + len(pcm) > self._most:
                self.dropped += len(pcm)
                return
            self._waiting.append(pcm)
            self._size += len(pcm)

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes; silence where there are no more."""
        taken = bytearray()
        with self._lock:
            while self._waiting and len(taken) < size:
                pcm = self._waiting.popleft()
                room = size - len(taken)
                taken += pcm[:room]
                if rest := pcm[room:]:
                    self._waiting.appendleft(rest)
            self._size -= len(taken)
            self._played += len(taken)
        return bytes(taken) + bytes(size - len(taken))

    def clear(self) -> None:
        """Throw away what has not been heard."""
        with self._lock:
            self._waiting.clear()
            self._played += self._size
            self._size = 0

    @property
    def played_ms(self) -> int:
        """How much of the voice has been heard, or thrown away."""
        with self._lock:
            return self._played * 500 // self._rate

    @property
    def waiting_s(self) -> float:
        """How long it takes until everything has been heard."""
        with self._lock:
            return self._size / 2 / self._rate
