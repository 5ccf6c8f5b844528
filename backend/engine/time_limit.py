"""The longest time of a call: a minute before its end the caller is told, and at the end not cut off in a word."""

import asyncio
from typing import Protocol

from backend.domain.line import TimeLimitSpec

__all__ = ["Limited", "TimeLimit"]

_NOTICE_S = 60.0
_SHORTEST_NOTICED_S = 90.0
"""In a shorter call a notice would be the first thing that is said."""


class Limited(Protocol):
    """What has a limit."""

    def note(self, text: str) -> None:
        """Say this in front of the next answer, or soon."""
        ...

    def close_in_time(self, spec: TimeLimitSpec) -> None:
        """Bring it to its end at the next pause."""
        ...


class TimeLimit:
    """The timers of one call.

    Args:
        seconds: the longest time.
        spec: what is said.
        talk: what is limited.
    """

    def __init__(self, seconds: float, spec: TimeLimitSpec, talk: Limited) -> None:
        loop = asyncio.get_running_loop()
        self._timers = [loop.call_later(seconds, talk.close_in_time, spec)]
        if spec.notice and seconds >= _SHORTEST_NOTICED_S:
            self._timers.append(loop.call_later(seconds - _NOTICE_S, talk.note, spec.notice))

    def cancel(self) -> None:
        """It is over before."""
        for timer in self._timers:
            timer.cancel()
