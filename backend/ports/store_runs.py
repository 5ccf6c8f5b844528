"""Runs of rehearsals and replays, and what came of them (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.store_run import RunKind, RunResult, RunState, StoreRun

__all__ = ["StoreRuns"]


class StoreRuns(Protocol):
    """Runs of rehearsals and replays, and what came of them (SQL). Every method raises ``Unavailable``."""

    async def begin(self, run: StoreRun) -> None:
        """A run begins."""
        ...

    async def heard(self, run_id: str, at: datetime, total: int | None = None) -> bool:
        """Its worker is still at it. True when somebody wants it stopped."""
        ...

    async def add(self, run_id: str, position: int, result: RunResult) -> None:
        """One conversation or call was played."""
        ...

    async def end(self, run_id: str, state: RunState, at: datetime, detail: str = "") -> None:
        """It is over."""
        ...

    async def stop(self, run_id: str) -> None:
        """Somebody wants it stopped; the worker that has it hears of it when it next says that it goes on."""
        ...

    async def get(self, run_id: str) -> StoreRun | None:
        """One run with its results, in the order in which they came."""
        ...

    async def list(self, *, kind: RunKind | None = None, version: str = "", limit: int = 20) -> Sequence[StoreRun]:
        """Runs, the newest first, without their results."""
        ...

    async def forget(self, kind: RunKind, before: datetime) -> int:
        """Delete runs that began before a moment; gives how many."""
        ...
