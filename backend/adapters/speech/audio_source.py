"""The caller's audio on its way into a recognizer."""

from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue

from azure.cognitiveservices.speech.audio import PullAudioInputStreamCallback

from backend.domain.audio import AudioFormat

__all__ = ["AudioSource"]

_BACKLOG_MS = 20_000
"""A replay (10 s) and as much again; what the SDK does not fetch in time is lost, the oldest first."""


class AudioSource(PullAudioInputStreamCallback):
    """A pull stream, fed from the loop and read by a thread of the SDK.

    A push stream would send nothing before it holds 100 ms (3,200 bytes at 16 kHz), however little is
    written, and a write costs the loop 75-95 us whatever its size. From a pull stream the SDK sends what
    it is given, and handing that over costs 3 us (8-20 us when the thread must be woken). From the last
    sample of a word to its partial, with an instant service, and CPU of the process for a second of audio:
    push 74 ms and 12 ms; pull in pieces of 40 ms 27 ms and 22 ms; of 20 ms 18 ms and 32 ms. So the size of
    a piece is whoever writes' choice (see ``haste.py``). Measured with azure-cognitiveservices-speech 1.53.0.

    Args:
        audio: format of what is written.
        soon: calls a function that wakes a thread, in a moment and in order; without it that is done at once.
    """

    def __init__(self, audio: AudioFormat, soon: Callable[[Callable[[], None]], None] | None = None) -> None:
        super().__init__()
        self._queue: SimpleQueue[bytes] = SimpleQueue()
        self._soon = soon
        self._audio = audio
        self._ms_bytes = audio.bytes_per_ms
        self._backlog_bytes = _BACKLOG_MS * audio.bytes_per_ms
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._left = memoryview(b"")
        self._queued = 0
        self._fetched = 0
        self._ended = False
        self._dropped = 0

    @property
    def dropped_ms(self) -> float:
        """Audio that was thrown away because nobody fetched it."""
        return self._audio.duration_ms(self._dropped)

    @property
    def ready(self) -> bool:
        """Would a read not wait?"""
        return bool(self._left) or not self._queue.empty()

    def write(self, pcm: bytes, *, within_ms: int) -> None:
        """Hand over some audio; on the loop. It waits until there are ``within_ms`` of it; with 0 it does not."""
        self._waiting.append(pcm)
        self._waiting_bytes += len(pcm)
        if self._waiting_bytes < within_ms * self._ms_bytes:
            return
        piece = self._waiting[0] if len(self._waiting) == 1 else b"".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        self._queued += len(piece)
        if self._soon is None:
            self._queue.put(piece)
        else:
            self._soon(partial(self._queue.put, piece))
        while self._queued - self._fetched > self._backlog_bytes and self._drop():
            pass

    def finish(self) -> None:
        """No more audio: a waiting read returns. From any thread."""
        self._ended = True
        self._queue.put(b"")

    def read(self, buffer: memoryview) -> int:
        """Fill the SDK's buffer with what there is; waits while there is nothing. 0 is the end."""
        if not self._left:
            if self._ended:
                return 0
            self._left = memoryview(self._queue.get())
        count = min(len(self._left), len(buffer))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        self._fetched += count
        return count

    def close(self) -> None:
        """The SDK will not read any more."""

    def _drop(self) -> bool:
        try:
            piece = self._queue.get_nowait()
        except Empty:
            return False
        self._queued -= len(piece)
        self._dropped += len(piece)
        return True
