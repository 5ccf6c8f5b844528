"""Deletes what has been kept for as long as its line says."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.deletion import deleted, deleted_wishes, drop, empty
from backend.adapters.sql.recording_book import is_recorded
from backend.adapters.sql.tables import Audit, Call, Callback, CaseRow, RunResultRow, Turn
from backend.domain.audit import AGENT
from backend.domain.caller_data import Remains, Strays

__all__ = ["swept", "swept_strays"]

_ENDED = func.coalesce(Call.ended_at, Call.started_at)
_IS_OVER = Call.ended_at.is_not(None)


async def swept(session: AsyncSession, line: str, what: Remains, before: datetime, limit: int) -> int:
    """How much of a line was older than ``before``, ``limit`` at most; it is gone."""
    match what:
        case "words":
            return await _sweep_words(session, line, before, limit)
        case "calls":
            return await _sweep_calls(session, line, before, limit)
        case "callbacks":
            old = [Callback.line == line, Callback.requested_at < before]
            ids = await _some(session, Callback.call_id, old, limit)
            return await deleted_wishes(session, Callback.call_id.in_(ids))
        case "cases" | "drafts":
            return await _sweep_cases(session, line, before, limit, drafts=what == "drafts")


async def swept_strays(session: AsyncSession, what: Strays, before: datetime, limit: int) -> int:
    """Likewise what is of no call that is known, and so of no line."""
    if what == "calls":
        return await _sweep_stray_audit(session, before, limit)
    return await _sweep_cases(session, None, before, limit, drafts=what == "drafts")


async def _sweep_words(session: AsyncSession, line: str, before: datetime, limit: int) -> int:
    said = or_(Turn.caller_text != "", Turn.said != "", Turn.heard != "")
    spoken = exists().where(Turn.call_id == Call.call_id, said)
    told = or_(spoken, Call.detail != "")
    ids = await _some(session, Call.call_id, [Call.line == line, _IS_OVER, before > _ENDED, told], limit)
    nothing: dict[str, Any] = {"caller_text": "", "said": "", "heard": "", "moments": []}
    await session.execute(update(Turn).where(Turn.call_id.in_(ids)).values(**nothing))
    await session.execute(update(Call).where(Call.call_id.in_(ids)).values(detail=""))
    await session.execute(delete(RunResultRow).where(RunResultRow.call_id.in_(ids)))
    return len(ids)


async def _sweep_calls(session: AsyncSession, line: str, before: datetime, limit: int) -> int:
    """A call that a case was taken in stays as its frame, so that it is known what line the case is of; so does a test
    that a wish was said in, which would be taken for a real one."""
    taken = or_(exists().where(CaseRow.call_id == Call.call_id), _tried_wish())
    old = [Call.line == line, _IS_OVER, before > _ENDED, ~is_recorded()]  # a recording without its call is lost
    bare = and_(taken, Call.caller == "", Call.called == "", ~exists().where(Turn.call_id == Call.call_id))
    ids = await _some(session, Call.call_id, [*old, ~bare], limit)
    kept = set(await session.scalars(select(Call.call_id).where(Call.call_id.in_(ids), taken)))
    await empty(session, list(kept))
    await drop(session, [call_id for call_id in ids if call_id not in kept])
    return len(ids)


def _tried_wish() -> ColumnElement[bool]:
    return and_(Call.test, exists().where(Callback.call_id == Call.call_id))


async def _sweep_cases(session: AsyncSession, line: str | None, before: datetime, limit: int, *, drafts: bool) -> int:
    """Those of a line; without one those of which no call is known."""
    moment = CaseRow.updated_at if drafts else CaseRow.filed_at
    of_call = exists().where(Call.call_id == CaseRow.call_id)
    of_line = ~of_call if line is None else of_call.where(Call.line == line, _IS_OVER)
    old = [CaseRow.status == ("draft" if drafts else "filed"), moment < before]
    ids = await _some(session, CaseRow.call_id, [*old, of_line], limit)
    return await deleted(session, CaseRow, CaseRow.call_id.in_(ids), *old)  # a call may have cases of several forms


async def _sweep_stray_audit(session: AsyncSession, before: datetime, limit: int) -> int:
    """What people did is kept for good."""
    stray = [Audit.call_id != "", Audit.actor == AGENT, ~exists().where(Call.call_id == Audit.call_id)]
    ids = await _some(session, Audit.id, [*stray, Audit.at < before], limit)
    return await deleted(session, Audit, Audit.id.in_(ids))


async def _some(session: AsyncSession, key: Any, wanted: Sequence[ColumnElement[bool]], limit: int) -> Sequence[Any]:
    """A few of them, which no other worker is at."""
    return list(await session.scalars(select(key).where(*wanted).limit(limit).with_for_update(skip_locked=True)))
