"""What people have changed in the agent store and not put live."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import StoreDraft as Row
from backend.domain.store_draft import StoreDraft

__all__ = ["SqlDraftBook"]


class SqlDraftBook:
    """``DraftBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, owner: str) -> StoreDraft | None:
        """Somebody's draft, whole."""
        async with self._database.reading() as session:
            row = await session.get(Row, owner)
            return None if row is None else StoreDraft(row.owner, row.base, utc(row.at), dict(row.files))

    async def list(self) -> Sequence[StoreDraft]:
        """All of them, the one that was changed last first, without their texts."""
        async with self._database.reading() as session:
            rows = await session.scalars(select(Row).order_by(Row.at.desc(), Row.owner))
            return [StoreDraft(row.owner, row.base, utc(row.at), dict.fromkeys(row.files)) for row in rows]

    async def keep(self, draft: StoreDraft, over: str) -> bool:
        """Keep it where what it replaces is still there; the database compares, so that two workers cannot both win."""
        values = {"base": draft.base, "files": dict(draft.files), "stamp": draft.stamp, "at": draft.at}
        async with self._database.session() as session:
            if over:
                same = update(Row).where(Row.owner == draft.owner, Row.stamp == over).values(values)
                return (await session.execute(same.returning(Row.owner))).first() is not None
            insert = insert_postgresql if self._database.engine.dialect.name == "postgresql" else insert_sqlite
            new = insert(Row).values(owner=draft.owner, **values).on_conflict_do_nothing(index_elements=["owner"])
            return (await session.execute(new.returning(Row.owner))).first() is not None

    async def drop(self, owner: str, over: str) -> bool:
        """Take it away, if it still has this stamp."""
        gone = delete(Row).where(Row.owner == owner, Row.stamp == over).returning(Row.owner)
        async with self._database.session() as session:
            return (await session.execute(gone)).first() is not None
