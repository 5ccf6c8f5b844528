"""Statements are compiled once for all databases of a kind: each test has a database of its own, and SQLAlchemy
compiles anew for each one what it is asked, which is a seventh of what tests of stores compute.

Compiled for one SQLite, a statement is that of any other. SQLAlchemy tells databases apart by their dialects; ours are
equal where their kinds are, and share one cache. Servers in processes of their own have what SQLAlchemy gives them.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.adapters.sql import database

__all__ = ["Making", "compiled_anew", "compiled_once"]

Making = Callable[..., AsyncEngine]

_compiled: dict[Any, Any] = {}


class _OfOneKind:
    """Equal to each of its kind."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


class AnySqlite(_OfOneKind, SQLiteDialect_aiosqlite):
    """That of each SQLite."""

    supports_statement_cache = True


class AnyPostgres(_OfOneKind, PGDialectAsync_psycopg):
    """That of each PostgreSQL."""

    supports_statement_cache = True


class _Psycopg(PGDialect_psycopg):
    supports_statement_cache = True

    @classmethod
    def get_async_dialect_cls(cls, url: URL) -> type[Dialect]:
        """Gives that of those who wait without a thread."""
        return AnyPostgres


def compiled_once() -> Making:
    """Have every database of this process begin so; gives what made them before."""
    registry.register("sqlite.aiosqlite", __name__, AnySqlite.__name__)
    registry.register("postgresql.psycopg", __name__, _Psycopg.__name__)
    before: Making = database.create_async_engine
    database.create_async_engine = partial(before, execution_options={"compiled_cache": _compiled})
    return before


def compiled_anew(before: Making) -> None:
    """Take it back, for a process that is no test."""
    registry.register("sqlite.aiosqlite", SQLiteDialect_aiosqlite.__module__, SQLiteDialect_aiosqlite.__name__)
    registry.register("postgresql.psycopg", PGDialect_psycopg.__module__, PGDialect_psycopg.__name__)
    database.create_async_engine = before
