"""What was said on a telephone, each side on a track of its own."""

from backend.domain.audio import PCM_16K, AudioFormat
from local_azure.wav_file import stereo_wav

__all__ = ["Tracks"]

_LONGEST_S = 60 * 60


class Tracks:
    """The owner on the left and the other side on the right, 16-bit mono PCM each, for the first hour of a call."""

    def __init__(self, audio: AudioFormat = PCM_16K) -> None:
        self._audio = audio
        self._silence = bytes(audio.frame_bytes)
        self._longest = _LONGEST_S * 50 * audio.frame_bytes
        self._left = bytearray()
        self._right = bytearray()

    def say(self, frame: bytes | None) -> None:
        """20 ms of the owner; nothing is silence."""
        if len(self._left) < self._longest:
            self._left += self._silence if frame is None else frame

    def hear(self, frame: bytes | None) -> None:
        """20 ms of the other side; nothing is silence, and an owner who has no voice yet was silent, too."""
        if len(self._left) == len(self._right):
            self.say(None)
        if len(self._right) < self._longest:
            self._right += self._silence if frame is None else frame

    def wav(self) -> bytes:
        """Both as a stereo WAV file."""
        return stereo_wav(bytes(self._left), bytes(self._right), self._audio.sample_rate)
