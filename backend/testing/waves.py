"""Sound made from numbers: what the noises of the tests are put together from."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["RATE", "Wave", "band", "pulses", "seconds", "through", "to_pcm"]

RATE = 16_000
"""Samples a second."""

Wave = NDArray[np.float64]
"""Sound, of any scale."""


def seconds(length: float) -> Wave:
    """The time of every sample of so many seconds."""
    return np.arange(int(length * RATE)) / RATE


def band(random: np.random.Generator, size: int, low: float, high: float) -> Wave:
    """Noise between two frequencies."""
    return through(random.standard_normal(size), low, high)


def through(wave: Wave, low: float, high: float) -> Wave:
    """What is left of a sound between two frequencies."""
    spectrum = np.fft.rfft(wave)
    at = np.fft.rfftfreq(wave.size, 1 / RATE)
    spectrum[(at < low) | (at > high)] = 0
    return np.fft.irfft(spectrum, wave.size)


def pulses(pitch: Wave, formants: tuple[float, ...], width: float = 120.0) -> Wave:
    """A throat's pulses at ``pitch`` (Hz, one a sample) through a mouth that rings at ``formants`` (Hz)."""
    phase = np.cumsum(pitch) / RATE
    train = np.diff(np.floor(phase), prepend=0.0)
    ring = np.arange(int(0.03 * RATE)) / RATE
    mouth = sum((np.exp(-np.pi * width * ring) * np.cos(2 * np.pi * f * ring) for f in formants), np.zeros(ring.size))
    return np.convolve(train, mouth)[: pitch.size]


def to_pcm(wave: Wave, peak: float) -> bytes:
    """As 16-bit samples whose loudest is ``peak``."""
    return (wave * (peak / max(1e-9, float(abs(wave).max())))).astype("<i2").tobytes()
