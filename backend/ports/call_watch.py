"""Looks on while calls go. Plain functions that neither wait nor raise: what cannot be shown is lost.

What they are given is what may be kept of a call: secrets and card numbers are taken out of it
(``backend.engine.call.discretion``). Words of callers are in it, so it never goes to a log or a span.
"""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.session import HistoryItem

__all__ = ["CallWatch"]


class CallWatch(Protocol):
    """Looks on while calls go."""

    def began(self, call: CallRecord) -> None:
        """A call was taken or placed here, or came here from another worker."""
        ...

    def answered(self, call: CallRecord, turn: int, items: Sequence[HistoryItem]) -> None:
        """The answer to a turn is complete, and on its way to the caller's ear.

        Args:
            call: whose turn it is.
            turn: its index in the call.
            items: the caller's words as they were understood, tools with arguments and results, hand-offs, and the
                agent's words as they are meant; in order.
        """
        ...

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """A turn is over: what of it was heard, and how long the caller waited."""
        ...

    def moved(self, call: CallRecord) -> None:
        """A call goes on at another worker."""
        ...

    def ended(self, call: CallRecord) -> None:
        """A call is over."""
        ...
