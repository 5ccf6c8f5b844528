"""An entry in the audit of a database of whatever version: of one that is backed up before an upgrade, too."""

from dataclasses import asdict

from sqlalchemy import Connection, MetaData, Table, insert, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.audit import AuditEntry

__all__ = ["note_there"]

_AUDIT = "audit"


async def note_there(connection: AsyncConnection, entry: AuditEntry) -> bool:
    """Note it with what columns the table has; tells whether there is a table.

    Nothing of it is sealed: it is for entries without ``detail``.

    Raises:
        SQLAlchemyError: the database cannot be written.
    """
    table = await connection.run_sync(_table)
    if table is None:
        return False
    values = {name: value for name, value in asdict(entry).items() if name in table.columns}
    for name, value in values.items():
        longest = getattr(table.columns[name].type, "length", None)
        if isinstance(value, str) and longest:
            values[name] = value[:longest]
    await connection.execute(insert(table).values(values))
    return True


def _table(connection: Connection) -> Table | None:
    found = inspect(connection).has_table(_AUDIT)
    return Table(_AUDIT, MetaData(), autoload_with=connection) if found else None
