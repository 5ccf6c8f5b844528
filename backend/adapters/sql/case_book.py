"""Cases: drafts that grow field by field, filed once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.database import Database
from backend.adapters.sql.deliveries import note_delivery
from backend.adapters.sql.sealed import CASES, RowSeal
from backend.adapters.sql.search import call_is_over
from backend.adapters.sql.tables import Call, CaseRow
from backend.domain.case import Case, CaseNote, Correction
from backend.domain.case_number import NumberPattern, is_later_form
from backend.errors import CaseConflict, ProviderRejected, ToolError, Unavailable

__all__ = ["SqlCaseBook", "case_of"]

_TRIES = 5
_MOST_NOTES = 50
_MOST_CORRECTIONS = 500


class SqlCaseBook:
    """``CaseBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, call_id: str, form: str) -> Case | None:
        """What this call has gathered so far, filed or not."""
        async with self._database.reading() as session:
            row = await session.get(CaseRow, (call_id, form))
            return case_of(row, self._database) if row else None

    async def save_fields(
        self, call_id: str, form: str, subject: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> Case:
        """Merge fields into the draft. A filed case is not changed."""
        seal = self._seal(call_id)
        async with self._database.session() as session:
            row = await _begun(session, call_id, form, subject, verified=verified)
            if row.status == "draft":
                if verified and not row.verified:
                    row.subject, row.verified = subject, True
                row.fields = seal.json("fields", {**seal.json_of("fields", row.fields), **fields})
                row.updated_at = _now()
            await session.flush()
            return case_of(row, self._database)

    async def file(self, call_id: str, form: str, numbers: NumberPattern, number: str = "") -> Case:
        """File the call's draft, once; under ``number`` where that is free."""
        for attempt in range(_TRIES):
            try:
                return await self._file(call_id, form, (not attempt and number) or numbers.new(_now()))
            except ProviderRejected as error:
                if not isinstance(error.__cause__, IntegrityError):
                    raise
        raise Unavailable("database", "no free number was found for a case")

    async def _file(self, call_id: str, form: str, number: str) -> Case:
        now = _now()
        async with self._database.session() as session:
            # Whoever changes the status first files it; all others find it filed.
            statement = update(CaseRow).where(*_of(call_id, form), CaseRow.status == "draft")
            await session.execute(statement.values(status="filed", number=number, filed_at=now, updated_at=now))
            await note_delivery(session, "filed", call_id, form, "")
            row = await session.get(CaseRow, (call_id, form), populate_existing=True)
            if row is None:
                raise ToolError("nothing has been recorded for this call")
            return case_of(row, self._database)

    async def file_later(self, case: Case) -> None:
        """File a case whose caller has been told its number while nothing could be written. Doing it again changes
        nothing; a case that had been filed all the same keeps its number, unless nobody can know it."""
        told, seal = case.number or "", self._seal(case.call_id)
        async with self._database.session() as session:
            row = await _begun(session, case.call_id, case.form, case.subject, verified=case.verified)
            if row.status == "draft":
                row.subject, row.verified = case.subject, case.verified
                row.earlier_calls = row.earlier_calls or list(case.earlier_calls)
                row.fields = seal.json("fields", {**seal.json_of("fields", row.fields), **case.fields})
                row.status, row.number = "filed", told
                row.filed_at, row.updated_at = case.filed_at or _now(), case.updated_at
                await note_delivery(session, "filed", case.call_id, case.form, "")
            elif is_later_form(told, row.number or ""):
                row.number = told
            elif row.number != told:
                self._note_number(row, told, case)

    def _note_number(self, row: CaseRow, told: str, case: Case) -> None:
        """The caller knows another number, too: whoever looks at the case is to know it."""
        seal = self._seal(row.call_id)
        text, notes = f"The caller has also been told the number {told}.", seal.json_of("notes", row.notes)
        if all(note["text"] != text for note in notes):
            note = {"at": case.updated_at.isoformat(), "call_id": case.call_id, "text": text}
            row.notes = seal.json("notes", [*notes, note])

    async def get(self, number: str) -> Case | None:
        """One filed case."""
        async with self._database.reading() as session:
            row = await session.scalar(select(CaseRow).where(CaseRow.number == number))
            return case_of(row, self._database) if row else None

    async def list(self, *, limit: int = 50, form: str | None = None, subject: str | None = None) -> Sequence[Case]:
        """Filed cases, the newest first."""
        query = select(CaseRow).where(CaseRow.status == "filed").order_by(CaseRow.filed_at.desc()).limit(limit)
        if form:
            query = query.where(CaseRow.form == form)
        if subject:
            query = query.where(CaseRow.subject == subject)
        async with self._database.reading() as session:
            return [case_of(row, self._database) for row in await session.scalars(query)]

    async def broken_off(self, form: str, subject: str, since: datetime) -> Case | None:
        """The newest draft about this subject whose call is over."""
        wanted = (CaseRow.form == form, CaseRow.subject == subject, CaseRow.status == "draft", CaseRow.verified)
        query = (
            select(CaseRow)
            .outerjoin(Call, Call.call_id == CaseRow.call_id)
            .where(*wanted, CaseRow.updated_at > since, call_is_over())
            .order_by(CaseRow.updated_at.desc())
            .limit(1)
        )
        async with self._database.reading() as session:
            row = await session.scalar(query)
            return case_of(row, self._database) if row else None

    async def adopt(self, earlier_call: str, call_id: str, form: str) -> Case | None:
        """Move the draft of an earlier call to this one, once."""
        async with self._database.session() as session:
            row = await session.get(CaseRow, (earlier_call, form), with_for_update=True)
            if row is None or row.status != "draft" or await session.get(CaseRow, (call_id, form)) is not None:
                return None
            values = {"call_id": call_id, "earlier_calls": [*row.earlier_calls, earlier_call], "updated_at": _now()}
            before, after = self._seal(earlier_call), self._seal(call_id)
            sealed = {name: after.json(name, before.json_of(name, getattr(row, name))) for name in ("fields", "notes")}
            mine = update(CaseRow).where(*_of(earlier_call, form), CaseRow.status == "draft")
            await session.execute(mine.values(**values, **sealed), execution_options={"synchronize_session": False})
            session.expunge(row)
            moved = await session.get(CaseRow, (call_id, form))
            return case_of(moved, self._database) if moved else None

    async def discard(self, call_id: str, form: str) -> None:
        """Forget a draft."""
        async with self._database.session() as session:
            await session.execute(delete(CaseRow).where(*_of(call_id, form), CaseRow.status == "draft"))

    async def add_note(
        self, number: str, call_id: str, text: str, *, at: datetime | None = None, entry: str = ""
    ) -> Case | None:
        """Add to a filed case; its fields stay as they were confirmed.

        Args:
            number: the case.
            call_id: the call in which it was said.
            text: what was said.
            at: when, if not now.
            entry: what it was written down as; a note of the same entry is not added again.
        """
        note = {"at": (at or _now()).isoformat(), "call_id": call_id, "text": text[:2000]}
        async with self._database.session() as session:
            row = await session.scalar(select(CaseRow).where(CaseRow.number == number).with_for_update())
            if row is None:
                return None
            seal = self._seal(row.call_id)
            notes = seal.json_of("notes", row.notes)
            known = entry and any(kept.get("entry") == entry for kept in notes)
            if not known and len(notes) < _MOST_NOTES:
                row.notes = seal.json("notes", [*notes, note | ({"entry": entry} if entry else {})])
            await session.flush()
            return case_of(row, self._database)

    async def correct(self, number: str, revision: int, changes: Mapping[str, Any], who: str) -> Case | None:
        """Put fields of a filed case right, beside what the caller said."""
        async with self._database.session() as session:
            row = await session.scalar(select(CaseRow).where(CaseRow.number == number).with_for_update())
            if row is None:
                return None
            known = case_of(row, self._database)
            if known.revision != revision:
                raise CaseConflict("this case was corrected by somebody else since it was read: read it again")
            corrections = (*known.corrections, *known.differing(changes, who, _now()))
            if len(corrections) > _MOST_CORRECTIONS:
                raise CaseConflict(f"a case keeps {_MOST_CORRECTIONS} corrections at most")
            if len(corrections) > len(known.corrections):
                written = [_plain(one) for one in corrections]
                row.corrections = self._seal(row.call_id).json("corrections", written)
                row.revision = revision + 1
                await note_delivery(session, "corrected", row.call_id, row.form, str(row.revision))
            await session.flush()
            return case_of(row, self._database)

    def _seal(self, call_id: str) -> RowSeal:
        return self._database.seal(CASES, call_id)


def case_of(row: CaseRow, database: Database) -> Case:
    """A row as what it means.

    Raises:
        SealBroken: it is sealed with another key.
    """
    seal = database.seal(CASES, row.call_id)
    return Case(
        call_id=row.call_id,
        form=row.form,
        subject=row.subject,
        status="filed" if row.status == "filed" else "draft",
        fields=dict(seal.json_of("fields", row.fields)),
        updated_at=_aware(row.updated_at),
        number=row.number,
        filed_at=_aware(row.filed_at) if row.filed_at else None,
        verified=row.verified,
        notes=tuple(_note(note) for note in seal.json_of("notes", row.notes)),
        earlier_calls=tuple(row.earlier_calls),
        corrections=tuple(_correction(one) for one in seal.json_of("corrections", row.corrections or [])),
        revision=row.revision or 0,
    )


async def _begun(session: AsyncSession, call_id: str, form: str, subject: str, *, verified: bool) -> CaseRow:
    """The call's case, locked; a new draft where it has none."""
    row = await session.get(CaseRow, (call_id, form), with_for_update=True)
    if row is None:
        row = CaseRow(call_id=call_id, form=form, subject=subject, status="draft", fields={}, updated_at=_now())
        row.verified, row.notes, row.earlier_calls = verified, [], []
        row.corrections, row.revision = [], 0
        session.add(row)
    return row


def _of(call_id: str, form: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CaseRow.call_id == call_id, CaseRow.form == form


def _note(note: Mapping[str, str]) -> CaseNote:
    return CaseNote(datetime.fromisoformat(note["at"]), note["call_id"], note["text"])


def _plain(one: Correction) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "who": one.who, "name": one.name, "before": one.before, "after": one.after}


def _correction(one: Mapping[str, Any]) -> Correction:
    return Correction(datetime.fromisoformat(one["at"]), one["who"], one["name"], one["before"], one["after"])


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)
