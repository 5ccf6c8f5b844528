"""Joins what outlives a call: the database, the keys that seal it, and what is written for good."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import use_key
from backend.boot.ciphers import open_cipher, require_key
from backend.boot.databases import open_database
from backend.boot.kept_writes import KeptParts, kept_parts
from backend.ports import Cipher
from config import Settings

__all__ = ["DataParts", "data_parts"]


@dataclass(frozen=True, slots=True)
class DataParts:
    """A database that is open and has its tables, and the books on it."""

    database: Database
    cipher: Cipher
    kept: KeptParts


@asynccontextmanager
async def data_parts(settings: Settings, worker: str) -> AsyncGenerator[DataParts]:
    """Open them, and bring the tables up to date; closed at the end.

    Args:
        settings: everything that can be set.
        worker: name of this worker, unique among all.

    Raises:
        ConfigError: an address or a key cannot be used.
        Unavailable: the database does not answer.
    """
    async with AsyncExitStack() as stack:
        cipher = open_cipher(settings)
        require_key(settings, cipher)
        database = open_database(settings.connections, cipher)
        stack.push_async_callback(database.close)
        await database.migrate()
        await use_key(database)
        kept = await stack.enter_async_context(kept_parts(settings, database, worker, cipher))
        yield DataParts(database, cipher, kept)
