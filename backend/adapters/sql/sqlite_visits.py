"""SQLite of the async driver, with one visit to the driver's thread for each statement.

The driver makes a visit of each step: make a cursor, execute, fetch, close it; and of the beginning and the end of a
transaction likewise. A visit costs more than most statements do: two threads wake each other. Here a statement begins
its transaction and is executed, read and closed in one visit; and nothing is rolled back where nothing is left open.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.util import await_

__all__ = ["VisitingConnection"]

_T = TypeVar("_T")


class _VisitingCursor(AsyncAdapt_aiosqlite_cursor):
    """What a statement came to, all of which was fetched in its visit."""

    __slots__ = ("_lastrowid", "_ours", "_rowcount", "_told")

    def __init__(self, connection: "VisitingConnection") -> None:
        self._adapt_connection = self._ours = connection
        self._cursor = cast(Any, None)  # which the base class takes for one that is closed
        self._rows = deque()
        self._soft_closed_memoized = {}
        self._told: Any = None
        self._rowcount = -1
        self._lastrowid: Any = None

    @property
    def description(self) -> Any:
        """The columns, or none."""
        return self._told

    @property
    def rowcount(self) -> int:
        """Rows that were changed; -1 where none can be."""
        return self._rowcount

    @property
    def lastrowid(self) -> Any:
        """The row that was inserted last."""
        return self._lastrowid

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """So many more of the rows; one where no number is named."""
        return super().fetchmany(1 if size is None else size)

    async def _async_soft_close(self) -> None:
        """It is closed already."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._play(lambda database: database.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._play(lambda database: database.executemany(operation, seq_of_parameters))

    async def _play(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        def visit(database: sqlite3.Connection) -> Any:
            cursor = execute(database)
            try:
                told = cursor.description
                return told, cursor.fetchall() if told else (), cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        self._told, rows, self._rowcount, self._lastrowid = await self._ours.visit(visit)
        self._rows = deque(rows)


class _StreamingCursor(AsyncAdapt_aiosqlite_ss_cursor):
    """What a statement comes to, fetched as it is asked for. Its transaction is begun in a visit before its own."""

    __slots__ = ("_ours",)

    def __init__(self, connection: "VisitingConnection") -> None:
        super().__init__(connection)
        self._ours = connection

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._ours.visit(lambda _: None)
        return await super()._execute_async(operation, parameters)


class VisitingConnection(AsyncAdapt_aiosqlite_connection):
    """One connection, in place of the one that SQLAlchemy has made of the same driver's.

    Args:
        made: that one.
    """

    __slots__ = ("_beginning", "_settled")

    _cursor_cls: ClassVar[Any] = _VisitingCursor
    _ss_cursor_cls: ClassVar[Any] = _StreamingCursor

    def __init__(self, made: AsyncAdapt_aiosqlite_connection) -> None:
        super().__init__(made.dbapi, made._connection)
        self._beginning = ""
        self._settled = True
        """Nobody has gone away during a visit: what is told of the connection here is so in its thread, too."""

    def prepare(self, statements: Sequence[str]) -> None:
        """Do these in one visit, outside of a transaction.

        Raises:
            sqlite3.Error: one of them fails.
        """

        def visit(database: sqlite3.Connection) -> None:
            database.isolation_level = None  # the driver begins nothing by itself; begin() does
            for statement in statements:
                database.execute(statement).close()

        self._wait_for(visit)

    def begin(self, statement: str) -> None:
        """Have the next statement begin a transaction with this one, in the same visit."""
        self._beginning = statement

    def commit(self) -> None:
        """End a transaction, if one was begun."""
        if self._beginning:
            self._beginning = ""
        else:
            super().commit()

    def rollback(self) -> None:
        """Undo what was begun. Where nothing is open the thread is left alone."""
        self._beginning = ""
        database = self._connection._connection
        if database is not None and not (self._settled and not database.in_transaction):
            super().rollback()
            self._settled = True

    async def visit(self, what: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do something in the driver's thread, in a transaction that is begun where one is to be."""
        database, beginning = self._connection._conn, self._beginning

        def begun() -> _T:
            if beginning:
                database.execute(beginning).close()
            return what(database)

        self._beginning = ""
        try:
            return await self._connection._execute(begun)
        except asyncio.CancelledError:
            self._settled = False
            raise

    def _wait_for(self, what: Callable[[sqlite3.Connection], None]) -> None:
        try:
            await_(self.visit(what))
        except Exception as error:
            self._handle_exception(error)
