"""The keys of the API."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import select

from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import ApiKey as Row
from backend.domain.api_key import ApiKey, KeyRights
from backend.domain.principal import Role
from backend.errors import KeyRefused

__all__ = ["SqlKeyBook"]

_LIVE_AT_ONCE = 2


class SqlKeyBook:
    """``KeyBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, key: ApiKey) -> None:
        """Keep a new key, unless two of its name are live."""
        async with self._database.session() as session:
            same = await session.scalars(select(Row).where(Row.name == key.name).with_for_update())
            if sum(_key(row).lives(datetime.now(UTC)) for row in same) >= _LIVE_AT_ONCE:
                raise KeyRefused(f"two valid keys with the name {key.name} exist already; revoke one of them first")
            session.add(
                Row(
                    id=key.id,
                    name=key.name,
                    roles=sorted(key.rights.roles),
                    lines=None if key.rights.lines is None else sorted(key.rights.lines),
                    destinations=list(key.rights.destinations),
                    salt=key.salt,
                    hash=key.hash,
                    created_at=key.created_at,
                    created_by=key.created_by,
                    ends_at=key.ends_at,
                )
            )

    async def list(self) -> Sequence[ApiKey]:
        """Every key, the newest first."""
        async with self._database.reading() as session:
            return [_key(row) for row in await session.scalars(select(Row).order_by(Row.created_at.desc(), Row.id))]

    async def end(self, key_id: str, at: datetime) -> ApiKey | None:
        """Let a key end then, unless it ends before."""
        async with self._database.session() as session:
            row = await session.get(Row, key_id)
            if row is None:
                return None
            if row.ends_at is None or utc(row.ends_at) > at:
                row.ends_at = at
            return _key(row)


def _key(row: Row) -> ApiKey:
    lines = None if row.lines is None else frozenset(row.lines)
    return ApiKey(
        id=row.id,
        name=row.name,
        rights=KeyRights(frozenset(cast(list[Role], row.roles)), lines, tuple(row.destinations)),
        salt=row.salt,
        hash=row.hash,
        created_at=utc(row.created_at),
        created_by=row.created_by,
        ends_at=None if row.ends_at is None else utc(row.ends_at),
    )
