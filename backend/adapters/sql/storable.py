"""Only text that every database takes gets to one."""

from typing import Any

from backend.domain.storable import clean

__all__ = ["storable"]


def storable(_1: Any, _2: Any, statement: str, parameters: Any, _3: Any, _4: bool) -> tuple[str, Any]:
    """For the event ``before_cursor_execute``: what is sent, cleaned.

    SQLite would take a NUL; but what stands there must be able to move to PostgreSQL.
    """
    return statement, clean(parameters)
