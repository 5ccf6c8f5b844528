"""Which keys a database is sealed with, so that a server with a wrong key does not start."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete, select

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import DataKeyUse
from backend.errors import ConfigError

__all__ = ["forget_keys", "require_keys", "use_key"]


async def require_keys(database: Database) -> None:
    """Can everything in this database be opened?

    Raises:
        ConfigError: it is sealed with a key that is not set, naming both; keys themselves are never shown.
        Unavailable: the database does not answer.
    """
    cipher = database.cipher
    async with database.reading() as session:
        used = set(await session.scalars(select(DataKeyUse.key_id)))
    if missing := sorted(used - set(cipher.key_ids)):
        came = f"got the key {' and '.join(cipher.key_ids)}" if cipher.key_ids else "no key is set"
        raise ConfigError(
            f"DATA_KEY: expected the key {' and '.join(missing)}, which this database is encrypted with "
            f"(after a change of keys as one of DATA_KEYS_BEFORE); {came}"
        )


async def use_key(database: Database) -> None:
    """Note the key that this server seals with, before it seals anything.

    Raises:
        ConfigError: something here is sealed with a key that is not set.
        Unavailable: the database does not answer.
    """
    await require_keys(database)
    name = database.cipher.key_id
    if not name:
        return
    async with database.reading() as session:
        if await session.get(DataKeyUse, name) is not None:
            return
    async with database.session() as session:
        await session.merge(DataKeyUse(key_id=name, first_used_at=datetime.now(UTC)))


async def forget_keys(database: Database, but: str) -> Collection[str]:
    """Note that nothing here is sealed with any key but this one; gives the names of the others."""
    async with database.session() as session:
        others = list(await session.scalars(select(DataKeyUse.key_id).where(DataKeyUse.key_id != but)))
        await session.execute(delete(DataKeyUse).where(DataKeyUse.key_id != but))
    return others
