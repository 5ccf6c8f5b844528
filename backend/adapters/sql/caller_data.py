"""Everything of a caller: shown, forgotten, or deleted when its time is over."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, or_, select

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.calling_back import is_called_back
from backend.adapters.sql.calls_of_number import calls_of_number
from backend.adapters.sql.case_book import case_of
from backend.adapters.sql.database import Database
from backend.adapters.sql.deletion import deleted, deleted_wishes, drop, empty
from backend.adapters.sql.in_parts import in_parts
from backend.adapters.sql.retention import swept, swept_strays
from backend.adapters.sql.search import of_number
from backend.adapters.sql.stray_cases import stray_cases_of
from backend.adapters.sql.tables import (
    Call,
    Callback,
    CallingBackRow,
    CaseRow,
    Delivery,
)
from backend.domain.audit import AuditEntry, AuditQuery
from backend.domain.call import CallRecord
from backend.domain.caller_data import CallerData, Forgotten, Remains, Strays
from backend.domain.case import Case
from backend.domain.search import CallQuery
from backend.errors import ExportTooLarge

__all__ = ["SqlCallerData"]

_ENTRIES = 1000
"""Of the audit, read at once."""
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
            strays = await stray_cases_of(session, self._database, number, ids)
        if most is not None and len(ids) > most:
            raise ExportTooLarge(
                f"there are {len(ids)} calls of this number, and at most {most} are shown here: "
                "`ringmaster caller export` gives all of them"
            )
        calls, notes = [await records.get(call_id) for call_id in ids], list[Mapping[str, Any]]()
        for call_id in (*ids, *strays):
            notes += [_plain(asdict(entry)) async for entry in self._entries(call_id)]
        async with self._database.reading() as session:
            for part in (*in_parts(ids), list[str]()):  # wishes may name the number where no call does
                found = await session.scalars(select(Callback).where(self._wished(part, number)))
                wishes.update((wish.call_id, wish) for wish in found)
            for part in in_parts([*ids, *strays]):
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
            strays = await stray_cases_of(session, self._database, number, found, over=True)
            live = await session.scalar(select(func.count()).where(theirs, ~_IS_OVER)) or 0
            drafts = filed = wishes = gone = kept = 0
            for part in (*in_parts([*found, *strays]), list[str]()):  # wishes may name the number where no call does
                drafts += await deleted(session, CaseRow, CaseRow.call_id.in_(part), CaseRow.status == "draft")
                filed += await deleted(session, CaseRow, CaseRow.call_id.in_(part)) if cases else 0
                wishes += await deleted_wishes(session, self._wished(part, number))
                await deleted(session, Delivery, Delivery.call_id.in_(part))
                await deleted(session, CallingBackRow, is_called_back(self._database.cipher, number, part))
                with_case = list(await session.scalars(select(CaseRow.call_id).where(CaseRow.call_id.in_(part))))
                without = list(set(part).difference(with_case))
                await empty(session, with_case)
                await drop(session, without)
                gone, kept = gone + len(set(without).difference(strays)), kept + len(with_case)
        return Forgotten(gone, filed, drafts, wishes, kept, live, (*found, *strays))

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
            return await swept(session, line, what, before, limit)

    async def sweep_strays(self, what: Strays, before: datetime, limit: int) -> int:
        """Delete what is older than ``before`` and of no call."""
        async with self._database.session() as session:
            return await swept_strays(session, what, before, limit)

    def _wished(self, call_ids: Sequence[str], number: str) -> ColumnElement[bool]:
        theirs = of_number(Callback.number_key, Callback.number, self._database.cipher, number)
        return or_(Callback.call_id.in_(call_ids), theirs)

    def _wish(self, row: Callback) -> Mapping[str, Any]:
        seal = self._database.seal("callbacks", row.call_id)
        told = {name: seal.text_of(name, getattr(row, name)) for name in ("number", "name", "reason")}
        stands = {name: getattr(row, name) for name in ("requested_at", "subject", "state", "steps")}
        return _plain({"call_id": row.call_id, "line": row.line, **stands, **told})


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
