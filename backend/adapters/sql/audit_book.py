"""What was done, for the auditors."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import Audit
from backend.domain.audit import AGENT, EVERYTHING, AuditEntry, AuditQuery, KeptEntry

__all__ = ["SqlAuditBook"]

_LENGTHS = {"target": 256, "line": 64, "before": 64, "after": 64, "outcome": 64, "note": 128, "actor": 256}


class SqlAuditBook:
    """``AuditBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, entry: AuditEntry, *, once: str = "") -> None:
        """Keep an entry; under the name ``once`` it is kept only the first time."""
        values = {name: getattr(entry, name)[:most] for name, most in _LENGTHS.items()} | {
            "at": entry.at,
            "call_id": entry.call_id,
            "action": entry.action[:128],
            "detail": self._database.seal("audit", entry.call_id).json("detail", dict(entry.detail)),
            "entry": once or None,
        }
        insert = insert_postgresql if self._database.engine.dialect.name == "postgresql" else insert_sqlite
        async with self._database.session() as session:
            await session.execute(insert(Audit).values(values).on_conflict_do_nothing(index_elements=["entry"]))

    async def list(self, query: AuditQuery = EVERYTHING, *, limit: int = 50, before: int = 0) -> Sequence[KeptEntry]:
        """Entries, the newest first."""
        wanted = _conditions(query)
        if before:
            wanted.append(Audit.id < before)
        async with self._database.reading() as session:
            rows = await session.scalars(select(Audit).where(*wanted).order_by(Audit.id.desc()).limit(limit))
            return [self._kept(row) for row in rows]

    def _kept(self, row: Audit) -> KeptEntry:
        entry = AuditEntry(
            at=utc(row.at),
            actor=row.actor,
            action=row.action,
            target=row.target,
            line=row.line,
            before=row.before,
            after=row.after,
            outcome=row.outcome,
            note=row.note,
            call_id=row.call_id,
            detail=dict(self._database.seal("audit", row.call_id).json_of("detail", row.detail or {})),
        )
        return KeptEntry(row.id, entry)


def _conditions(query: AuditQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    for column, value in ((Audit.actor, query.actor), (Audit.target, query.target), (Audit.call_id, query.call_id)):
        if value:
            wanted.append(column == value)
    if query.action:
        wanted.append(or_(Audit.action == query.action, Audit.action.startswith(f"{query.action}.", autoescape=True)))
    if query.since is not None:
        wanted.append(Audit.at >= query.since)
    if query.until is not None:
        wanted.append(Audit.at < query.until)
    if query.people is not None:
        wanted.append(Audit.actor != AGENT if query.people else Audit.actor == AGENT)
    return wanted
