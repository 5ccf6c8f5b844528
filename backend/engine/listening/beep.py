"""The beep of a machine that takes messages: one tone of 800 to 1,500 Hz that stays as it is."""

import numpy as np

from backend.domain.audio import FRAME_MS, AudioFormat

__all__ = ["BeepDetector"]

_LOWEST_HZ, _HIGHEST_HZ = 780.0, 1520.0
_SHORTEST_MS = 160
_ONE_TONE = 0.85
"""Share of a frame's energy in one partial: a voice, two tones of a key and a melody have it in several."""
_STEADY_HZ = 50.0
_FLOOR = 300.0
"""Root mean square below which nothing is looked at (of 32,767)."""


class BeepDetector:
    """Looks at every frame of the first seconds of a placed call. Keeps nothing of the sound.

    Args:
        audio: format of the frames.
    """

    def __init__(self, audio: AudioFormat) -> None:
        self._rate = audio.sample_rate
        size = audio.sample_rate * FRAME_MS // 1000
        self._window = np.hanning(size)
        self._hz = 0.0
        self._lasted_ms = 0

    def hear(self, pcm: bytes) -> bool:
        """One frame. True exactly when a tone has lasted long enough to be a beep."""
        hz = self._tone(np.frombuffer(pcm, np.int16).astype(np.float64))
        steady = bool(hz) and (not self._lasted_ms or abs(hz - self._hz) <= _STEADY_HZ)
        self._lasted_ms = self._lasted_ms + FRAME_MS if steady else (FRAME_MS if hz else 0)
        if not steady:
            self._hz = hz  # compared with how it began: a siren glides a little from frame to frame
        return self._lasted_ms == _SHORTEST_MS

    def _tone(self, samples: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        """Frequency of the one tone that the frame is made of; 0 where it is anything else."""
        if samples.size != self._window.size or float(np.sqrt(np.mean(samples**2))) < _FLOOR:
            return 0.0
        power = np.square(np.abs(np.fft.rfft(samples * self._window)))
        power[0] = 0.0
        top = int(power.argmax())
        hz = top * self._rate / samples.size
        if not _LOWEST_HZ <= hz <= _HIGHEST_HZ:
            return 0.0
        return hz if float(power[max(0, top - 2) : top + 3].sum()) >= _ONE_TONE * float(power.sum()) else 0.0
