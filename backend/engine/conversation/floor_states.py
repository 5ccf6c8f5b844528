"""The states of the floor, what may happen in each, and what follows from it.

``listening``    nobody's turn is under way; the caller is next
``considering``  an answer is thought of already, and can still be thrown away: the caller may go on
``answering``    the caller has finished, or the agent speaks of its own accord: what is said will be heard
``leaving``      a goodbye or a transfer is under way, and nobody speaks
``parting``      ... and the last words are said, or a tool is still at work
``over``         the conversation has ended; what was under way is tidied up
"""

import logging
from collections.abc import Callable, Mapping
from typing import Literal

from backend.errors import IllegalTransition

__all__ = ["TRANSITIONS", "FloorEvent", "FloorState", "FloorStates"]

log = logging.getLogger(__name__)

FloorState = Literal["listening", "considering", "answering", "leaving", "parting", "over"]

FloorEvent = Literal[
    "consider",  # a turn begins on words that may change
    "speak",  # a turn of the agent's own accord begins
    "confirm",  # the caller has finished
    "settle",  # the turn is over, and counts
    "drop",  # the turn is thrown away
    "leave",  # a goodbye or a transfer begins
    "stay",  # it came to nothing, and the conversation goes on
    "close",  # the conversation has ended
]

TRANSITIONS: Mapping[FloorState, Mapping[FloorEvent, FloorState]] = {
    "listening": {"consider": "considering", "speak": "answering", "leave": "leaving", "close": "over"},
    "considering": {"confirm": "answering", "drop": "listening", "leave": "parting", "close": "over"},
    "answering": {"settle": "listening", "drop": "listening", "leave": "parting", "close": "over"},
    "leaving": {"speak": "parting", "stay": "listening", "close": "over"},
    "parting": {"settle": "leaving", "drop": "leaving", "close": "over"},
    "over": {"settle": "over", "drop": "over"},
}

_MEANT: Mapping[FloorEvent, FloorState] = {
    "consider": "considering",
    "speak": "answering",
    "confirm": "answering",
    "settle": "listening",
    "drop": "listening",
    "leave": "leaving",
    "stay": "listening",
    "close": "over",
}
"""Where an event leads that came out of order: a caller is not hung up on because we have lost count."""


class FloorStates:
    """Keeps to the table.

    Args:
        on_illegal: told of each event that may not happen where it did.
    """

    strict = False
    """Raise where something happens that may not; tests do, callers are spared."""

    def __init__(self, on_illegal: Callable[[], None]) -> None:
        self._on_illegal = on_illegal
        self.now: FloorState = "listening"

    def move(self, event: FloorEvent) -> None:
        """Something happens.

        Raises:
            IllegalTransition: it may not happen now; only where ``strict`` is set.
        """
        before, after = self.now, TRANSITIONS[self.now].get(event)
        if after is None:
            self._on_illegal()
            log.error(
                "a conversation changed state in an unexpected order",
                extra={"event": "floor.out_of_order", "state": before, "moved_by": event},
            )
            if self.strict:
                raise IllegalTransition(f"{event!r} may not happen while the floor is {before!r}")
            after = "over" if before == "over" else _MEANT[event]
        self.now = after
