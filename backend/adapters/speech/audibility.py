"""Is the caller making sound? Coarse and cheap: it steers sending and a watch-dog, never a conversation."""

from backend.domain.audio import FRAME_MS, AudioFormat

__all__ = ["Audibility", "Unanswered"]

_STRIDE = 7
"""One sample in seven is looked at: 4 us a frame. A prime, so that no test tone hides between the samples."""

_LEAST_PEAK = 500
"""Of 32,767; the noise of a quiet line stays below."""

_NEAR_ZERO = b"\x00\xff"
"""Upper bytes of samples from -256 to 255. To look for others takes a tenth of the time of a look at the samples."""

_ABOVE_NOISE = 3
_QUIET_NOISE = _LEAST_PEAK / _ABOVE_NOISE
"""Noise below this changes nothing."""
_NOISE_RISES = 0.001
_NOISE_FALLS = 0.1
"""Noise is followed slowly upwards (a minute of hum is noise, ten seconds of talk are not) and fast down."""


class Audibility:
    """Hears whether a frame stands out of the noise of the line."""

    def __init__(self, audio: AudioFormat) -> None:
        self._audio = audio
        self._frame_bytes = audio.frame_bytes
        self._noise = _QUIET_NOISE
        self.quiet_ms = 0.0
        """Time since the last audible frame, or since the first frame."""

    def hear(self, pcm: bytes) -> bool:
        """True when this frame is audible."""
        if pcm[1::2].translate(None, _NEAR_ZERO):
            peak = max(memoryview(pcm[: len(pcm) & ~1]).cast("h")[::_STRIDE], default=0)
            self._noise += (peak - self._noise) * (_NOISE_RISES if peak > self._noise else _NOISE_FALLS)
            if peak > max(_LEAST_PEAK, _ABOVE_NOISE * self._noise):
                self.quiet_ms = 0.0
                return True
        elif self._noise > _QUIET_NOISE:
            self._noise -= self._noise * _NOISE_FALLS
        self.quiet_ms += FRAME_MS if len(pcm) == self._frame_bytes else self._audio.duration_ms(len(pcm))
        return False

    def is_quiet(self, pcm: bytes) -> bool:
        """Is it a whole frame that is not audible whatever the noise of the line is?"""
        return not pcm[1::2].translate(None, _NEAR_ZERO) and len(pcm) == self._frame_bytes

    def pass_over(self, frames: int) -> None:
        """So many quiet frames came, one after the other."""
        self.quiet_ms += frames * FRAME_MS
        while frames and self._noise > _QUIET_NOISE:
            self._noise -= self._noise * _NOISE_FALLS
            frames -= 1


_LEAST_SPEECH_MS = 600
"""Less than this is a cough or a click, and no service owes an answer to it."""

_FORGET_S = 10.0


class Unanswered:
    """Speech that the service has said nothing about yet."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._last = 0.0
        self._heard_ms = 0.0

    @property
    def waiting(self) -> bool:
        """Is there any?"""
        return self._since is not None

    def heard(self, now: float, length_ms: float) -> None:
        """The caller was audible for ``length_ms``; ``now`` is the loop's time in seconds."""
        if self._since is None or now - self._last > _FORGET_S:
            self._since = now
            self._heard_ms = 0.0
        self._last = now
        self._heard_ms += length_ms

    def answered(self) -> None:
        """The service recognized something."""
        self._since = None

    def overdue_s(self, now: float) -> float:
        """How long speech has been waiting for an answer, in seconds; 0 when there is too little of it."""
        if self._since is None or self._heard_ms < _LEAST_SPEECH_MS:
            return 0.0
        return now - self._since
