"""Both sides of a call in one WAV file."""

import io
import wave

import numpy as np

__all__ = ["read_mono_wav", "stereo_wav"]


def stereo_wav(left: bytes, right: bytes, sample_rate: int) -> bytes:
    """A 16-bit stereo WAV file of two mono PCM streams; the shorter one ends in silence."""
    size = max(len(left), len(right))
    both = np.empty((size // 2, 2), dtype="<i2")
    both[:, 0] = np.frombuffer(left.ljust(size, b"\0"), dtype="<i2")
    both[:, 1] = np.frombuffer(right.ljust(size, b"\0"), dtype="<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(both.tobytes())
    return target.getvalue()


def read_mono_wav(content: bytes) -> tuple[bytes, int]:
    """PCM and sample rate of a 16-bit mono WAV file.

    Raises:
        ValueError: it is something else.
    """
    try:
        with wave.open(io.BytesIO(content)) as file:
            if file.getsampwidth() != 2 or file.getnchannels() != 1:
                raise ValueError("a 16-bit mono WAV file is needed")
            return file.readframes(file.getnframes()), file.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error
