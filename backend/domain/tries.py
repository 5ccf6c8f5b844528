"""Failed tries at who somebody is: against whom they count, how many are allowed, and a count in memory."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Counted", "CountedKind", "MemoryTries", "VerificationLimits"]

_MOST_KEPT = 100_000

CountedKind = Literal[
    "number", "record", "caller_hour", "caller_day", "calls_day", "placed_number", "placed_day", "told"
]
"""What is counted: failed verifications of a number or a record; calls of a caller, of a day, placed; refusals told."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody or something that tries count against: a caller's number, or a record of the book.

    Args:
        kind: which of the two.
        value: the number or the record's id.
        limit: tries within the window; the next one is not allowed.
    """

    kind: CountedKind
    value: str = field(repr=False)
    limit: int


@dataclass(frozen=True, slots=True)
class VerificationLimits:
    """Failed tries that are allowed, each within the ledger's window but ``per_call``, which is for one call."""

    per_call: int = 3
    per_number: int = 5
    per_record: int = 5


class MemoryTries:
    """``TryLedger`` of this process alone.

    Args:
        window_s: a try counts for so long.
        clock: seconds that only grow.
    """

    def __init__(self, window_s: float = 24 * 3600, clock: Callable[[], float] = time.monotonic) -> None:
        self._window_s = window_s
        self._clock = clock
        self._tries: OrderedDict[tuple[str, str], list[tuple[float, str]]] = OrderedDict()

    async def take(self, subjects: Sequence[Counted]) -> str | None:
        """Count one try against each, unless one of them has had its last."""
        if self._any_spent(subjects):
            return None
        ticket, now = secrets.token_hex(8), self._clock()
        for subject in subjects:
            self._tries.setdefault(_key(subject), []).append((now, ticket))
            self._tries.move_to_end(_key(subject))
        while len(self._tries) > _MOST_KEPT:
            self._tries.popitem(last=False)
        return ticket

    async def give_back(self, subjects: Sequence[Counted], ticket: str) -> None:
        """That try was none."""
        for subject in subjects:
            kept = [entry for entry in self._tries.get(_key(subject), []) if entry[1] != ticket]
            if kept:
                self._tries[_key(subject)] = kept
            else:
                self._tries.pop(_key(subject), None)

    async def forget(self, subject: Counted) -> None:
        """Forget all tries against one subject."""
        self._tries.pop(_key(subject), None)

    async def spent(self, subjects: Sequence[Counted]) -> bool:
        """Has any of them had its last try?"""
        return self._any_spent(subjects)

    def _any_spent(self, subjects: Sequence[Counted]) -> bool:
        since = self._clock() - self._window_s
        for subject in subjects:
            kept = [entry for entry in self._tries.get(_key(subject), []) if entry[0] > since]
            if kept:
                self._tries[_key(subject)] = kept
            else:
                self._tries.pop(_key(subject), None)
            if len(kept) >= subject.limit:
                return True
        return False


def _key(subject: Counted) -> tuple[str, str]:
    return subject.kind, subject.value
