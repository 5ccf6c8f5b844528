"""A whole database as one file, and back: the same file for SQLite and PostgreSQL.

The file is gzipped lines of JSON: what it is, then for each table its name and columns and a line for each row, at last
how many rows there were and the checksum of everything before. Cells are as they stand: what is sealed stays sealed.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DateTime, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy import table as named
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend import __version__
from backend.adapters.sql.database import READS, Database, migrations, upgrade_to
from backend.adapters.sql.noting import note_there
from backend.adapters.sql.reason import reason
from backend.adapters.sql.tables import Worker
from backend.domain.audit import AuditEntry
from backend.errors import ConfigError, Unavailable

__all__ = ["Backup", "Contents", "contents", "read_backup", "restore", "write_backup"]

_FORMAT = 1
_LEFT_OUT = frozenset({"alembic_version", "workers"})
_PAGE = 500
_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one row, unpacked. A file that goes on without a line's end is packed so tightly only to fill the memory."""
_ALIVE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file says of itself."""

    path: Path
    made_at: str
    version: str
    """Of the server that wrote it."""
    revision: str
    """Of its tables."""
    keys: tuple[str, ...]
    """Names of the keys that personal data in it is sealed with; the keys themselves are not in it."""
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds now."""

    rows: dict[str, int]
    alive: tuple[str, ...]
    """Server processes that work with it at this moment."""


async def write_backup(database: Database, path: Path) -> Backup:
    """Write everything as it stands at one moment; servers may go on meanwhile.

    Raises:
        Unavailable: the database does not answer, or cannot be read.
        OSError: the file cannot be written. What was there before stays.
    """
    try:
        async with _snapshot(database) as connection:
            tables = await connection.run_sync(_tables)
            revision = await connection.run_sync(_revision)
            keys = tuple(await _keys(connection, tables))
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            head = {
                "ringmaster": "backup", "format": _FORMAT, "version": __version__, "revision": revision,
                "made_at": made_at, "keys": keys,
            }  # fmt: skip
            with _whole(path) as file:
                written = _Written(file)
                written.line(head)
                rows = {table.name: await _write_table(connection, table, written) for table in tables}
                written.end(rows)
    except SQLAlchemyError as error:
        raise Unavailable("database", f"the database cannot be read: {reason(error)}") from error
    return Backup(path, made_at, __version__, revision, keys, rows)


def read_backup(path: Path) -> Backup:
    """What a file says of itself, once all of it has been read and is as it was written.

    Raises:
        ConfigError: it is no backup, is damaged, or not whole.
        OSError: it cannot be read.
    """
    rows: dict[str, int] = {}
    with _told_apart(path):
        lines = _checked(path)
        head: dict[str, Any] = next(lines, {})
        if head.get("ringmaster") != "backup" or head.get("format") != _FORMAT:
            raise ConfigError(f"{path}: is not a Ringmaster backup that this version can read")
        table = ""
        for line in lines:
            if isinstance(line, dict):
                table = str(line["table"])
                rows[table] = 0
            else:
                rows[table] += 1
        return Backup(
            path, str(head["made_at"]), str(head["version"]), str(head["revision"]), tuple(head["keys"]), rows
        )


async def contents(database: Database) -> Contents:
    """What a database holds, without changing it.

    Raises:
        Unavailable: it does not answer.
    """
    try:
        async with _snapshot(database) as connection:
            names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
            rows = {
                name: (await connection.execute(select(func.count()).select_from(named(name)))).scalar_one()
                for name in sorted(names)
                if name not in _LEFT_OUT
            }
            alive: list[str] = []
            if Worker.__tablename__ in names:
                found = await connection.execute(select(Worker.name, Worker.seen_at))
                alive = [name for name, seen in found if _utc(seen) > datetime.now(UTC) - _ALIVE]
    except SQLAlchemyError as error:
        raise Unavailable("database", f"the database cannot be read: {reason(error)}") from error
    return Contents(rows, tuple(alive))


async def restore(database: Database, backup: Backup, entry: AuditEntry | None = None) -> None:
    """Put what a file holds in the place of everything in a database: all of it, or nothing changes.

    Args:
        database: what is replaced.
        backup: the file, as it was read.
        entry: what the audit is told of it, in the database that there is then.

    Raises:
        ConfigError: the file is of a later version of this server, or has been changed since it was read.
        Unavailable: the database does not answer, or cannot be written.
    """
    known = {script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()}
    if backup.revision not in known:
        raise ConfigError(f"{backup.path}: was made by version {backup.version}, which is newer than this one")
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(_drop_everything)
            await connection.run_sync(upgrade_to, backup.revision)
            tables = {table.name: table for table in await connection.run_sync(_tables)}
            with _told_apart(backup.path):
                await _fill(connection, tables, backup.path)
            await connection.run_sync(upgrade_to, "head")
            await connection.run_sync(_count_on)
            if entry is not None:
                await note_there(connection, entry)
    except SQLAlchemyError as error:
        raise Unavailable("database", f"nothing was changed; the database failed: {reason(error)}") from error


