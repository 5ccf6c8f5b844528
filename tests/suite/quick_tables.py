"""An empty SQLite gets its tables from what one migration has made: two hundred tests begin with one.

All migrations, one after the other, are a fifth of a second of the processor. What they come to is a script of a few
statements, which takes thousandths. A PostgreSQL that is shared and emptied has all of it already, for which Alembic
need not read all migrations once more. Whatever else is not empty, a new PostgreSQL, and servers in processes of their
own are migrated as ever; tests of migrating itself ask for ``by_migrations``.
"""

import sqlite3
from collections.abc import Callable
from functools import cache, wraps

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from backend.adapters.sql import database

__all__ = ["UpgradeTo", "quick", "take_over"]

UpgradeTo = Callable[..., None]


def quick(upgrade_to: UpgradeTo) -> UpgradeTo:
    """The same, but for a SQLite that is empty and is to have all of it, and for a PostgreSQL that has it."""

    @cache
    def script() -> tuple[str, ...]:
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            upgrade_to(connection)
        with engine.connect() as connection:
            made = connection.connection.driver_connection
            assert isinstance(made, sqlite3.Connection)
            statements = tuple(one for one in made.iterdump() if one not in ("BEGIN TRANSACTION;", "COMMIT;"))
        engine.dispose()
        return statements

    @wraps(upgrade_to)
    def upgrade(connection: Connection, revision: str = "head") -> None:
        if connection.dialect.name == "postgresql" and revision == "head" and _version(connection) == _newest():
            return None
        if connection.dialect.name != "sqlite" or revision != "head" or _holds_anything(connection):
            return upgrade_to(connection, revision)
        for statement in script():
            connection.exec_driver_sql(statement)
        return None

    return upgrade


def _holds_anything(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first() is not None


def _version(connection: Connection) -> str | None:
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(database.migrations()).get_current_head()


def take_over() -> UpgradeTo:
    """Have every database of this process begin so; gives what did it before."""
    before: UpgradeTo = database.upgrade_to
    database.upgrade_to = quick(before)
    return before
