"""What the caller said and the service has not yet turned into a final: to be said again to the next one."""

from collections import deque

from backend.domain.audio import AudioFormat

__all__ = ["Replay"]

_LONGEST_MS = 10_000
_LEAD_MS = 400
"""Speech begins softly: so much before the first audible frame belongs to it."""

_QUIET_MS = 2_000
"""Repeated when nothing was audible: a caller may be quieter than our measure."""

_UNNOTICED_MS = 4_000
"""Kept while nobody has noticed speech; a slow service that notices some after all is two seconds behind."""


class Replay:
    """The last 10 s of audio at most, less what was answered; 4 s on a line on which nobody speaks, as most do not.

    Positions are ms from the first audio written.
    """

    def __init__(self, audio: AudioFormat) -> None:
        self._audio = audio
        self._silence = bytes(audio.frame_bytes)
        self._most_bytes = _LONGEST_MS * audio.bytes_per_ms
        self._unnoticed_bytes = _UNNOTICED_MS * audio.bytes_per_ms
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._end = 0
        self._speech_ms: float | None = None
        self._audible_ms = -1.0

    @property
    def end_ms(self) -> float:
        """Everything that was written."""
        return self._audio.duration_ms(self._end)

    def add(self, pcm: bytes, *, audible: bool) -> None:
        """One more frame."""
        if audible:
            self._audible_ms = self.end_ms
            self.speech(self._audible_ms)
        # A muted line, or one that has no noise of its own, carries zeros: of such silence one frame is kept.
        self._frames.append(self._silence if pcm == self._silence else pcm)
        size = len(pcm)
        self._bytes += size
        self._end += size
        most = self._unnoticed_bytes if self._speech_ms is None else self._most_bytes
        while self._bytes > most:
            self._forget()

    def pass_over(self, frames: list[bytes]) -> None:
        """Some more whole frames, none of them audible."""
        silence = self._silence
        self._frames += [silence if pcm == silence else pcm for pcm in frames]
        size = len(frames) * len(silence)
        self._bytes += size
        self._end += size
        most = self._unnoticed_bytes if self._speech_ms is None else self._most_bytes
        while self._bytes > most:
            self._forget()

    def speech(self, at_ms: float) -> None:
        """Somebody, we or the service, noticed speech; the earliest since the last final counts."""
        if self._speech_ms is None or at_ms < self._speech_ms:
            self._speech_ms = at_ms

    def answered(self, until_ms: float) -> None:
        """A final covers the audio up to here."""
        until = min(self._end, int(until_ms) * self._audio.bytes_per_ms)
        while self._frames and self._end - self._bytes + len(self._frames[0]) <= until:
            self._forget()
        # The caller may have gone on while the service finished the sentence before.
        self._speech_ms = until_ms if self._audible_ms > until_ms else None

    def start_ms(self) -> float:
        """Where the audio that waits for an answer begins."""
        start = self.end_ms - _QUIET_MS if self._speech_ms is None else self._speech_ms - _LEAD_MS
        return max(self._audio.duration_ms(self._end - self._bytes), start)

    def since(self, start_ms: float) -> bytes:
        """The audio from there on, as far as it was kept."""
        kept = self._end - self._bytes
        return b"".join(self._frames)[max(0, round(start_ms) * self._audio.bytes_per_ms - kept) :]

    def _forget(self) -> None:
        self._bytes -= len(self._frames.popleft())
