"""Onset: is it a voice that begins, or a noise?

A detector of voice activity takes coughs, breaths, rain and horns for speech. Before the agent falls
silent, the sound must show what only a voice has: a vowel, or the "s" that a word begins with.
"""

from collections import deque

import numpy as np

from backend.domain.audio import AudioFormat
from backend.engine.listening.sound import Wave, hisses, is_steady, mean_hz, periodicity, thinned

__all__ = ["Onset"]

_FRAMES = 4
"""80 ms: two spectra of 40 ms, or two periods of the deepest voice."""

_REMEMBERED = 3
_PERIODIC, _ENOUGH = 0.55, 0.12
"""What three frames are more periodic than 0.55 must add up to 0.12: one clear frame of a vowel, or two less clear.

Breaths, rain, static and paper hardly ever are: in thirty milliseconds of noise nothing comes back that well.
"""

_VOWEL_HZ = (150.0, 2600.0)
"""Where the energy of a vowel lies; below there is the hum of mains, above are dishes."""

_DEEP_HZ, _VERY_PERIODIC = 240.0, 0.85
"""The murmur of a deep voice lies where wind and the thump of a door do, but it is far more periodic."""

_CONSONANT_FRAMES = 2
_RISE, _FALL = 10 ** (8 / 10), 1.5
_HARDLY_PERIODIC = 0.4
"""After a consonant, half a frame of the vowel will do: it is 8 dB louder and lies lower. No noise rises so."""

_LOUDEST_FRAMES = 16
_VOWEL_DROP = 10 ** (-9 / 10)
"""A vowel is louder than the consonant before it. In a cough the voice comes after the burst, and 9 dB weaker."""

_SURELY_A_TONE, _TONE_REST = 5, 4
"""What was a tone five times is left alone for four frames each time: every look costs a tenth of a millisecond."""

_HISS_HZ = 2300.0
_HISS_FRAMES = 3
_HISS_DROP = 10 ** (-4 / 10)


class Onset:
    """Listens to every frame of one caller and tells a voice that begins from a noise.

    Args:
        audio: format of the frames.
    """

    def __init__(self, audio: AudioFormat) -> None:
        self._rate = audio.sample_rate
        silence = bytes(audio.frame_bytes)
        self._frames = deque([silence] * _FRAMES, maxlen=_FRAMES)
        self._energies = deque([0.0], maxlen=_LOUDEST_FRAMES)
        self._hissing = 0
        self._tones = self._rest = 0
        self._voice: deque[float] = deque(maxlen=_REMEMBERED)
        self._before: deque[tuple[float, float]] = deque(maxlen=_CONSONANT_FRAMES)
        self._passed = 0
        """Frames in a row in which there was nothing."""

    def pass_over(self, pcm: bytes) -> None:
        """A frame in which nothing is to be found: it is remembered, and costs nothing."""
        self._frames.append(pcm)
        if self._passed >= _LOUDEST_FRAMES:
            return  # it remembers nothing but silence already
        self._passed += 1
        self._energies.append(0.0)
        self._voice.append(0.0)
        self._before.clear()
        self._hissing = 0

    def forget(self) -> None:
        """That voice is over: what it was like says nothing about the next sound."""
        self._energies.clear()
        self._voice.clear()
        self._before.clear()
        self._hissing = self._tones = self._rest = self._passed = 0

    def hear(self, pcm: bytes, *, speaking: bool) -> bool:
        """A frame that may be speech. Is it a voice?

        ``speaking`` tells that enough frames were like this one to be more than a click.
        """
        self._frames.append(pcm)
        self._passed = 0
        samples = np.frombuffer(pcm, np.int16).astype(np.float32)
        energy, hz = float(samples @ samples), mean_hz(samples, self._rate)
        self._energies.append(energy)
        if self._rest:
            self._rest -= 1
            return False
        drop = energy / max(1.0, *self._energies)
        self._hissing = self._hissing + 1 if self._is_hiss(samples, hz, drop) else 0
        self._voice.append(self._vowel(energy, hz, drop))
        self._before.append((energy, hz))
        return self._hissing >= _HISS_FRAMES or (speaking and sum(self._voice) >= _ENOUGH and self._moves())

    def _is_hiss(self, samples: Wave, hz: float, drop: float) -> bool:
        return hz > _HISS_HZ and drop >= _HISS_DROP and hisses(samples, self._rate)

    def _vowel(self, energy: float, hz: float, drop: float) -> float:
        """How much more periodic than noise the newest frame is; 0 where that means nothing."""
        if not _VOWEL_HZ[0] < hz < _VOWEL_HZ[1] or drop < _VOWEL_DROP:
            return 0.0
        wave = thinned(b"".join(self._frames), self._rate)
        after_consonant = self._is_after_consonant(energy, hz)
        periodic = periodicity(wave, _HARDLY_PERIODIC if after_consonant else _needed(hz))
        if not periodic:
            return 0.0
        return max(periodic - _PERIODIC, _ENOUGH if after_consonant else 0.0)

    def _moves(self) -> bool:
        """A tone stays as it is. Asked last, for it costs most."""
        if is_steady(thinned(b"".join(self._frames), self._rate)):
            self._voice.clear()
            self._tones += 1
            self._rest = _TONE_REST if self._tones >= _SURELY_A_TONE else 0
            return False
        return True

    def _is_after_consonant(self, energy: float, hz: float) -> bool:
        if hz < _DEEP_HZ or len(self._before) < _CONSONANT_FRAMES:
            return False
        return any(energy >= before * _RISE and hz * _FALL <= higher for before, higher in self._before)


def _needed(hz: float) -> float:
    return _PERIODIC if hz > _DEEP_HZ else _VERY_PERIODIC
