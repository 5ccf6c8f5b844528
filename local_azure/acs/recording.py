"""Recordings that the application asked for, kept in memory for the control routes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from backend.domain.audio import AudioFormat
from local_azure.wav_file import stereo_wav

__all__ = ["Recording", "RecordingState"]

RecordingState = Literal["active", "inactive"]

_LIMIT_MS = 15 * 60 * 1000


@dataclass(slots=True)
class Recording:
    """One recording: callers left, agent right."""

    audio: AudioFormat
    callback_url: str = ""
    state: RecordingState = "active"
    recording_id: str = field(default_factory=lambda: uuid4().hex)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    stopped: bool = False
    _left: bytearray = field(default_factory=bytearray, repr=False)
    _right: bytearray = field(default_factory=bytearray, repr=False)

    def add(self, caller: bytes | None, agent: bytes | None) -> None:
        """20 ms of both sides; ``None`` is silence. Nothing is kept while paused or beyond 15 minutes."""
        if self.state != "active" or self.duration_ms > _LIMIT_MS:
            return
        silence = bytes(self.audio.frame_bytes)
        self._left += caller or silence
        self._right += agent or silence

    @property
    def duration_ms(self) -> float:
        """Length of what was kept."""
        return self.audio.duration_ms(len(self._left))

    def wav(self) -> bytes:
        """The recording as a stereo WAV file."""
        return stereo_wav(bytes(self._left), bytes(self._right), self.audio.sample_rate)
