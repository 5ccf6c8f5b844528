"""Versions of the agent store."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import defer

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Revision as Row
from backend.domain.revision import Revision

__all__ = ["SqlRevisions"]

_LONGEST_ACTOR = 64


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
        }
        async with self._database.session() as session:
            await session.execute(insert(Row).values(values).on_conflict_do_nothing(index_elements=["version"]))

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        async with self._database.reading() as session:
            row = await session.get(Row, version)
            return None if row is None else Revision(row.version, _utc(row.at), row.actor, dict(row.files))

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions, the newest first, without their files."""
        query = select(Row).options(defer(Row.files)).order_by(Row.at.desc()).limit(limit)
        async with self._database.reading() as session:
            return [Revision(row.version, _utc(row.at), row.actor) for row in await session.scalars(query)]


def _utc(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
