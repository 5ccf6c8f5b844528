"""The caller's audio on its way into a recognizer."""

import os
import weakref
from collections import deque

from backend.domain.audio import AudioFormat

__all__ = ["AudioSource"]

_BACKLOG_MS = 20_000
"""A replay (10 s) and as much again; what the SDK does not fetch in time is lost."""


class AudioSource:
    """A pipe, fed from the loop and read by a thread of the SDK (``PipeStream``).

    A push stream would send nothing before it holds 100 ms (3,200 bytes at 16 kHz), however little is
    written, and a write costs the loop 75-95 us whatever its size. From a pull stream the SDK sends what
    it is given. From the last sample of a word to its partial, with an instant service, and CPU of the process for a
    second of audio: push 74 ms and 12 ms; pull in pieces of 40 ms 27 ms and 22 ms; of 20 ms 18 ms and 32 ms. So the
    size of a piece is whoever writes' choice (see ``haste.py``). Measured with azure-cognitiveservices-speech 1.53.0.

    What a pipe has no room for (64 KB as a rule, two seconds) waits here for the next frame.

    Args:
        audio: format of what is written.
    """

    def __init__(self, audio: AudioFormat) -> None:
        self._audio = audio
        self._ms_bytes = audio.bytes_per_ms
        self._backlog_bytes = _BACKLOG_MS * audio.bytes_per_ms
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._backlog: deque[bytes] = deque()
        self._backlogged = 0
        self._dropped = 0
        self._into = -1

    def open(self) -> int:
        """Make the pipe; gives the number of its end to read from. Nothing may be written before.

        Raises:
            RuntimeError: the process has too many files open.
        """
        try:
            out_of, self._into = os.pipe()
        except OSError as error:
            raise RuntimeError(f"no pipe for the caller's audio: {error.strerror}") from error
        os.set_blocking(self._into, False)
        self._finish = weakref.finalize(self, os.close, self._into)
        self._close = weakref.finalize(self, os.close, out_of)
        return out_of

    @property
    def dropped_ms(self) -> float:
        """Audio that was thrown away because nobody fetched it."""
        return self._audio.duration_ms(self._dropped)

    def write(self, pcm: bytes, *, within_ms: int) -> None:
        """Hand over some audio; on the loop. It waits until there are ``within_ms`` of it; with 0 it does not."""
        self._waiting.append(pcm)
        self._waiting_bytes += len(pcm)
        if self._waiting_bytes >= within_ms * self._ms_bytes:
            piece = pcm if len(self._waiting) == 1 else b"".join(self._waiting)
            self._waiting.clear()
            self._waiting_bytes = 0
            if not self._backlog and (taken := _put(self._into, piece)) < len(piece):
                self._keep(piece[taken:])
            elif self._backlog:
                self._keep(piece)
        if self._backlog:
            self._catch_up()

    def _keep(self, piece: bytes) -> None:
        self._backlog.append(piece)
        self._backlogged += len(piece)
        while self._backlogged > self._backlog_bytes:
            oldest = self._backlog.popleft()
            self._backlogged -= len(oldest)
            self._dropped += len(oldest)

    def _catch_up(self) -> None:
        while self._backlog:
            piece = self._backlog[0]
            taken = _put(self._into, piece)
            self._backlogged -= taken
            if taken < len(piece):
                self._backlog[0] = piece[taken:]
                return
            self._backlog.popleft()

    def finish(self) -> None:
        """No more audio: a waiting read returns, once it has all that was handed over. From any thread."""
        self._finish()

    def close(self) -> None:
        """The SDK will not read any more. From any thread."""
        self._finish()
        self._close()


def _put(into: int, piece: bytes) -> int:
    """How much of it the pipe has taken."""
    try:
        return os.write(into, piece)
    except BlockingIOError:
        return 0
