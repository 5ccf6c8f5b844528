"""A thread in which SQLite does one statement at a time, from its transaction's beginning to its end.

In a session of the async driver each step is a visit of its own to the driver's thread: begin, make a cursor, execute,
close, commit, roll back what is left. A statement whose outcome nobody asks for needs one.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, Executable

__all__ = ["StatementThread"]


class StatementThread:
    """One for each database.

    Args:
        connect: makes an engine for this thread; called when it is first used.
    """

    def __init__(self, connect: Callable[[], Engine]) -> None:
        self._connect = connect
        self._engine: Engine | None = None
        self._thread: ThreadPoolExecutor | None = None

    async def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> None:
        """Do it with these values, in a transaction of its own. Whoever no longer waits cannot stop one that has begun.

        Raises:
            SQLAlchemyError: as the engine does.
        """
        self._thread = self._thread or ThreadPoolExecutor(1, "sqlite-write")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._execute, statement, values)

    def _execute(self, statement: Executable, values: Mapping[str, Any] | None) -> None:
        self._engine = self._engine or self._connect()
        with self._engine.begin() as connection:
            connection.execute(statement, values)

    async def close(self) -> None:
        """Close the connection, when what was begun is done. Whoever comes late opens another, as with an engine."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.get_running_loop().run_in_executor(thread, self._dispose)
            thread.shutdown(wait=False)

    def _dispose(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()
