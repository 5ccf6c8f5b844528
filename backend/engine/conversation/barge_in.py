"""The held voice: silenced at the caller's first sound, and let go on when no words come of it."""

import asyncio
from collections.abc import Callable

from backend.domain.floor_moment import FloorMoment
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.speaking.playout import Playout

__all__ = ["BargeIn"]

_TRANSCRIBED_MS = 350
"""Silence after which the partial of a word would be here: 150 to 300 ms behind, in chunks of 100."""
_LOOK_S = 0.04
_LONGEST_NOISE_MS = 2500


class BargeIn:
    """Holds the agent's voice for as long as words may still come of what the caller made.

    Args:
        activity: the caller's voice activity; ``None`` where there is none.
        confirm_s: time in which words are waited for after a sound that has ended, in seconds.
    """

    def __init__(
        self,
        playout: Playout,
        activity: VoiceActivity | None,
        confirm_s: float,
        on_moment: Callable[[FloorMoment], None],
    ) -> None:
        self._playout = playout
        self._activity = activity
        self._confirm_s = confirm_s
        self._on_moment = on_moment
        self._loop = asyncio.get_running_loop()
        self._noted = False
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        """The caller made a sound that may be the beginning of words."""
        if self._playout.playing:
            self._noted = True
            self._on_moment("held")
        self._playout.hold()
        self._since = self._loop.time()
        self._look_again()

    def decided(self) -> None:
        """Whether the voice goes on has been decided elsewhere: the turn was interrupted, or is over."""
        self._noted = False
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def go_on(self) -> None:
        """Not an interruption after all: the voice goes on from where it was heard."""
        if self._noted:
            self._on_moment("hold_unconfirmed")
        self.decided()
        self._playout.resume()

    def go_on_unless_spoken_to(self) -> None:
        """A transcript has nothing new; what the caller may be saying now is still to come."""
        activity = self._activity
        if self._playout.held and not (activity is not None and activity.speaking):
            self.go_on()

    def _look_again(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._loop.call_later(_LOOK_S, self._look)

    def _look(self) -> None:
        """Could words still come of it? Asked again and again; a word that comes later interrupts all the same."""
        if self._may_be_words:
            self._look_again()
        else:
            self.go_on()

    @property
    def _may_be_words(self) -> bool:
        activity = self._activity
        early = self._loop.time() - self._since < self._confirm_s
        if activity is None:
            return early
        if activity.speaking and activity.speech_ms < _LONGEST_NOISE_MS:
            return True
        return early and activity.silence_ms < _TRANSCRIBED_MS
