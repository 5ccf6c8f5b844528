"""How the calls of a worker take turns: counts since it began, and how long callers waited for a turn to end."""

from collections import Counter, deque
from typing import Any, get_args

from backend.domain.call import TurnRecord
from backend.domain.floor_moment import FloorMoment

__all__ = ["FloorFigures"]

_KEPT = 1000


class FloorFigures:
    """Shared by all calls of a worker."""

    def __init__(self) -> None:
        self._moments: Counter[FloorMoment] = Counter()
        self._turns = 0
        self._endings: deque[float] = deque(maxlen=_KEPT)

    def note(self, moment: FloorMoment) -> None:
        """It happened once more."""
        self._moments[moment] += 1

    def turn(self, turn: TurnRecord) -> None:
        """A turn is over; those that answer nobody are not counted."""
        if not turn.caller_text:
            return
        self._turns += 1
        if turn.latencies.final_ms is not None:
            self._endings.append(turn.latencies.final_ms)

    def stats(self) -> dict[str, Any]:
        """Figures for /stats. ``end_of_turn`` is silence before a turn was taken as ended, of the last 1,000."""
        begun = self._moments["early_used"] + self._moments["early_wasted"]
        ordered = sorted(self._endings)
        last = len(ordered) - 1
        return {
            "turns": self._turns,
            **{moment: self._moments[moment] for moment in get_args(FloorMoment)},
            "early_waste": round(self._moments["early_wasted"] / begun, 3) if begun else 0.0,
            "end_of_turn": {
                "p50_ms": ordered[last // 2] if ordered else None,
                "p95_ms": ordered[round(last * 0.95)] if ordered else None,
            },
        }
