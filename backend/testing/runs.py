"""Runs in memory, and a player that plays what it was told."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import datetime

from backend.domain.store_run import RunJob, RunKind, RunResult, RunState, StoreRun
from backend.errors import RunRefused

__all__ = ["MemoryStoreRuns", "WrittenPlayer"]


class MemoryStoreRuns:
    """``StoreRuns`` in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, StoreRun] = {}
        self._unwanted: set[str] = set()

    async def begin(self, run: StoreRun) -> None:
        """A run begins."""
        self.kept[run.id] = replace(run, heard_at=run.started_at)

    async def heard(self, run_id: str, at: datetime, total: int | None = None) -> bool:
        """Its worker is still at it."""
        run = self.kept[run_id]
        self.kept[run_id] = replace(run, heard_at=at, total=run.total if total is None else total)
        return run_id in self._unwanted

    async def add(self, run_id: str, position: int, result: RunResult) -> None:
        """One conversation or call was played."""
        run = self.kept[run_id]
        assert position == len(run.results) + 1
        self.kept[run_id] = replace(run, results=(*run.results, result))

    async def end(self, run_id: str, state: RunState, at: datetime, detail: str = "") -> None:
        """It is over."""
        self.kept[run_id] = replace(self.kept[run_id], state=state, ended_at=at, detail=detail)

    async def stop(self, run_id: str) -> None:
        """Somebody wants it stopped."""
        self._unwanted.add(run_id)

    async def get(self, run_id: str) -> StoreRun | None:
        """One run with its results."""
        return self.kept.get(run_id)

    async def list(self, *, kind: RunKind | None = None, version: str = "", limit: int = 20) -> Sequence[StoreRun]:
        """Runs, the newest first, without their results."""
        found = [run for run in self.kept.values() if kind in {None, run.kind} and version in {"", run.version}]
        found.sort(key=lambda run: run.started_at, reverse=True)
        return [replace(run, results=()) for run in found[:limit]]

    async def forget(self, kind: RunKind, before: datetime) -> int:
        """Delete runs that began before a moment."""
        old = [run.id for run in self.kept.values() if run.kind == kind and run.started_at < before]
        for run_id in old:
            del self.kept[run_id]
        return len(old)


class WrittenPlayer:
    """``RunPlayer`` that gives what is written.

    Args:
        results: one after the other.
        fault: then it breaks, in these words.
        lasts: after the results it goes on until it is closed.
    """

    def __init__(self, results: Sequence[RunResult] = (), fault: str = "", *, lasts: bool = False) -> None:
        self.results, self.fault, self.lasts = results, fault, lasts
        self.jobs: list[RunJob] = []
        self.closed = 0

    async def play(self, job: RunJob) -> AsyncGenerator[int | RunResult, None]:
        """What is written."""
        self.jobs.append(job)
        try:
            yield len(self.results)
            for result in self.results:
                yield result
            if self.lasts:
                await asyncio.Event().wait()
            if self.fault:
                raise RunRefused(self.fault)
        finally:
            self.closed += 1
