"""Deletes calls, and what hangs on them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.tables import (
    Audit,
    Call,
    CallAgent,
    Callback,
    CallingBackRow,
    CallModel,
    Delivery,
    FaultRow,
    RunResultRow,
    Turn,
)

__all__ = ["deleted", "deleted_wishes", "drop", "empty"]


async def drop(session: AsyncSession, call_ids: Sequence[str]) -> None:
    """Calls, with everything that hangs on them."""
    for table in (Turn, RunResultRow, CallAgent, CallModel, CallingBackRow, FaultRow, Audit, Delivery, Call):
        await session.execute(delete(table).where(table.call_id.in_(call_ids)))


async def empty(session: AsyncSession, call_ids: Sequence[str]) -> None:
    """Leave of calls only when they were, on which line, and what they took of what costs money."""
    for table in (Turn, RunResultRow, FaultRow, Audit):
        await session.execute(delete(table).where(table.call_id.in_(call_ids)))
    nobody = {"caller": "", "caller_key": None, "called": "", "detail": ""}
    await session.execute(update(Call).where(Call.call_id.in_(call_ids)).values(**nobody))


async def deleted(session: AsyncSession, table: Any, *wanted: ColumnElement[bool]) -> int:
    """How many rows of a table there were; they are gone."""
    done: Any = await session.execute(delete(table).where(*wanted))
    return int(done.rowcount)


async def deleted_wishes(session: AsyncSession, wanted: ColumnElement[bool]) -> int:
    """With what is still to be told of them."""
    gone = list(await session.scalars(delete(Callback).where(wanted).returning(Callback.call_id)))
    await deleted(session, Delivery, Delivery.event == "call_back", Delivery.call_id.in_(gone))
    return len(gone)
