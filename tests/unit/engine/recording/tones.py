"""Tones to be recorded, and how to find them again."""

import numpy as np

RATE = 16_000
FRAME_S = 0.02


def tone(hertz: float, seconds: float, *, start_s: float = 0.0, rate: int = RATE) -> bytes:
    """A tone; its phase is that of a clock, so that frames of it join without a click."""
    at = start_s + np.arange(round(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hertz * at) * 12_000).astype("<i2").tobytes()


def loudest(sound: bytes, channel: int, second: float, *, length_s: float = 0.5) -> float:
    """The strongest frequency of one channel from a second on; 0 where it is silent."""
    samples = np.frombuffer(sound, "<i2").reshape(-1, 2)[:, channel]
    part = samples[round(second * RATE) : round((second + length_s) * RATE)].astype(float)
    if not len(part) or np.abs(part).max() < 100:
        return 0.0
    strength = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(strength.argmax() * RATE / len(part))


def silent(sound: bytes, channel: int, start_s: float, end_s: float) -> bool:
    """Is there not one sample in this stretch?"""
    samples = np.frombuffer(sound, "<i2").reshape(-1, 2)[:, channel]
    part = samples[round(start_s * RATE) : round(end_s * RATE)]
    return len(part) > 0 and not part.any()
