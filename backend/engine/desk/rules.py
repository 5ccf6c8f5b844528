"""How many calls a worker takes, and for how long it lets them end."""

from dataclasses import dataclass

from backend.domain.call_marks import CallMarks

__all__ = ["DeskRules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRules:
    """Limits of one worker."""

    max_calls: int = 100
    drain_s: float = 600.0
    marks: CallMarks = CallMarks()
    """Which calls are tests."""
