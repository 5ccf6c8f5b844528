"""Finds utterances in a stream by loudness, as cheaply as numpy can."""

from dataclasses import dataclass

import numpy as np

__all__ = ["FRAME_MS", "Began", "Ended", "UtteranceFinder"]

FRAME_MS = 20
_LEVEL = 140.0
"""Root mean square that is speech on a quiet line (about -47 dB)."""
_ABOVE_NOISE = 3.0
"""Speech is so many times louder than the line's own noise."""
_NOISE_MEMORY = 0.995
_ATTACK_FRAMES = 3
"""Loud frames in a row before it is believed to be speech; a click is shorter."""
_MAX_UTTERANCE_MS = 30_000.0


@dataclass(frozen=True, slots=True)
class Began:
    """Speech began here, in milliseconds of the stream."""

    at_ms: float


@dataclass(frozen=True, slots=True)
class Ended:
    """An utterance, noticed ``noticed_ms`` into the stream, that is a silence after ``end_ms``."""

    start_ms: float
    end_ms: float
    noticed_ms: float


class UtteranceFinder:
    """Splits a stream where it is silent for ``silence_ms``. Times count from the first sample."""

    def __init__(self, sample_rate: int, silence_ms: int) -> None:
        self._frame = sample_rate * FRAME_MS // 1000
        self._silence_ms = max(silence_ms, 2 * FRAME_MS)
        self._rest = b""
        self._clock = 0
        self._noise = _LEVEL / _ABOVE_NOISE
        self._loud = 0
        self._start_ms: float | None = None
        self._last_loud_ms = 0.0

    @property
    def now_ms(self) -> float:
        """How much has been looked at."""
        return float(self._clock * FRAME_MS)

    @property
    def start_ms(self) -> float | None:
        """Where the utterance that is going on began, or ``None`` in silence."""
        return self._start_ms

    @property
    def end_ms(self) -> float:
        """Where speech was last heard."""
        return self._last_loud_ms

    def feed(self, pcm: bytes) -> list[Began | Ended]:
        """Look at some more of the stream."""
        pcm = self._rest + pcm
        count = len(pcm) // (self._frame * 2)
        whole = count * self._frame * 2
        self._rest = pcm[whole:]
        if not count:
            return []
        found: list[Began | Ended] = []
        for level in self._levels(pcm[:whole], count):
            self._clock += 1
            self._step(level, found)
        return found

    def _levels(self, pcm: bytes, count: int) -> list[float]:
        if not pcm.strip(b"\0"):
            return [0.0] * count
        frames = np.frombuffer(pcm, dtype="<i2").reshape(count, self._frame).astype(np.float32)
        return np.sqrt(np.einsum("ij,ij->i", frames, frames) / self._frame).tolist()

    def flush(self) -> Ended | None:
        """The stream is over: the utterance that was going on, if any."""
        return self._end() if self._start_ms is not None else None

    def _step(self, level: float, found: list[Began | Ended]) -> None:
        now = self.now_ms
        if self._is_speech(level):
            self._loud += 1
            self._last_loud_ms = now
        else:
            self._loud = 0
        if self._start_ms is None:
            if self._loud >= _ATTACK_FRAMES:
                self._start_ms = now - _ATTACK_FRAMES * FRAME_MS
                found.append(Began(self._start_ms))
        elif now - self._last_loud_ms >= self._silence_ms or now - self._start_ms >= _MAX_UTTERANCE_MS:
            found.append(self._end())

    def _is_speech(self, level: float) -> bool:
        speech = level > max(_LEVEL, self._noise * _ABOVE_NOISE)
        if not speech:
            self._noise = self._noise * 0.95 + level * 0.05
        else:
            # A line that stays loud is a noisy line: the idea of silence creeps upwards.
            self._noise = min(self._noise / _NOISE_MEMORY, level)
        return speech

    def _end(self) -> Ended:
        ended = Ended(self._start_ms or 0.0, self._last_loud_ms, self.now_ms)
        self._start_ms = None
        self._loud = 0
        return ended
