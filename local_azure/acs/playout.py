"""What the application has sent to be heard, played at real time.

How deep the service's own queue is, is not documented; this one takes a minute of audio faster than real time and
drops what comes beyond.
"""

import asyncio
from dataclasses import dataclass

from backend.domain.audio import AudioFormat

__all__ = ["Playout", "PlayoutStats"]

_LIMIT_MS = 60_000
_GAP_FRAMES = 25
"""Audio that comes back within half a second after the queue ran dry was late; later than that it is a new answer."""


@dataclass(slots=True)
class PlayoutStats:
    """How the application kept up. Times in milliseconds."""

    played_ms: float = 0.0
    underruns: int = 0
    """Times that the queue ran dry while the application was still speaking."""
    gap_ms: float = 0.0
    """Silence that the caller heard because of it."""
    longest_gap_ms: float = 0.0
    stops: int = 0
    """StopAudio messages."""
    stopped_ms: float = 0.0
    """Audio that StopAudio threw away."""
    overflow_ms: float = 0.0
    """Audio that found no place any more."""
    longest_queue_ms: float = 0.0


class Playout:
    """A queue of PCM that gives one frame each 20 ms."""

    def __init__(self, audio: AudioFormat) -> None:
        self.audio = audio
        self.stats = PlayoutStats()
        self._buffer = bytearray()
        self._dry_frames = _GAP_FRAMES
        self._empty = asyncio.Event()

    @property
    def queued_ms(self) -> float:
        """Audio that waits to be heard."""
        return self.audio.duration_ms(len(self._buffer))

    def add(self, pcm: bytes) -> None:
        """Queue some PCM of any length."""
        if self.queued_ms > _LIMIT_MS:
            self.stats.overflow_ms += self.audio.duration_ms(len(pcm))
            return
        if pcm and 0 < self._dry_frames < _GAP_FRAMES:
            self.stats.underruns += 1
            self.stats.gap_ms += self._dry_frames * 20
            self.stats.longest_gap_ms = max(self.stats.longest_gap_ms, self._dry_frames * 20)
            self._dry_frames = 0
        self._buffer += pcm
        self._empty.clear()
        self.stats.longest_queue_ms = max(self.stats.longest_queue_ms, self.queued_ms)

    def stop(self) -> None:
        """Throw away what was not heard yet."""
        self.stats.stops += 1
        self.stats.stopped_ms += self.queued_ms
        self._buffer.clear()
        self._empty.set()
        self._dry_frames = _GAP_FRAMES

    async def finished(self) -> None:
        """Wait until everything was heard or thrown away."""
        if self._buffer:
            await self._empty.wait()

    def next(self) -> bytes | None:
        """The next 20 ms; ``None`` when there is nothing. A short rest is filled up with silence."""
        if not self._buffer:
            self._empty.set()
            self._dry_frames = min(self._dry_frames + 1, _GAP_FRAMES)
            return None
        size = self.audio.frame_bytes
        frame = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._dry_frames = 0
        self.stats.played_ms += self.audio.duration_ms(len(frame))
        return frame.ljust(size, b"\0")
