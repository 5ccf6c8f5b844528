"""Runs of rehearsals and replays, and what came of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import Call, RunResultRow, RunRow, Turn
from backend.domain.store_run import RunKind, RunResult, RunState, StoreRun

__all__ = ["SqlStoreRuns"]

_RESULTS = "store_run_results"
_LONGEST_ACTOR = 256


class SqlStoreRuns:
    """``StoreRuns`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, run: StoreRun) -> None:
        """A run begins."""
        names = None if run.names is None else list(run.names)
        row = RunRow(
            id=run.id,
            kind=run.kind,
            version=run.version,
            model=run.model,
            names=names,
            actor=run.actor[:_LONGEST_ACTOR],
            state=run.state,
            detail=run.detail,
            total=run.total,
            started_at=run.started_at,
            heard_at=run.started_at,
        )
        async with self._database.session() as session:
            session.add(row)

    async def heard(self, run_id: str, at: datetime, total: int | None = None) -> bool:
        """Its worker is still at it. True when somebody wants it stopped."""
        values: dict[str, Any] = {"heard_at": at} | ({} if total is None else {"total": total})
        async with self._database.session() as session:
            await session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))
            return not await session.scalar(select(RunRow.wanted).where(RunRow.id == run_id))

    async def add(self, run_id: str, position: int, result: RunResult) -> None:
        """One conversation or call was played. Of one whose words have been deleted meanwhile nothing is kept."""
        seal = self._database.seal(_RESULTS, f"{run_id}/{position}")
        row = RunResultRow(
            run_id=run_id,
            position=position,
            name=result.name,
            line=result.line,
            passed=result.passed,
            call_id=result.call_id,
            told=seal.json("told", dict(result.told)),
        )
        async with self._database.session() as session:
            if not result.call_id or await _is_still_told(session, result.call_id):
                session.add(row)

    async def end(self, run_id: str, state: RunState, at: datetime, detail: str = "") -> None:
        """It is over."""
        values = {"state": state, "ended_at": at, "detail": detail}
        async with self._database.session() as session:
            await session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))

    async def stop(self, run_id: str) -> None:
        """Somebody wants it stopped."""
        async with self._database.session() as session:
            await session.execute(update(RunRow).where(RunRow.id == run_id).values(wanted=False))

    async def get(self, run_id: str) -> StoreRun | None:
        """One run with its results."""
        wanted = select(RunResultRow).where(RunResultRow.run_id == run_id).order_by(RunResultRow.position)
        async with self._database.reading() as session:
            row = await session.get(RunRow, run_id)
            if row is None:
                return None
            return _run(row, [self._result(one) for one in await session.scalars(wanted)])

    async def list(self, *, kind: RunKind | None = None, version: str = "", limit: int = 20) -> Sequence[StoreRun]:
        """Runs, the newest first, without their results."""
        query = select(RunRow).order_by(RunRow.started_at.desc(), RunRow.id).limit(limit)
        if kind is not None:
            query = query.where(RunRow.kind == kind)
        if version:
            query = query.where(RunRow.version == version)
        async with self._database.reading() as session:
            return [_run(row, ()) for row in await session.scalars(query)]

    async def forget(self, kind: RunKind, before: datetime) -> int:
        """Delete runs that began before a moment."""
        old = select(RunRow.id).where(RunRow.kind == kind, RunRow.started_at < before)
        async with self._database.session() as session:
            count = await session.scalar(select(func.count()).select_from(old.subquery())) or 0
            await session.execute(delete(RunResultRow).where(RunResultRow.run_id.in_(old)))
            await session.execute(delete(RunRow).where(RunRow.kind == kind, RunRow.started_at < before))
        return count

    def _result(self, row: RunResultRow) -> RunResult:
        told = self._database.seal(_RESULTS, f"{row.run_id}/{row.position}").json_of("told", row.told)
        return RunResult(name=row.name, line=row.line, passed=row.passed, told=told, call_id=row.call_id)


async def _is_still_told(session: AsyncSession, call_id: str) -> bool:
    """Is it still kept what was said in the call? Whoever deletes it waits for this session, or this one for them."""
    if await session.get(Call, call_id, with_for_update=True) is None:
        return False
    return bool(await session.scalar(select(exists().where(Turn.call_id == call_id, Turn.caller_text != ""))))


def _run(row: RunRow, results: Sequence[RunResult]) -> StoreRun:
    kinds: Any = {"kind": row.kind, "model": row.model, "state": row.state}
    return StoreRun(
        id=row.id,
        version=row.version,
        names=None if row.names is None else tuple(row.names),
        actor=row.actor,
        started_at=utc(row.started_at),
        detail=row.detail,
        ended_at=utc(row.ended_at) if row.ended_at else None,
        total=row.total,
        heard_at=utc(row.heard_at) if row.heard_at else None,
        results=results,
        **kinds,
    )
