"""Sealing what a database holds already: of the time before there was a key, or under a key that is to go."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, tuple_

from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import forget_keys
from backend.adapters.sql.sealed import CASES, number_key
from backend.adapters.sql.tables import Audit, Base, Block, Call, Callback, CaseRow, RunResultRow, Turn
from backend.errors import ConfigError, Unavailable

__all__ = ["KINDS", "SealedTable", "Sealing"]

_BATCH = 200
"""Rows in one transaction: on SQLite a call that wants to write waits for it."""


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with personal cells."""

    table: type[Base]
    name: str
    key: tuple[str, ...]
    """Its primary key."""
    row: Callable[[Any], str]
    """What its cells are bound to."""
    texts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Cells that are JSON."""
    number: Callable[[Any], str] | None = None
    """The cell that a row is found by."""
    number_key: str = ""

    def column(self, name: str) -> Any:
        """One of its columns."""
        return getattr(self.table, name)

    def stale(self, key_id: str) -> ColumnElement[bool]:
        """Is a cell of this row not sealed with this key? An empty one needs no seal."""
        sealed = f"rm1.{key_id}.%"
        texts = [and_(self.column(name) != "", self.column(name).not_like(sealed)) for name in self.texts]
        documents = [self._stale_document(name, sealed) for name in self.documents]
        return or_(*texts, *documents)

    def _stale_document(self, name: str, sealed: str) -> ColumnElement[bool]:
        written = cast(self.column(name), Text)
        return and_(written.not_in(("{}", "[]", "null")), written.not_like(f'"{sealed}'))


KINDS: Sequence[SealedTable] = (
    SealedTable(
        Call,
        "calls",
        ("call_id",),
        lambda row: row.call_id,
        texts=("caller", "called", "detail"),
        number=lambda row: "called" if row.direction == "outbound" else "caller",
        number_key="caller_key",
    ),
    SealedTable(
        Turn,
        "turns",
        ("call_id", "number"),
        lambda row: f"{row.call_id}/{row.number}",
        texts=("caller_text", "said", "heard"),
        documents=("moments",),
    ),
    SealedTable(
        CaseRow, CASES, ("call_id", "form"), lambda row: row.call_id, documents=("fields", "notes", "corrections")
    ),
    SealedTable(
        Callback,
        "callbacks",
        ("call_id",),
        lambda row: row.call_id,
        texts=("number", "name", "reason"),
        number=lambda _: "number",
        number_key="number_key",
    ),
    SealedTable(Block, "blocks", ("id",), lambda row: row.id, texts=("number", "why")),
    SealedTable(Audit, "audit", ("id",), lambda row: row.call_id, documents=("detail",)),
    SealedTable(
        RunResultRow,
        "store_run_results",
        ("run_id", "position"),
        lambda row: f"{row.run_id}/{row.position}",
        documents=("told",),
    ),
)
"""Every table with personal cells. What no row of it names is not sealed."""


class Sealing:
    """Seals every personal cell anew with the key that is current, in small batches beside running servers.

    Nothing need be remembered between runs: a cell says what it is sealed with, so one that was killed goes on where it
    was, and one that is run again does nothing.

    Args:
        database: with the key to seal with, and those that may be met.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key_id = database.cipher.key_id

    async def left(self) -> int:
        """How many rows are still to be sealed.

        Raises:
            ConfigError: there is no key.
        """
        if not self._key_id:
            raise ConfigError(
                "DATA_KEY: expected a key to encrypt with (make one: openssl rand -base64 32); it is not set"
            )
        count = 0
        async with self._database.reading() as session:
            for kind in KINDS:
                query = select(func.count()).select_from(kind.table).where(kind.stale(self._key_id))
                count += await session.scalar(query) or 0
        return count

    async def run(self) -> AsyncGenerator[int]:
        """Seal; yields after each batch how many rows it had.

        Raises:
            SealBroken: a cell is of a key that is not set, or damaged. What was sealed before it stays so.
            Unavailable: the database does not answer.
        """
        for kind in KINDS:
            last: tuple[Any, ...] | None = None
            while True:
                count, last = await self._batch(kind, last)
                if not count:
                    break
                yield count

    async def finish(self) -> Sequence[str]:
        """Note that no other key is needed any more; gives those that were. Leaves no clear text in a file's gaps.

        Raises:
            Unavailable: somebody else wrote something with another key meanwhile: run it again.
        """
        if await self.left():
            raise Unavailable("database", "rows were written with another key in the meantime; run the command again")
        gone = await forget_keys(self._database, but=self._key_id)
        if self._database.engine.dialect.name == "sqlite":
            await self._sweep_file()
        return list(gone)

    async def _batch(self, kind: SealedTable, last: tuple[Any, ...] | None) -> tuple[int, tuple[Any, ...] | None]:
        place = [kind.column(name) for name in kind.key]
        query = select(kind.table).where(kind.stale(self._key_id)).order_by(*place).limit(_BATCH).with_for_update()
        if last is not None:
            query = query.where(tuple_(*place) > last if len(place) > 1 else place[0] > last[0])
        async with self._database.session() as session:
            rows: Sequence[Any] = list(await session.scalars(query))
            for row in rows:
                self._seal(kind, row)
            return len(rows), tuple(getattr(rows[-1], name) for name in kind.key) if rows else last

    def _seal(self, kind: SealedTable, row: Any) -> None:
        seal = self._database.seal(kind.name, kind.row(row))
        if kind.number is not None:
            number = seal.text_of(cell := kind.number(row), getattr(row, cell))
            setattr(row, kind.number_key, number_key(self._database.cipher, number))
        for name in kind.texts:
            setattr(row, name, seal.text(name, seal.text_of(name, getattr(row, name))))
        for name in kind.documents:
            setattr(row, name, seal.json(name, seal.json_of(name, getattr(row, name))))

    async def _sweep_file(self) -> None:
        """What was overwritten still stands in free pages and in the log of SQLite until they are taken away."""
        async with self._database.engine.connect() as connection:
            bare = (await connection.get_raw_connection()).driver_connection
            assert bare is not None
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                await bare.execute(statement)  # outside of any transaction
