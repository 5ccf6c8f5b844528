"""Speech that nothing was recognised of: heard here, on the spot, whatever the recognition service says or does not."""

from collections.abc import Callable

from backend.domain.audio import FRAME_MS
from backend.engine.voice_activity import VoiceActivity

__all__ = ["Unheard"]

_OWED_MS = 1600
"""From the end of a voice, which is noticed 160 ms late. A final is there after 650 ms, a slow one after a second."""

_LEAST_MS = 300
"""Less than this is a click or a cough; the shortest "yes" is longer."""

_MOST = 2
"""So often in a row a caller is told that they were not heard; after that they go to a person."""


class Unheard:
    """Watches over one caller.

    Args:
        activity: the caller's voice activity; ``None`` where there is none, then nothing is noticed.
        on_unheard: told when a voice has ended and the service owes an answer.
    """

    def __init__(self, activity: VoiceActivity | None, on_unheard: Callable[[], None]) -> None:
        self._activity = activity
        self._on_unheard = on_unheard
        self._speech_ms = -1
        self._quiet_ms = 0
        self.times = 0
        """How often in a row, since the caller was last understood."""

    @property
    def in_vain(self) -> bool:
        """Has the caller been told so often that only a person can help?"""
        return self.times > _MOST

    def voice_began(self) -> None:
        """The caller begins to speak."""
        self._speech_ms = self._quiet_ms = 0

    def frame(self) -> None:
        """One more frame has been listened to."""
        activity = self._activity
        if activity is None or self._speech_ms < 0:
            return
        if activity.voice:
            self._speech_ms = max(self._speech_ms, activity.speech_ms - activity.silence_ms)
            self._quiet_ms = 0
            return
        self._quiet_ms += FRAME_MS
        if self._quiet_ms >= _OWED_MS:
            enough, self._speech_ms = self._speech_ms >= _LEAST_MS, -1
            if enough:
                self._on_unheard()

    def moved(self) -> None:
        """Some of it was recognised; its end is still owed."""
        self._quiet_ms = 0
        self.times = 0

    def answered(self, *, understood: bool) -> None:
        """The service has said its last word on it."""
        self._speech_ms = -1
        if understood:
            self.times = 0
