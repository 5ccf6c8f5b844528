"""Whether a frame can be heard."""

import numpy as np

__all__ = ["is_loud"]

_LEVEL = 120.0
"""RMS of 16-bit samples below which a line is quiet."""


def is_loud(frame: bytes) -> bool:
    """Whether 16-bit PCM is louder than the noise of a line."""
    if not frame.strip(b"\0"):  # most frames are digital silence, and this looks at them in no time
        return False
    samples = np.frombuffer(frame, dtype="<i2").astype(np.float32)
    return bool(samples.size) and float(np.dot(samples, samples)) / samples.size > _LEVEL**2