# -- writing ------------------------------------------------------------------------------


class _Written:
    """Lines of a file, and the checksum of all that were written."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._sum = hashlib.sha256()

    def line(self, value: Any) -> None:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._sum.update(body)
        self._file.write(body)

    def end(self, rows: dict[str, int]) -> None:
        self._file.write(json.dumps({"end": rows, "sha256": self._sum.hexdigest()}).encode() + b"\n")


@contextmanager
def _whole(path: Path) -> Generator[gzip.GzipFile]:
    """A file that appears when it is whole, for this user alone."""
    beside = path.with_name(path.name + ".part")
    beside.unlink(missing_ok=True)  # of a run that was killed, or of somebody else, who would read along
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="") as file:
            yield file
            file.close()
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


async def _write_table(connection: AsyncConnection, table: Table, written: _Written) -> int:
    written.line({"table": table.name, "columns": [column.name for column in table.columns]})
    count = 0
    found = await connection.stream(select(table).order_by(*table.primary_key.columns))
    async for page in found.partitions(_PAGE):
        for row in page:
            written.line([_utc(value).isoformat() if isinstance(value, datetime) else value for value in row])
            count += 1
    return count


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncGenerator[AsyncConnection]:
    """A connection that sees one moment: SQLite's readers always do, log included; PostgreSQL's when they say so."""
    async with database.engine.connect() as connection:
        postgresql = connection.dialect.name == "postgresql"
        options = {"isolation_level": "REPEATABLE READ"} if postgresql else {READS: True}
        yield await connection.execution_options(**options)


async def _keys(connection: AsyncConnection, tables: Sequence[Table]) -> Sequence[str]:
    for table in tables:
        if table.name == "data_keys":
            return list(await connection.scalars(select(table.c.key_id).order_by(table.c.key_id)))
    return ()


# -- reading ------------------------------------------------------------------------------


def _checked(path: Path) -> Iterator[Any]:
    """The lines of a file but the last, which is what they are held against."""
    checksum, before = hashlib.sha256(), b""
    with gzip.open(path, "rb") as file:
        while line := file.readline(_LONGEST_LINE):
            if before:
                checksum.update(before)
                yield json.loads(before)
            before = line
    end = json.loads(before)
    if end["sha256"] != checksum.hexdigest():
        raise ValueError("checksum")


@contextmanager
def _told_apart(path: Path) -> Generator[None]:
    """Whatever is wrong with a file is one fault to whoever restores it."""
    try:
        yield
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        EOFError,
        zlib.error,
        gzip.BadGzipFile,
    ) as error:
        raise ConfigError(f"{path}: is not a Ringmaster backup, or is damaged; nothing was changed") from error


async def _fill(connection: AsyncConnection, tables: dict[str, Table], path: Path) -> None:
    table: Table | None = None
    columns: list[str] = []
    page: list[dict[str, Any]] = []

    async def flush() -> None:
        if table is not None and page:
            await connection.execute(insert(table), page)
        page.clear()

    for number, line in enumerate(_checked(path)):
        if number == 0:
            continue
        if isinstance(line, dict):
            await flush()
            table, columns = tables[line["table"]], line["columns"]
            continue
        if table is None:
            raise ValueError("a row before its table")
        page.append({name: _value(table, name, value) for name, value in zip(columns, line, strict=True)})
        if len(page) >= _PAGE:
            await flush()
    await flush()


def _value(table: Table, name: str, value: Any) -> Any:
    if value is not None and isinstance(table.c[name].type, DateTime):
        return datetime.fromisoformat(value)
    return value


def _utc(moment: datetime) -> datetime:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


# -- tables -------------------------------------------------------------------------------


def _tables(connection: Connection) -> list[Table]:
    """Our tables as they are in this database, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in _LEFT_OUT]


def _revision(connection: Connection) -> str:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise ConfigError("DATABASE_URL: there is nothing to back up: this database has no tables")
    return revision


def _drop_everything(connection: Connection) -> None:
    for view in inspect(connection).get_view_names():
        connection.execute(text(f"DROP VIEW {view}"))
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS calls_under_both_names()"))  # left over by its table


def _count_on(connection: Connection) -> None:
    """PostgreSQL numbers rows by itself; it goes on behind those that were put there."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables(connection):
        for column in inspect(connection).get_columns(table.name):
            if column.get("autoincrement") and "nextval" in str(column.get("default") or ""):
                name = column["name"]
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{name}'), "  # noqa: S608
                        f"coalesce((SELECT max({name}) FROM {table.name}), 0) + 1, false)"
                    )
                )
