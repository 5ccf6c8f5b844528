"""Watches calls and turns. Never raises, never waits."""

from typing import Protocol

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.floor_moment import FloorMoment

__all__ = ["TurnTelemetry"]


class TurnTelemetry(Protocol):
    """Watches calls and turns. Never raises, never waits."""

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over."""
        ...

    def floor(self, call: CallRecord, moment: FloorMoment) -> None:
        """Somebody took the floor, or something was begun in vain."""
        ...

    def refused(self, line: str, why: str) -> None:
        """A ringing call was not taken: ``line`` is empty where no line has the number."""
        ...

    def call_ended(self, call: CallRecord) -> None:
        """A call is over."""
        ...

    def loop_lag(self, ms: float) -> None:
        """The event loop was this late, in milliseconds."""
        ...
