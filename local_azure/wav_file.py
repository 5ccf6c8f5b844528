"""WAV files: recordings of callers, and both sides of a call in one."""

import io
import wave

import numpy as np

__all__ = ["mono_wav", "read_mono_wav", "stereo_wav"]


def stereo_wav(left: bytes, right: bytes, sample_rate: int) -> bytes:
    """A 16-bit stereo WAV file of two mono PCM streams; the shorter one ends in silence."""
    size = max(len(left), len(right))
    both = np.empty((size // 2, 2), dtype="<i2")
    both[:, 0] = np.frombuffer(left.ljust(size, b"\0"), dtype="<i2")
    both[:, 1] = np.frombuffer(right.ljust(size, b"\0"), dtype="<i2")
    return _wav(both.tobytes(), 2, sample_rate)


def mono_wav(pcm: bytes, sample_rate: int) -> bytes:
    """A 16-bit mono WAV file."""
    return _wav(pcm, 1, sample_rate)


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


def _wav(frames: bytes, channels: int, sample_rate: int) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(frames)
    return target.getvalue()
