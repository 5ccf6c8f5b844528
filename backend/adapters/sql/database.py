"""The database: its engine, its migrations, its failures in our tree."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, Executable, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from backend.adapters.sql.by_entra import signed_in
from backend.adapters.sql.reason import is_locked, reason
from backend.adapters.sql.sealed import RowSeal
from backend.adapters.sql.statement_thread import StatementThread
from backend.adapters.sql.storable import storable
from backend.domain.unsealed import Unsealed
from backend.errors import ConfigError, ProviderRejected, Unavailable
from backend.ports import Cipher, TokenSource

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["READS", "Database", "migrations", "newest", "upgrade_to"]

log = logging.getLogger(__name__)

_TURN_LIMIT_S = 10.0
_THEIR_OWN_FAULT = (DataError, IntegrityError, UnicodeError)
"""What no trying again mends: it is the fault of what was to be written."""
READS = "reads"
"""Execution option of transactions that only read."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON")
"""The last one has what is deleted or overwritten wiped out of the file, too."""
_SQLITE = {"timeout": 5}
"""Seconds for which another process may keep it locked."""
_POSTGRES_LIMITS = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5}
"""A server that has vanished without a word is noticed within seconds and not after the system's minutes."""
_LOCK = 7_241_993
"""PostgreSQL advisory lock under which one worker at a time migrates."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LIMIT_S = 60.0
"""So long may another worker move the rows of a file to new tables, before this one gives up its start."""


class Database:
    """One database.

    Args:
        url: ``sqlite+aiosqlite:///path`` or ``postgresql+psycopg://...``.
        cipher: what personal cells are sealed with; without one they are not.
        tokens: signs in to PostgreSQL as the role of the URL with these, in place of a password; closed with it.

    Raises:
        ConfigError: the URL cannot be used.
    """

    def __init__(self, url: str, cipher: Cipher | None = None, tokens: TokenSource | None = None) -> None:
        self.cipher: Cipher = cipher or Unsealed()
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
                _make_private(Path(parsed.database))
            self.engine = _engine(url) if tokens is None else _engine_by_entra(parsed, tokens)
            event.listen(self.engine.sync_engine, "before_cursor_execute", storable, retval=True)
        except (ArgumentError, ValueError, ImportError, SQLAlchemyError) as error:
            expected = "expected sqlite+aiosqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
            raise ConfigError(f"DATABASE_URL: {expected}; {type(error).__name__}") from error
        except OSError as error:
            folder = f" {error.filename}" if error.filename else ""
            raise ConfigError(f"DATABASE_URL: its folder{folder} cannot be created ({error.strerror})") from error
        self._tokens = tokens
        self._place = parsed.set(query={}).render_as_string(hide_password=True)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._reading = async_sessionmaker(self.engine.execution_options(**{READS: True}), expire_on_commit=False)
        # SQLite has one writer at a time. Those of this process take turns here: waiting inside SQLite is polling,
        # in no order, and with twenty calls somebody is never let in.
        self._turn = asyncio.Lock() if parsed.get_backend_name() == "sqlite" else None
        kept = self._turn is not None and parsed.database not in (None, "", ":memory:")
        self._statements = StatementThread(lambda: _plain_sqlite(parsed)) if kept else None

    async def migrate(self) -> None:
        """Bring the tables up to date; safe when several workers start at once.

        Raises:
            Unavailable: the database does not answer, or another process keeps it locked for a minute.
        """
        until = time.monotonic() + _MIGRATION_LIMIT_S
        while True:
            try:
                async with self.engine.begin() as connection:
                    if connection.dialect.name == "postgresql":
                        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                    return await connection.run_sync(upgrade_to)
            except (SQLAlchemyError, OSError) as error:
                if is_locked(error) and time.monotonic() < until:
                    # SQLite has waited for its busy timeout; another worker may be moving rows to new tables.
                    log.warning("the database is locked; waiting until it is free", extra={"event": "database.locked"})
                    continue
                fault = f"the database of DATABASE_URL cannot be used: {self._place}: {reason(error)}"
                raise Unavailable("database", fault) from error

    def seal(self, table: str, row: str) -> RowSeal:
        """What seals and opens the personal cells of one row."""
        return RowSeal(self.cipher, table, row)

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that may write, committed at the end.

        Raises:
            Unavailable: the database does not answer, is locked or full.
            ProviderRejected: what was to be written is none that it takes.
        """
        async with self._my_turn(), self._transaction(self._sessions) as session:
            yield session

    async def write(self, statement: Executable, values: Mapping[str, Any] | None = None) -> None:
        """Do one statement whose outcome nobody asks for, in a transaction of its own.

        Args:
            statement: best with places for values, since what is made once costs nothing more.
            values: what goes there, by column; none where it has all.

        Raises:
            Unavailable, ProviderRejected: as ``session`` does.
        """
        if self._statements is None:
            async with self.session() as session:
                await session.execute(statement, values)
            return
        async with self._my_turn():
            with self.told():
                await self._statements.execute(statement, values)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that only reads; it never waits for those that write.

        Raises:
            Unavailable: the database does not answer.
        """
        async with self._transaction(self._reading) as session:
            yield session

    @asynccontextmanager
    async def _my_turn(self) -> AsyncGenerator[None]:
        if self._turn is None:
            yield
            return
        try:
            async with asyncio.timeout(_TURN_LIMIT_S):
                await self._turn.acquire()
        except TimeoutError as error:
            raise Unavailable("database", f"the database was busy for {_TURN_LIMIT_S:.0f} s") from error
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _transaction(self, sessions: async_sessionmaker[AsyncSession]) -> AsyncGenerator[AsyncSession]:
        with self.told():
            async with sessions.begin() as session:
                yield session

    @contextmanager
    def told(self) -> Generator[None]:
        """What goes wrong inside is told by errors of our tree, as by ``session``; for what leads to a ``write``."""
        try:
            yield
        except _THEIR_OWN_FAULT as error:
            raise ProviderRejected("database", f"the database refused the statement: {reason(error)}") from error
        except (SQLAlchemyError, OSError) as error:
            raise Unavailable("database", f"the database {self._place} failed: {reason(error)}") from error

    async def ping(self) -> None:
        """Is it there? Raises ``Unavailable`` when not."""
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    async def takes(self) -> None:
        """Is it there, and does it keep what is written? On a full or read-only disk it answers reads as ever.

        Raises:
            Unavailable: it is not there, or keeps nothing.
        """
        async with self.session() as session:
            if self._turn is None:
                if await session.scalar(text("SHOW transaction_read_only")) == "on":
                    raise Unavailable("database", "the database is read-only")
            else:
                await session.execute(text("PRAGMA user_version = 0"))  # as it was: one page, which must find its place

    async def close(self) -> None:
        """Close all connections."""
        if self._statements is not None:
            await self._statements.close()
        await self.engine.dispose()
        if self._tokens is not None:
            await self._tokens.close()


_POOL: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10, "pool_timeout": 5}


def _engine_by_entra(url: URL, tokens: TokenSource) -> AsyncEngine:
    return create_async_engine(url, async_creator=signed_in(url, tokens), **_POOL)


def _make_private(path: Path) -> None:
    """Only this user may read what callers said. What SQLite makes beside the file has the file's mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # SQLite says better what is wrong with a file
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        path.chmod(0o600)


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        given = make_url(url).query
        limits = {name: value for name, value in _POSTGRES_LIMITS.items() if name not in given}
        return create_async_engine(url, connect_args=limits, **_POOL)
    engine = create_async_engine(url, connect_args=_SQLITE)
    _set_up_sqlite(engine.sync_engine)
    return engine


