"""Versions of the agent store."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import defer

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Revision as Row
from backend.domain.revision import Revision

__all__ = ["SqlRevisions"]

_LONGEST_ACTOR = 64
_LONGEST_NOTE = 500


class SqlRevisions:
    """``Revisions`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, revision: Revision) -> None:
        """Keep a version; several workers may do so at once."""
        insert = insert_postgresql if self._database.engine.dialect.name == "postgresql" else insert_sqlite
        values = {
            "version": revision.version,
            "at": revision.at,
            "actor": revision.actor[:_LONGEST_ACTOR],
            "files": dict(revision.files),
            "draft": revision.draft,
        }
        async with self._database.session() as session:
            await session.execute(insert(Row).values(values).on_conflict_do_nothing(index_elements=["version"]))

    async def went_live(self, version: str, at: datetime, actor: str, note: str = "") -> None:
        """A draft becomes a version that was live; of others the last time is written down."""
        async with self._database.session() as session:
            row = await session.get(Row, version)
            if row is None:
                return
            if row.draft:
                row.draft, row.at, row.actor, row.note = False, at, actor[:_LONGEST_ACTOR], note[:_LONGEST_NOTE]
            row.last_at, row.last_actor, row.last_note = at, actor[:_LONGEST_ACTOR], note[:_LONGEST_NOTE]

    async def last_live(self) -> Revision | None:
        """The version that went live last, whole."""
        last = func.coalesce(Row.last_at, Row.at)
        query = select(Row).where(Row.draft.is_(False)).order_by(last.desc()).limit(1)
        async with self._database.reading() as session:
            row = await session.scalar(query)
            return None if row is None else _revision(row, dict(row.files))

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        async with self._database.reading() as session:
            row = await session.get(Row, version)
            return None if row is None else _revision(row, dict(row.files))

    async def last_text(self, *files: str) -> str | None:
        """What a file held last. The database takes it out of the version: a store may be large."""
        found = func.coalesce(*(Row.files[file].as_string() for file in files), None)
        last = func.coalesce(Row.last_at, Row.at)
        query = select(found).where(found.is_not(None)).order_by(Row.draft, last.desc()).limit(1)
        async with self._database.reading() as session:
            return await session.scalar(query)

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions that were live, the newest first, without their files."""
        were_live = select(Row).where(Row.draft.is_(False))
        query = were_live.options(defer(Row.files)).order_by(Row.at.desc()).limit(limit)
        async with self._database.reading() as session:
            return [_revision(row, {}) for row in await session.scalars(query)]


def _revision(row: Row, files: dict[str, str]) -> Revision:
    last = _utc(row.last_at) if row.last_at else None
    if last == _utc(row.at):
        last = None  # the first time is the last
    return Revision(
        version=row.version,
        at=_utc(row.at),
        actor=row.actor,
        files=files,
        draft=row.draft,
        last_at=last,
        last_actor=row.last_actor or "" if last else "",
        note=row.note or "",
        last_note=row.last_note or "" if last else "",
    )


def _utc(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
