"""From the rate of a way in to that of recordings."""

import numpy as np
from numpy.typing import NDArray

from backend.domain.recording import RECORDING_RATE

__all__ = ["Resampler"]

_TAPS = 31
"""Of the filter that takes out what 16,000 samples a second cannot carry: 40 dB down from 9 kHz on."""


class Resampler:
    """From 24,000 samples a second to 16,000, or as they are. Takes frames whose length is a multiple of three samples,
    as those of 20 ms are.

    Args:
        rate: samples a second of what comes in.

    Raises:
        ValueError: another rate.
    """

    def __init__(self, rate: int) -> None:
        if rate not in (RECORDING_RATE, RECORDING_RATE * 3 // 2):
            raise ValueError(f"expected 16000 or 24000 samples a second, got {rate}")
        self._as_it_is = rate == RECORDING_RATE
        self._before: NDArray[np.float32] = np.zeros(_TAPS - 1, np.float32)

    def feed(self, pcm: bytes) -> bytes:
        """One frame more."""
        if self._as_it_is:
            return pcm
        samples = np.concatenate([self._before, np.frombuffer(pcm, "<i2").astype(np.float32)])
        self._before = samples[-(_TAPS - 1) :]
        smooth = np.convolve(samples, _FILTER, "valid")
        first = smooth[0::3]
        second = (smooth[1::3] + smooth[2::3]) / 2
        out = np.empty(len(first) + len(second), np.float32)
        out[0::2], out[1::2] = first, second
        return np.clip(out, -32768, 32767).astype("<i2").tobytes()


def _low_pass() -> NDArray[np.float32]:
    """A windowed sinc that ends at 7.2 kHz of 24 kHz."""
    places = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps = np.sinc(2 * 7200 / 24000 * places) * np.hamming(_TAPS)
    return (taps / taps.sum()).astype(np.float32)


_FILTER = _low_pass()