def _plain_sqlite(url: URL) -> Engine:
    """An engine for a thread, in which the driver may wait."""
    engine = create_engine(url.set(drivername="sqlite"), connect_args=_SQLITE)
    _set_up_sqlite(engine)
    event.listen(engine, "before_cursor_execute", storable, retval=True)
    return engine


def _set_up_sqlite(engine: Engine) -> None:
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; begin() does
        try:
            cursor = connection.cursor()
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except Exception:
            connection.close()  # nobody else does, and its thread would stay
            raise

    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes fails at once when another has written meanwhile, whatever
        # the busy timeout says (SQLITE_BUSY_SNAPSHOT); one that begins as a writer waits its turn.
        reads = connection.get_execution_options().get(READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)


def migrations() -> "Config":
    """Where the tables' versions are."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def newest() -> str:
    """The version that the tables have when they are up to date: each one's file is named for it, in their order."""
    return max(file.stem for file in (_MIGRATIONS / "versions").glob("v*.py")).removeprefix("v")


def upgrade_to(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a version, within the transaction of the connection."""
    if revision == "head" and _versions(connection) == [newest()]:
        return  # as at nearly every start, which goes without Alembic then: it takes a fifteenth of it to load
    from alembic import command

    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _versions(connection: Connection) -> list[str]:
    if not inspect(connection).has_table("alembic_version"):
        return []
    return [*connection.scalars(text("SELECT version_num FROM alembic_version"))]
