"""Joins what is written for good: the tables, and where it waits while they are away."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from backend.adapters.files.spool import FileSpool
from backend.adapters.redis.shelf import RedisShelf
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.boot.databases import open_redis
from backend.engine.desk.kept_cases import KeptCases
from backend.engine.desk.kept_records import KeptCallbacks, KeptRecords
from backend.engine.desk.outbox import Outbox
from backend.ports import Cipher, Shelf
from config import Settings

__all__ = ["SETTLE_S", "KeptParts", "kept_parts", "of_database"]

SETTLE_S = 5.0
"""Whoever asks for everything of a caller waits so long for what has yet to be written."""


@dataclass(frozen=True, slots=True)
class KeptParts:
    """Books of one worker whose writing outlives an outage."""

    outbox: Outbox
    records: KeptRecords
    cases: KeptCases
    callbacks: KeptCallbacks
    written_cases: SqlCaseBook
    """Cases as they stand in the database, for operators."""


@asynccontextmanager
async def kept_parts(settings: Settings, database: Database, worker: str, cipher: Cipher) -> AsyncGenerator[KeptParts]:
    """The books, and their outbox at work; closed at the end, when nobody writes any more."""
    async with AsyncExitStack() as stack:
        records, cases = SqlCallRecords(database, worker), SqlCaseBook(database)
        callbacks = SqlCallbackBook(database)
        owner = f"{of_database(settings.connections.database_url.get_secret_value())}.{worker}"
        shelves = await _shelves(settings, owner, cipher, stack)
        outbox = Outbox(SqlEntryWriter(records, cases, callbacks, SqlAuditBook(database)), worker, shelves)
        stack.push_async_callback(outbox.close)
        await outbox.start()
        yield KeptParts(
            outbox, KeptRecords(records, outbox), KeptCases(cases, outbox), KeptCallbacks(callbacks, outbox), cases
        )


def of_database(url: str) -> str:
    """A short name of the database, the same for all workers: what was meant for one is not written into another."""
    parsed = make_url(url)
    place = f"{parsed.host}:{parsed.port}/{parsed.database}"
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        place = str(Path(parsed.database).resolve())
    return hashlib.sha256(place.encode()).hexdigest()[:12]


async def _shelves(settings: Settings, owner: str, cipher: Cipher, stack: AsyncExitStack) -> list[Shelf]:
    connections = settings.connections
    shelves: list[Shelf] = []
    redis = await open_redis(connections, stack)
    if redis is not None:
        shelves.append(RedisShelf(redis, owner, cipher))
    if connections.spool_megabytes:
        shelves.append(FileSpool(connections.spool_dir, owner, cipher, connections.spool_megabytes))
    return shelves
