"""Local voice activity: is the caller making speech, right now?

Runs on every frame of every call, so it is WebRTC's detector (microseconds a frame) and a
count. Only a sound that begins is looked at more closely. It answers within 60 to 120 ms
where a transcript takes hundreds.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.engine.listening.onset import Onset
from backend.engine.listening.sound import mean_hz

__all__ = ["SpeechDetector", "VoiceActivity", "local_voice_activity", "webrtc_detector"]

SpeechDetector = Callable[[bytes], bool]
"""Is this 20 ms frame speech?"""

_ONSET_FRAMES = 4
_ONSET_VOICED = 3
_OFFSET_FRAMES = 8
_LONG_MS = 2000
_VOICELESS_FRAMES = 50
_SURE_FRAMES = 5
"""A voice that goes on is looked at again after 100 ms: a look costs more than all else that is done with a frame."""
_FLOOR = 120
"""Peak amplitude below which a frame is silence on any telephone line (of 32,767)."""

_RUMBLE_HZ = 150.0
"""Mean frequency below which a frame is the hum of mains: a deep voice saying "no" is just above it."""


class _Vad(Protocol):
    def is_speech(self, buf: bytes, sample_rate: int) -> bool: ...


def webrtc_detector(audio: AudioFormat, aggressiveness: int = 2) -> SpeechDetector:
    """WebRTC's detector for frames of ``audio``. It knows 16 kHz but not 24, where every third sample is left out."""
    vad: _Vad = webrtcvad.Vad(aggressiveness)

    rate = audio.sample_rate
    size = rate * FRAME_MS // 1000 * 2

    def is_speech(pcm: bytes) -> bool:
        if len(pcm) != size:
            return False
        samples = np.frombuffer(pcm, np.int16)
        if not _is_loud(samples):
            return False
        known = pcm if rate == 16_000 else samples.reshape(-1, 3)[:, :2].tobytes()
        return vad.is_speech(known, 16_000) and mean_hz(samples.astype(np.float32), rate) > _RUMBLE_HZ

    return is_speech


def _is_loud(samples: NDArray[np.int16]) -> bool:
    """Is a sample above the floor? Where the highest is, numpy finds in a fifth of the time in which it tells it."""
    return samples.item(samples.argmax()) > _FLOOR or samples.item(samples.argmin()) < -_FLOOR


class VoiceActivity:
    """Turns frame decisions into onset and silence. Time is counted in audio, not by a clock.

    Args:
        detector: is a frame speech? It alone decides about silence.
        onset: is the speech that begins a voice? Without it every onset is one.
    """

    def __init__(self, detector: SpeechDetector, onset: Onset | None = None) -> None:
        self._detector = detector
        self._onset = onset
        self._recent = 0  # one bit a frame, the newest lowest
        self._noticed = False
        self._voiceless = self._sure = 0
        self.speaking = False
        """Is the caller speaking now, or making a noise that is like it?"""
        self.silence_ms = 0
        """Audio since the caller's last voiced frame."""
        self.pause_ms = 0
        """Silence before the speech under way, or before the last one."""
        self._quiet_ms = 0
        self.speech_ms = 0
        """Length of the speech under way, pauses under 160 ms included."""

    @property
    def voice(self) -> bool:
        """Is it a voice that is heard, and not only the noise behind it?"""
        return self._noticed

    def feed(self, pcm: bytes) -> bool:
        """Look at one frame. True exactly when a voice begins."""
        voiced = self._detector(pcm)
        if not (voiced or self._recent or self.speaking or self._noticed):
            return self._stay_silent(pcm)
        self._recent = (self._recent << 1 | voiced) & 0xFF
        if voiced and self.silence_ms >= _OFFSET_FRAMES * FRAME_MS:
            self._quiet_ms = self.silence_ms
        self.silence_ms = 0 if voiced else self.silence_ms + FRAME_MS
        if self.speaking:
            self.speech_ms += FRAME_MS
            if not self._recent and self.silence_ms >= _OFFSET_FRAMES * FRAME_MS:
                self.speaking = False
        elif voiced and (self._recent & (1 << _ONSET_FRAMES) - 1).bit_count() >= _ONSET_VOICED:
            self.speaking = True
            self.pause_ms, self._quiet_ms = self._quiet_ms, 0
            self.speech_ms = _ONSET_FRAMES * FRAME_MS
        return self._notices(pcm, voiced)

    def _stay_silent(self, pcm: bytes) -> bool:
        """A frame of a line on which nobody has made a sound for long: most frames are such."""
        self.silence_ms += FRAME_MS
        if self._onset is not None:
            self._onset.pass_over(pcm)
        return False

    def _notices(self, pcm: bytes, voiced: bool) -> bool:
        """Does a voice begin with this frame? Asked until it has, and again after it has ended."""
        if self._noticed:
            self._noticed = self.speaking and not self._only_noise_is_left(pcm, voiced)
            if self._onset is not None and not self._noticed:
                self._onset.forget()
            return False
        self._voiceless = self._sure = 0
        self._noticed = self.speaking if self._onset is None else self._is_voice(self._onset, pcm, voiced)
        return self._noticed

    def _is_voice(self, onset: Onset, pcm: bytes, voiced: bool) -> bool:
        if voiced:
            return onset.hear(pcm, speaking=self.speaking)
        onset.pass_over(pcm)
        return False

    def _only_noise_is_left(self, pcm: bytes, voiced: bool) -> bool:
        """In a noisy car there is no silence after the words, only the car; the next words must be noticed, too."""
        if self._onset is None or self.speech_ms < _LONG_MS:
            return False
        if self._sure:
            self._sure -= 1
            self._onset.pass_over(pcm)
        elif self._is_voice(self._onset, pcm, voiced):
            self._voiceless, self._sure = 0, _SURE_FRAMES
        else:
            self._voiceless += 1
        return self._voiceless >= _VOICELESS_FRAMES


def local_voice_activity(audio: AudioFormat) -> VoiceActivity:
    """One caller's voice activity, for frames of ``audio``."""
    return VoiceActivity(webrtc_detector(audio), Onset(audio))
