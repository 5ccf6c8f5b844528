"""Everything of a caller: shown, forgotten, or deleted when its time is over."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.calling_back import is_called_back
from backend.adapters.sql.calls_of_number import calls_of_number
from backend.adapters.sql.case_book import case_of
from backend.adapters.sql.database import Database
from backend.adapters.sql.in_parts import in_parts
from backend.adapters.sql.recording_book import is_recorded
from backend.adapters.sql.search import of_number
from backend.adapters.sql.tables import (
    Audit,
    Call,
    CallAgent,
    Callback,
    CallingBackRow,
    CallModel,
    CaseRow,
    Delivery,
    FaultRow,
    RunResultRow,
    Turn,
)
from backend.domain.audit import AuditEntry, AuditQuery
from backend.domain.call import CallRecord
from backend.domain.caller_data import CallerData, Forgotten, Remains
from backend.domain.case import Case
from backend.domain.search import CallQuery
from backend.errors import ExportTooLarge

__all__ = ["SqlCallerData"]

_ENTRIES = 1000
"""Of the audit, read at once."""
_ENDED = func.coalesce(Call.ended_at, Call.started_at)
_IS_OVER = Call.ended_at.is_not(None)


class SqlCallerData:
    """``CallerDataBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, number: str, *, most: int | None = None) -> CallerData:
        """Everything that is kept of a number."""
        records, cases, wishes = SqlCallRecords(self._database), list[Case](), dict[str, Callback]()
        async with self._database.reading() as session:
            theirs = await calls_of_number(session, self._database, number)
            ids = list(await session.scalars(select(Call.call_id).where(theirs)))
        if most is not None and len(ids) > most:
            raise ExportTooLarge(
                f"there are {len(ids)} calls of this number, and at most {most} are shown here: "
                "`ringmaster caller export` gives all of them"
            )
        calls, notes = [await records.get(call_id) for call_id in ids], list[Mapping[str, Any]]()
        for call_id in ids:
            notes += [_plain(asdict(entry)) async for entry in self._entries(call_id)]
        async with self._database.reading() as session:
            for part in (*in_parts(ids), list[str]()):  # wishes may name the number where no call does
                found = await session.scalars(select(Callback).where(self._wished(part, number)))
                wishes.update((wish.call_id, wish) for wish in found)
                cases += [case_of(row, self._database) for row in await session.scalars(_cases_of(part))]
        return CallerData(
            tuple(_plain(asdict(call)) for call in calls if call is not None),
            tuple(_plain(asdict(case)) for case in cases),
            tuple(self._wish(wish) for wish in wishes.values()),
            tuple(notes),
            datetime.now(UTC),
        )

    async def _entries(self, call_id: str) -> AsyncIterator[AuditEntry]:
        """All that the audit has of a call, the newest first."""
        audit, before = SqlAuditBook(self._database), 0
        while kept := await audit.list(AuditQuery(call_id=call_id), limit=_ENTRIES, before=before):
            for one in kept:
                yield one.entry
            before = kept[-1].id

    async def saying(self, words: str, query: CallQuery, *, span: int) -> Sequence[CallRecord]:
        """Of the newest ``span`` calls that fit, those in which all these words were said."""
        return await SqlCallRecords(self._database).saying(words, query, span=span)

    async def forget(self, number: str, *, cases: bool = False) -> Forgotten:
        """Delete everything of a number."""
        async with self._database.session() as session:
            theirs = await calls_of_number(session, self._database, number)
            over = select(Call.call_id).where(theirs, _IS_OVER).order_by(Call.call_id)
            found = list(await session.scalars(over.with_for_update()))  # a replay under way adds nothing meanwhile
            live = await session.scalar(select(func.count()).where(theirs, ~_IS_OVER)) or 0
            drafts = filed = wishes = gone = kept = 0
            for part in (*in_parts(found), list[str]()):  # wishes may name the number where no call does
                drafts += await _deleted(session, CaseRow, CaseRow.call_id.in_(part), CaseRow.status == "draft")
                filed += await _deleted(session, CaseRow, CaseRow.call_id.in_(part)) if cases else 0
                wishes += await _deleted_wishes(session, self._wished(part, number))
                await _deleted(session, Delivery, Delivery.call_id.in_(part))
                await _deleted(session, CallingBackRow, is_called_back(self._database.cipher, number, part))
                with_case = list(await session.scalars(select(CaseRow.call_id).where(CaseRow.call_id.in_(part))))
                without = list(set(part).difference(with_case))
                await _empty(session, with_case)
                await _drop(session, without)
                gone, kept = gone + len(without), kept + len(with_case)
        return Forgotten(gone, filed, drafts, wishes, kept, live, tuple(found))

    async def lines(self) -> Sequence[str]:
        """The lines that anything is kept of. One after the other is found by the index: calls are many, lines few."""
        async with self._database.reading() as session:
            found, last = set(await session.scalars(select(Callback.line).distinct())), ""
            while (line := await session.scalar(select(func.min(Call.line)).where(Call.line > last))) is not None:
                found.add(line)
                last = line
        return sorted(found)

    async def sweep(self, line: str, what: Remains, before: datetime, limit: int) -> int:
        """Delete what of a line is older than ``before``."""
        async with self._database.session() as session:
            match what:
                case "words":
                    return await _sweep_words(session, line, before, limit)
                case "calls":
                    return await _sweep_calls(session, line, before, limit)
                case "callbacks":
                    old = [Callback.line == line, Callback.requested_at < before]
                    ids = await _some(session, Callback.call_id, old, limit)
                    return await _deleted_wishes(session, Callback.call_id.in_(ids))
                case "cases" | "drafts":
                    return await _sweep_cases(session, line, before, limit, drafts=what == "drafts")

    def _wished(self, call_ids: Sequence[str], number: str) -> ColumnElement[bool]:
        theirs = of_number(Callback.number_key, Callback.number, self._database.cipher, number)
        return or_(Callback.call_id.in_(call_ids), theirs)

    def _wish(self, row: Callback) -> Mapping[str, Any]:
        seal = self._database.seal("callbacks", row.call_id)
        told = {name: seal.text_of(name, getattr(row, name)) for name in ("number", "name", "reason")}
        stands = {name: getattr(row, name) for name in ("requested_at", "subject", "state", "steps")}
        return _plain({"call_id": row.call_id, "line": row.line, **stands, **told})


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
    await _empty(session, list(kept))
    await _drop(session, [call_id for call_id in ids if call_id not in kept])
    return len(ids)


