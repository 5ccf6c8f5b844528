"""Claims: drafts that grow field by field, filed once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from backend.adapters.sql.database import Database
from backend.adapters.sql.search import call_is_over
from backend.adapters.sql.tables import Call, Claim
from backend.domain.claim_number import is_later_form, new_number
from backend.domain.records import ClaimNote, ClaimRecord
from backend.errors import ProviderRejected, ToolError, Unavailable

__all__ = ["SqlClaimBook", "claim_record"]

_TRIES = 5
_MOST_NOTES = 50


class SqlClaimBook:
    """``ClaimBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered so far, filed or not."""
        async with self._database.reading() as session:
            row = await session.get(Claim, call_id)
            return claim_record(row, self._database) if row else None

    async def save_fields(
        self, call_id: str, policy_id: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> ClaimRecord:
        """Merge fields into the draft. A filed claim is not changed."""
        seal = self._database.seal("claims", call_id)
        async with self._database.session() as session:
            row = await session.get(Claim, call_id, with_for_update=True)
            if row is None:
                row = Claim(call_id=call_id, policy_id=policy_id, status="draft", fields={}, updated_at=_now())
                row.verified, row.notes, row.earlier_calls = verified, [], []
                session.add(row)
            if row.status == "draft":
                if verified and not row.verified:
                    row.policy_id, row.verified = policy_id, True
                row.fields = seal.json("fields", {**seal.json_of("fields", row.fields), **fields})
                row.updated_at = _now()
            await session.flush()
            return claim_record(row, self._database)

    async def file(self, call_id: str, number: str = "") -> ClaimRecord:
        """File the call's draft, once; under ``number`` where that is free."""
        for attempt in range(_TRIES):
            try:
                return await self._file(call_id, (not attempt and number) or new_number(_now()))
            except ProviderRejected as error:
                if not isinstance(error.__cause__, IntegrityError):
                    raise
        raise Unavailable("store", "no free claim number was found")

    async def _file(self, call_id: str, number: str) -> ClaimRecord:
        now = _now()
        async with self._database.session() as session:
            # Whoever changes the status first files it; all others find it filed.
            statement = update(Claim).where(Claim.call_id == call_id, Claim.status == "draft")
            await session.execute(statement.values(status="filed", claim_id=number, filed_at=now, updated_at=now))
            row = await session.get(Claim, call_id, populate_existing=True)
            if row is None:
                raise ToolError("nothing has been recorded for this call")
            return claim_record(row, self._database)

    async def file_later(self, claim: ClaimRecord) -> None:
        """File a claim whose caller has been told its number while nothing could be written. Doing it again changes
        nothing; a claim that had been filed all the same keeps its number, unless nobody can know it."""
        told, seal = claim.claim_id or "", self._database.seal("claims", claim.call_id)
        async with self._database.session() as session:
            row = await session.get(Claim, claim.call_id, with_for_update=True)
            if row is None:
                row = Claim(call_id=claim.call_id, policy_id=claim.policy_id, fields={}, status="draft")
                row.verified, row.notes, row.earlier_calls = claim.verified, [], list(claim.earlier_calls)
                session.add(row)
            if row.status == "draft":
                row.policy_id, row.verified = claim.policy_id, claim.verified
                row.fields = seal.json("fields", {**seal.json_of("fields", row.fields), **claim.fields})
                row.status, row.claim_id = "filed", told
                row.filed_at, row.updated_at = claim.filed_at or _now(), claim.updated_at
            elif is_later_form(told, row.claim_id or ""):
                row.claim_id = told
            elif row.claim_id != told:
                self._note_number(row, told, claim)

    def _note_number(self, row: Claim, told: str, claim: ClaimRecord) -> None:
        """The caller knows another number, too: whoever looks at the claim is to know it."""
        seal = self._database.seal("claims", row.call_id)
        text, notes = f"The caller has also been told the number {told}.", seal.json_of("notes", row.notes)
        if all(note["text"] != text for note in notes):
            note = {"at": claim.updated_at.isoformat(), "call_id": claim.call_id, "text": text}
            row.notes = seal.json("notes", [*notes, note])

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        async with self._database.reading() as session:
            row = await session.scalar(select(Claim).where(Claim.claim_id == claim_id))
            return claim_record(row, self._database) if row else None

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first."""
        query = select(Claim).where(Claim.status == "filed").order_by(Claim.filed_at.desc()).limit(limit)
        if policy_id:
            query = query.where(Claim.policy_id == policy_id)
        async with self._database.reading() as session:
            return [claim_record(row, self._database) for row in await session.scalars(query)]

    async def broken_off(self, policy_id: str, since: datetime) -> ClaimRecord | None:
        """The newest draft of this policy whose call is over."""
        query = (
            select(Claim)
            .outerjoin(Call, Call.call_id == Claim.call_id)
            .where(
                Claim.policy_id == policy_id,
                Claim.status == "draft",
                Claim.verified,
                Claim.updated_at > since,
                call_is_over(),
            )
            .order_by(Claim.updated_at.desc())
            .limit(1)
        )
        async with self._database.reading() as session:
            row = await session.scalar(query)
            return claim_record(row, self._database) if row else None

    async def adopt(self, earlier_call: str, call_id: str) -> ClaimRecord | None:
        """Move the draft of an earlier call to this one, once."""
        async with self._database.session() as session:
            row = await session.get(Claim, earlier_call, with_for_update=True)
            if row is None or row.status != "draft" or await session.get(Claim, call_id) is not None:
                return None
            values = {"call_id": call_id, "earlier_calls": [*row.earlier_calls, earlier_call], "updated_at": _now()}
            before, after = self._database.seal("claims", earlier_call), self._database.seal("claims", call_id)
            sealed = {name: after.json(name, before.json_of(name, getattr(row, name))) for name in ("fields", "notes")}
            mine = update(Claim).where(Claim.call_id == earlier_call, Claim.status == "draft")
            await session.execute(mine.values(**values, **sealed), execution_options={"synchronize_session": False})
            session.expunge(row)
            moved = await session.get(Claim, call_id)
            return claim_record(moved, self._database) if moved else None

    async def discard(self, call_id: str) -> None:
        """Forget a draft."""
        async with self._database.session() as session:
            await session.execute(delete(Claim).where(Claim.call_id == call_id, Claim.status == "draft"))

    async def add_note(
        self, claim_id: str, call_id: str, text: str, *, at: datetime | None = None, entry: str = ""
    ) -> ClaimRecord | None:
        """Add to a filed claim; its fields stay as they were confirmed.

        Args:
            claim_id: the claim.
            call_id: the call in which it was said.
            text: what was said.
            at: when, if not now.
            entry: what it was written down as; a note of the same entry is not added again.
        """
        note = {"at": (at or _now()).isoformat(), "call_id": call_id, "text": text[:2000]}
        async with self._database.session() as session:
            row = await session.scalar(select(Claim).where(Claim.claim_id == claim_id).with_for_update())
            if row is None:
                return None
            seal = self._database.seal("claims", row.call_id)
            notes = seal.json_of("notes", row.notes)
            known = entry and any(kept.get("entry") == entry for kept in notes)
            if not known and len(notes) < _MOST_NOTES:
                row.notes = seal.json("notes", [*notes, note | ({"entry": entry} if entry else {})])
            await session.flush()
            return claim_record(row, self._database)


def claim_record(row: Claim, database: Database) -> ClaimRecord:
    """A row as what it means.

    Raises:
        SealBroken: it is sealed with another key.
    """
    seal = database.seal("claims", row.call_id)
    return ClaimRecord(
        call_id=row.call_id,
        policy_id=row.policy_id,
        status="filed" if row.status == "filed" else "draft",
        fields=dict(seal.json_of("fields", row.fields)),
        updated_at=_aware(row.updated_at),
        claim_id=row.claim_id,
        filed_at=_aware(row.filed_at) if row.filed_at else None,
        verified=row.verified,
        notes=tuple(_note(note) for note in seal.json_of("notes", row.notes)),
        earlier_calls=tuple(row.earlier_calls),
    )


def _note(note: Mapping[str, str]) -> ClaimNote:
    return ClaimNote(datetime.fromisoformat(note["at"]), note["call_id"], note["text"])


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)
