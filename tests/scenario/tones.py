"""Tones by which a recording is judged: who was heard in which channel, and when."""

import io
import itertools
import wave
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray

from local_azure.speech import tone

__all__ = [
    "AGENT_HZ",
    "CALLER_HZ",
    "caller_tone",
    "long_stretch",
    "read_wav",
    "recording_store",
    "speaks_in_a_tone",
    "strongest",
]

RATE = 16_000
CALLER_HZ, AGENT_HZ = 440, 1100
STORE = Path(__file__).resolve().parents[2] / "agent_store"


def recording_store(folder: Path) -> Path:
    """The insurance line, which records."""
    store = folder / "agent_store"
    copytree(STORE, store)
    line = store / "lines/insurance.yaml"
    line.write_text(line.read_text("utf-8").replace("  enabled: false", "  enabled: true"), "utf-8")
    return store


def caller_tone(seconds: float, rate: int = RATE) -> bytes:
    """What a caller says who says nothing but a tone."""
    return _sine(CALLER_HZ, round(seconds * rate), rate).tobytes()


def speaks_in_a_tone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the agents' voice be heard as a tone, above the noise that the local phone knows its words by."""
    noise = tone._noise
    monkeypatch.setattr(tone, "_noise", lambda text, count: noise(text, count) + _sine(AGENT_HZ, count))


def read_wav(content: bytes) -> NDArray[np.int16]:
    """Its samples: the caller left, the agent right."""
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getframerate(), file.getnchannels()) == (RATE, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)


def strongest(sound: NDArray[np.int16], channel: int, middle_s: float) -> float:
    """The frequency that is heard most in the half second around this one."""
    first = round((middle_s - 0.25) * RATE)
    part = sound[first : first + RATE // 2, channel].astype(float)
    assert len(part) == RATE // 2, "the recording does not reach so far"
    assert np.abs(part).max() > 500, f"channel {channel} is silent at {middle_s:.2f} s"
    return float(np.argmax(np.abs(np.fft.rfft(part))) * RATE / len(part))


def long_stretch(moments: list[float], after: float) -> float:
    """The middle of the longest stretch, among moments at which somebody was heard, that began after this."""
    late = [moment for moment in moments if moment > after]
    breaks = [0, *(at + 1 for at, (one, other) in enumerate(itertools.pairwise(late)) if other - one > 0.3), len(late)]
    first, last = max(itertools.pairwise(breaks), key=lambda pair: pair[1] - pair[0])
    assert late[last - 1] - late[first] > 1.5, "nobody was heard for long"
    return (late[first] + late[last - 1]) / 2


def _sine(hertz: float, count: int, rate: int = RATE) -> NDArray[np.int16]:
    return np.asarray(np.sin(2 * np.pi * hertz * np.arange(count) / rate) * 6000, np.int16)
