"""Recordings that the application asked for, kept in memory for the control routes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from backend.domain.audio import AudioFormat
from local_azure.wav_file import stereo_wav

__all__ = ["Recording", "RecordingState"]

RecordingState = Literal["active", "inactive"]

_LIMIT_MS = 15 * 60 * 1000
_UNEVEN_MS = 1000.0
"""Frames of a busy machine come late, and then many at once. What is missing beyond this does not come any more."""


@dataclass(slots=True)
class Recording:
    """One recording: callers left, agent right.

    Its clock is that of time, as the service's is: what a process that stood still has not carried is silent in it.
    """

    audio: AudioFormat
    callback_url: str = ""
    state: RecordingState = "active"
    recording_id: str = field(default_factory=lambda: uuid4().hex)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    stopped: bool = False
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    _went_on_s: float = 0.0
    _since: float | None = None
    _left: bytearray = field(default_factory=bytearray, repr=False)
    _right: bytearray = field(default_factory=bytearray, repr=False)

    def __post_init__(self) -> None:
        self._since = self.clock() if self.state == "active" else None

    def change(self, state: RecordingState) -> None:
        """Go on, or pause."""
        now = self.clock()
        if self._since is not None:
            self._went_on_s += now - self._since
            self._make_up(self._went_on_s * 1000)
        self.state, self._since = state, now if state == "active" else None

    def add(self, caller: bytes | None, agent: bytes | None) -> None:
        """20 ms of both sides; ``None`` is silence. Nothing is kept while paused or beyond 15 minutes."""
        if self._since is None or self.duration_ms > _LIMIT_MS:
            return
        silence = bytes(self.audio.frame_bytes)
        self._make_up((self._went_on_s + self.clock() - self._since) * 1000)
        self._left += caller or silence
        self._right += agent or silence

    @property
    def duration_ms(self) -> float:
        """Length of what was kept."""
        return self.audio.duration_ms(len(self._left))

    def _make_up(self, until_ms: float) -> None:
        """What is not here yet of a time that is over so long is lost: it is silent."""
        missing_ms = until_ms - self.duration_ms
        if missing_ms > _UNEVEN_MS:
            silence = bytes(int(missing_ms / 20) * self.audio.frame_bytes)
            self._left += silence
            self._right += silence

    def wav(self) -> bytes:
        """The recording as a stereo WAV file."""
        return stereo_wav(bytes(self._left), bytes(self._right), self.audio.sample_rate)
