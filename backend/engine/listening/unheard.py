"""Speech that nothing was recognized of: heard here, on the spot, whatever the recognition service says or does not."""

from collections.abc import Callable

from backend.domain.audio import FRAME_MS
from backend.engine.listening.voice_activity import VoiceActivity

__all__ = ["Unheard"]

_OWED_MS = 1600
"""From the end of a voice, which is noticed 160 ms late. A final is there after 650 ms, a slow one after a second."""

_LOST_MS = 4200
"""An answer that is not there by then is not waited for. Before that a slow service may still have understood it."""

_LEAST_MS = 300
"""Less than this is a click or a cough; the shortest "yes" is longer."""

_MOST = 2
"""So often in a row a caller is told that they were not heard; after that they go to a person."""


class Unheard:
    """Watches over one caller.

    Args:
        activity: the caller's voice activity; ``None`` where there is none, then nothing is noticed.
        on_late: told when a voice has ended and the service owes an answer. False: it is not waited for any more.
        on_unheard: told when there is no answer to be had.
    """

    def __init__(
        self, activity: VoiceActivity | None, on_late: Callable[[], bool], on_unheard: Callable[[], None]
    ) -> None:
        self._activity = activity
        self._on_late = on_late
        self._on_unheard = on_unheard
        self._late = False
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
        self._late = False

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
        if self._quiet_ms < _OWED_MS:
            return
        if self._speech_ms < _LEAST_MS:
            self._speech_ms = -1
        elif self._quiet_ms >= _LOST_MS:
            self._speech_ms = -1
            self._on_unheard()
        elif not self._late:
            self._late = self._on_late()
            self._speech_ms = self._speech_ms if self._late else -1

    def moved(self) -> None:
        """Some of it was recognized; its end is still owed."""
        self._quiet_ms = 0
        self._late = False
        self.times = 0

    def answered(self, *, understood: bool) -> None:
        """The service has said its last word on it."""
        self._speech_ms = -1
        if understood:
            self.times = 0
