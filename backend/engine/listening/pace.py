"""The caller's own pace: how long they pause in the middle of what they say."""

from dataclasses import dataclass

__all__ = ["Pace"]

_REMEMBERED = 6
"""Turns. Who hurries later in the call is not made to wait for what was at its beginning."""

_SHORTEST_MS, _LONGEST_MS = 1000.0, 2100.0
"""Shorter pauses are everybody's, and waited for anyway; after a longer one the caller has answered, or interrupted."""

_MARGIN = 1.2
_AFTER_ONE_MS = 1200.0
"""What one misjudged pause asks for at most: it may have been an interruption."""


@dataclass(frozen=True, slots=True)
class _Pause:
    turn: int
    lasted_ms: float
    mistaken: bool


class Pace:
    """Learns from pauses after which the caller went on.

    Two long pauses are a habit, and allowed for. One counts only when it was taken for the end, and not in full, so
    that one long thought does not make the whole call slow.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._pauses: list[_Pause] = []

    def new_turn(self) -> None:
        """What is said from now on belongs to another turn."""
        self._turn += 1
        self._pauses = [pause for pause in self._pauses if self._turn - pause.turn < _REMEMBERED]

    def went_on(self, pause_ms: float, *, mistaken: bool) -> None:
        """The caller paused for so long and said more. ``mistaken``: they had been taken to have finished."""
        if _SHORTEST_MS <= pause_ms <= _LONGEST_MS:
            self._pauses.append(_Pause(self._turn, pause_ms, mistaken))

    @property
    def patience_ms(self) -> float:
        """Silence that this caller should be allowed; 0 while nothing is known."""
        lasted = sorted((pause.lasted_ms for pause in self._pauses), reverse=True)
        habit = lasted[1] * _MARGIN if len(lasted) > 1 else 0.0
        mistaken = max((pause.lasted_ms for pause in self._pauses if pause.mistaken), default=0.0)
        return max(habit, min(mistaken * _MARGIN, _AFTER_ONE_MS))
