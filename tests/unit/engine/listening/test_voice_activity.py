"""What is silence on every telephone line never reaches the detector of speech."""

import numpy as np
import pytest

from backend.domain.audio import PCM_16K, PCM_24K, AudioFormat
from backend.engine.listening import voice_activity
from backend.engine.listening.voice_activity import webrtc_detector


class _AlwaysSpeech:
    def __init__(self, aggressiveness: int) -> None:
        self.aggressiveness = aggressiveness

    def is_speech(self, buf: bytes, sample_rate: int) -> bool:
        return len(buf) == 640 and sample_rate == 16_000


@pytest.mark.parametrize("audio", [PCM_16K, PCM_24K], ids=["16 kHz", "24 kHz"])
@pytest.mark.parametrize(
    ("peak", "speech"),
    [(0, False), (120, False), (-120, False), (121, True), (-121, True), (255, True), (-257, True), (-32768, True)],
)
def test_a_frame_is_silence_up_to_the_floor(
    monkeypatch: pytest.MonkeyPatch, audio: AudioFormat, peak: int, speech: bool
) -> None:
    monkeypatch.setattr(voice_activity.webrtcvad, "Vad", _AlwaysSpeech)
    samples = np.zeros(audio.frame_bytes // 2, np.int16)
    samples[samples.size // 2] = peak
    assert webrtc_detector(audio)(samples.tobytes()) is speech


def test_a_frame_of_another_length_is_no_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_activity.webrtcvad, "Vad", _AlwaysSpeech)
    assert not webrtc_detector(PCM_16K)(b"\x7f" * 320)
