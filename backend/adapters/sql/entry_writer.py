"""Writes entries of an outbox into the tables. Each may come more than once."""

from datetime import datetime
from typing import Any

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.claim_book import SqlClaimBook
from backend.domain.entry import Entry, call_in, claim_in, turn_in, wish_in

__all__ = ["SqlEntryWriter"]


class SqlEntryWriter:
    """``EntryWriter`` on SQL."""

    def __init__(self, records: SqlCallRecords, claims: SqlClaimBook, callbacks: SqlCallbackBook) -> None:
        self._records = records
        self._claims = claims
        self._callbacks = callbacks

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
            case "callback":
                await self._callbacks.keep(wish_in(entry.body))
            case _:
                await self._claim(entry)

    async def _claim(self, entry: Entry) -> None:
        body = entry.body
        match entry.kind:
            case "claim.fields":
                await self._claims.save_fields(
                    entry.call_id, body["policy_id"], body["fields"], verified=body["verified"]
                )
            case "claim.filed":
                await self._claims.file_later(claim_in(body))
            case "claim.note":
                await self._claims.add_note(body["claim_id"], entry.call_id, body["text"], at=entry.at, entry=entry.id)
            case _:
                await self._claims.discard(entry.call_id)

    async def _audit(self, entry: Entry, *, actor: str, action: str, detail: dict[str, Any]) -> None:
        at: datetime = entry.at
        await self._records.audit(
            call_id=entry.call_id, actor=actor, action=action, detail=detail, at=at, entry=entry.id
        )
