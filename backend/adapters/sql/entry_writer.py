"""Writes entries of an outbox into the tables. Each may come more than once."""

from datetime import datetime
from typing import Any

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.domain.entry import Entry, audited_in, call_in, case_in, turn_in, wish_in

__all__ = ["SqlEntryWriter"]


class SqlEntryWriter:
    """``EntryWriter`` on SQL."""

    def __init__(
        self, records: SqlCallRecords, cases: SqlCaseBook, callbacks: SqlCallbackBook, audit: SqlAuditBook
    ) -> None:
        self._records = records
        self._cases = cases
        self._callbacks = callbacks
        self._people = audit

    async def write(self, entry: Entry) -> None:
        """Write one."""
        match entry.kind:
            case "call.started":
                await self._records.started(call_in(entry.body))
            case "call.turn":
                await self._records.turn(entry.call_id, turn_in(entry.body))
            case "call.ended":
                await self._records.ended(call_in(entry.body))
            case "audit":
                await self._audit(entry, **entry.body)
            case "audit.person":
                await self._people.note(audited_in(entry.body), once=entry.id)
            case "callback":
                await self._callbacks.keep(wish_in(entry.body))
            case _:
                await self._case(entry)

    async def _case(self, entry: Entry) -> None:
        body = entry.body
        match entry.kind:
            case "case.fields":
                await self._cases.save_fields(
                    entry.call_id, body["form"], body["subject"], body["fields"], verified=body["verified"]
                )
            case "case.filed":
                await self._cases.file_later(case_in(body))
            case "case.note":
                await self._cases.add_note(body["number"], entry.call_id, body["text"], at=entry.at, entry=entry.id)
            case _:
                await self._cases.discard(entry.call_id, body["form"])

    async def _audit(self, entry: Entry, *, actor: str, action: str, detail: dict[str, Any]) -> None:
        at: datetime = entry.at
        await self._records.audit(
            call_id=entry.call_id, actor=actor, action=action, detail=detail, at=at, entry=entry.id
        )
