"""Calls whose worker died before it could write down their end."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.call_use import keep_use, raised
from backend.adapters.sql.database import Database
from backend.adapters.sql.held_call import hold_call
from backend.adapters.sql.hours import recount
from backend.adapters.sql.tables import Call, CaseRow, Turn, Worker
from backend.domain.call import CallOutcome, CallRecord

__all__ = ["SqlOpenCalls"]

_MOST = 200
_FORGOTTEN = timedelta(days=1)


class SqlOpenCalls:
    """``OpenCalls`` on SQL. Moments are the database's own where it has a clock: those of machines differ."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = SqlCallRecords(database)
        self._postgres = database.engine.dialect.name == "postgresql"

    async def beat(self, worker: str) -> None:
        """This worker lives."""
        values = {"name": worker, "seen_at": self._now()}
        insert = insert_postgresql if self._postgres else insert_sqlite
        noted = insert(Worker).values(values)
        async with self._database.session() as session:
            await session.execute(noted.on_conflict_do_update(index_elements=["name"], set_={"seen_at": self._now()}))
            await session.execute(delete(Worker).where(Worker.seen_at < self._now() - _FORGOTTEN))

    async def leave(self, worker: str) -> None:
        """This worker goes."""
        async with self._database.session() as session:
            await session.execute(delete(Worker).where(Worker.name == worker))

    async def abandoned(self, silent: timedelta, nameless: timedelta) -> Sequence[CallRecord]:
        """Calls without an end that are nobody's, the oldest first."""
        gone = and_(Call.worker != "", or_(Worker.name.is_(None), Worker.seen_at < self._now() - silent))
        old = and_(Call.worker == "", Call.started_at < self._now() - nameless)
        found = (
            select(Call.call_id)
            .outerjoin(Worker, Worker.name == Call.worker)
            .where(Call.outcome.is_(None), or_(gone, old))
            .order_by(Call.started_at)
            .limit(_MOST)
        )
        async with self._database.reading() as session:
            ids = list(await session.scalars(found))
        return [call for call_id in ids if (call := await self._records.get(call_id)) is not None]

    async def close(self, call_id: str, detail: str, outcome: CallOutcome = "failed") -> bool:
        """Note that a call is over."""
        last_turn = select(func.max(Turn.started_at)).where(Turn.call_id == call_id).scalar_subquery()
        of_call = select(CaseRow.number).where(CaseRow.call_id == call_id, CaseRow.status == "filed")
        filed = of_call.order_by(CaseRow.filed_at.desc()).limit(1).scalar_subquery()
        mine: ColumnElement[bool] = and_(Call.call_id == call_id, Call.outcome.is_(None))
        values: dict[str, Any] = {
            "outcome": outcome,
            "detail": self._database.seal("calls", call_id).text("detail", detail),
            "ended_at": func.coalesce(last_turn, Call.started_at),
            "case_number": func.coalesce(Call.case_number, filed),
        }
        async with self._database.session() as session:
            await hold_call(session, call_id)
            closed = update(Call).where(mine).values(values).returning(Call.call_id)
            done = await session.execute(closed, execution_options={"synchronize_session": False})
            if done.first() is None:
                return False
            if (row := await session.get(Call, call_id)) is not None:
                turns = await session.scalars(select(Turn).where(Turn.call_id == call_id))
                if (use := raised(None, turns)) is not None:
                    await keep_use(session, row, use)
                await recount(session, row, Counter())
            return True

    def _now(self) -> Any:
        return func.now() if self._postgres else datetime.now(UTC)
