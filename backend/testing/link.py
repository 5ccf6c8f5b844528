"""A caller's phone without a network: plays what it gets in real time and obeys StopAudio."""

import asyncio

from backend.domain.audio import FRAME_MS, PCM_16K, AudioFormat
from backend.ports import MediaSink

__all__ = ["FakeLink"]


class FakeLink:
    """``MediaLink`` with a playing queue like the service's, so that a test knows what was truly heard."""

    def __init__(self, audio: AudioFormat = PCM_16K) -> None:
        self._audio = audio
        self._closed = asyncio.Event()
        self._queue: list[tuple[float, bytes]] = []  # frames and when each begins to be heard
        self.sent: list[tuple[float, bytes]] = []
        self.stops: list[float] = []
        self.heard: list[bytes] = []
        self.played: list[tuple[float, bytes]] = []
        """Frames that were heard, and when each began to sound."""

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        return self._audio

    async def receive(self, sink: MediaSink) -> None:
        """Return when the link is closed; tests deliver audio to the sink themselves."""
        await self._closed.wait()

    async def send_audio(self, pcm: bytes) -> None:
        """Queue a frame."""
        now = asyncio.get_running_loop().time()
        self._play_until(now)
        begins = max(now, self._queue[-1][0] + FRAME_MS / 1000 if self._queue else now)
        self._queue.append((begins, pcm))
        self.sent.append((now, pcm))

    async def stop_audio(self) -> None:
        """Drop the queue."""
        now = asyncio.get_running_loop().time()
        self._play_until(now)
        self._queue.clear()
        self.stops.append(now)

    async def close(self) -> None:
        """Hang up."""
        self._closed.set()

    def heard_frames(self) -> list[bytes]:
        """Every frame whose sound has reached the caller by now."""
        self._play_until(asyncio.get_running_loop().time())
        return self.heard

    def largest_gap_ms(self) -> float:
        """Longest pause between two sent frames that the caller would notice, queue considered."""
        gap, until = 0.0, None
        for at, _ in self.sent:
            if until is not None and at > until:
                gap = max(gap, (at - until) * 1000)
            until = max(at, until or at) + FRAME_MS / 1000
        return gap

    def _play_until(self, now: float) -> None:
        while self._queue and self._queue[0][0] + FRAME_MS / 1000 <= now + 1e-9:
            self._played()
        while len(self._queue) > 1 and self._queue[0][0] < now - FRAME_MS / 1000:
            self._played()

    def _played(self) -> None:
        began, pcm = self._queue.pop(0)
        self.heard.append(pcm)
        self.played.append((began, pcm))
