"""``Book`` on a SQL database that is somebody else's: two queries, only read."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.domain.book_spec import BookRecord, SqlBookSpec
from backend.errors import ConfigError, TimedOut, Unavailable

__all__ = ["SqlBook"]

_MOST = 1000
"""Records that one search may give."""


class SqlBook:
    """``Book`` on a SQL database.

    Args:
        spec: what the store says of it.
        url: the database's address.

    Raises:
        ConfigError: the address cannot be used.
    """

    def __init__(self, spec: SqlBookSpec, url: str) -> None:
        self._spec = spec
        self._where = f"the book {spec.name}"
        try:
            self._engine: AsyncEngine = create_async_engine(url, pool_size=5, max_overflow=5, pool_pre_ping=True)
        except (SQLAlchemyError, ImportError, ValueError) as error:
            expected = "expected sqlite+aiosqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
            raise ConfigError(f"{spec.url}: {expected}; {type(error).__name__}") from error

    async def find(self, exact: Mapping[str, str]) -> Sequence[BookRecord]:
        """The records that the store's query gives."""
        return await self._rows(self._spec.find, exact)

    async def get(self, record: str) -> BookRecord | None:
        """One record."""
        return next(iter(await self._rows(self._spec.get, {"id": record})), None)

    async def hashed(self, value: str) -> str:
        """Its secrets are as they are."""
        return ""

    async def takes_veiled(self) -> bool:
        """It is searched by what was said."""
        return False

    async def close(self) -> None:
        """Let go of it."""
        await self._engine.dispose()

    async def _rows(self, query: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
        statement = text(query)
        wanted = statement.compile().params
        try:
            async with asyncio.timeout(self._spec.timeout_ms / 1000), self._engine.connect() as connection:
                result = await connection.execute(statement, {name: values.get(name, "") for name in wanted})
                rows = [dict(row) for row in result.mappings().fetchmany(_MOST)]
                await connection.rollback()
                return rows
        except TimeoutError as error:
            raise TimedOut(self._where, "the database did not answer in time") from error
        except (SQLAlchemyError, OSError) as error:
            # The error's own words may hold what was looked for.
            raise Unavailable(self._where, f"the database cannot be read ({type(error).__name__})") from None