def _tried_wish() -> ColumnElement[bool]:
    return and_(Call.test, exists().where(Callback.call_id == Call.call_id))


async def _sweep_cases(session: AsyncSession, line: str, before: datetime, limit: int, *, drafts: bool) -> int:
    moment = CaseRow.updated_at if drafts else CaseRow.filed_at
    of_line = exists().where(Call.call_id == CaseRow.call_id, Call.line == line, _IS_OVER)
    old = [CaseRow.status == ("draft" if drafts else "filed"), moment < before]
    ids = await _some(session, CaseRow.call_id, [*old, of_line], limit)
    return await _deleted(session, CaseRow, CaseRow.call_id.in_(ids), *old)  # a call may have cases of several forms


async def _some(session: AsyncSession, key: Any, wanted: Sequence[ColumnElement[bool]], limit: int) -> Sequence[str]:
    """A few of them, which no other worker is at."""
    return list(await session.scalars(select(key).where(*wanted).limit(limit).with_for_update(skip_locked=True)))


async def _drop(session: AsyncSession, call_ids: Sequence[str]) -> None:
    """Calls, with everything that hangs on them."""
    for table in (Turn, RunResultRow, CallAgent, CallModel, CallingBackRow, FaultRow, Audit, Delivery, Call):
        await session.execute(delete(table).where(table.call_id.in_(call_ids)))


async def _empty(session: AsyncSession, call_ids: Sequence[str]) -> None:
    """Leave of calls only when they were, on which line, and what they took of what costs money."""
    for table in (Turn, RunResultRow, FaultRow, Audit):
        await session.execute(delete(table).where(table.call_id.in_(call_ids)))
    nobody = {"caller": "", "caller_key": None, "called": "", "detail": ""}
    await session.execute(update(Call).where(Call.call_id.in_(call_ids)).values(**nobody))


async def _deleted(session: AsyncSession, table: Any, *wanted: ColumnElement[bool]) -> int:
    done: Any = await session.execute(delete(table).where(*wanted))
    return int(done.rowcount)


async def _deleted_wishes(session: AsyncSession, wanted: ColumnElement[bool]) -> int:
    """With what is still to be told of them."""
    gone = list(await session.scalars(delete(Callback).where(wanted).returning(Callback.call_id)))
    await _deleted(session, Delivery, Delivery.event == "call_back", Delivery.call_id.in_(gone))
    return len(gone)


def _cases_of(call_ids: Sequence[str]) -> Any:
    return select(CaseRow).where(CaseRow.call_id.in_(call_ids)).order_by(CaseRow.updated_at)


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """With moments as they are written, and private texts as what they are."""
    return {name: _shown(one) for name, one in value.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    if isinstance(value, msgspec.Struct):
        return _shown(msgspec.to_builtins(value))
    return value
