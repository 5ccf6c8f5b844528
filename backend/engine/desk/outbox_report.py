"""How an outbox is, for operators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.ports import HealthPart

__all__ = ["OutboxReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxReport:
    """What waits, where, and what has become of what was to be written."""

    waiting: int
    alone: int
    """Of those that wait: in the memory of this process only."""
    lying: Mapping[str, int]
    """How many lie on each shelf."""
    left: bool
    """Is there something of workers that are gone, too?"""
    away: bool
    """Is the database away, also at a second try?"""
    away_s: float
    """How long the database has been away; 0 while it is there."""
    written_late: int
    refused: int
    dropped: int

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {
            "waiting": self.waiting,
            "in_memory_only": self.alone,
            **{f"on_{name}": count for name, count in self.lying.items()},
            "written_late": self.written_late,
            "refused": self.refused,
            "dropped": self.dropped,
        }

    def health(self) -> HealthPart:
        """The same as a part of this worker's health."""
        said = [self._now_waiting()] if self.away or self.left else []
        if self.dropped or self.refused:
            lost = f"Entries dropped: {self.dropped}, refused: {self.refused}; look for `outbox` in the log"
            said.append(f"{lost}.")
        return HealthPart("outbox", "degraded" if said else "ok", " ".join(said), self.stats())

    def _now_waiting(self) -> str:
        here = f"{self.alone} of them live in this process only: do not restart it"
        safe = here if self.alone else "all outlive this process"
        if not self.away:
            return f"Entries that are still to be written: {self.waiting} ({safe})."
        return f"The database has been away for {self.away_s:.0f} s; entries that wait: {self.waiting} ({safe})."
