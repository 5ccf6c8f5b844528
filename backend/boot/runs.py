"""Opens the desk that has rehearsals and replays played, in processes of their own."""

import sys
from contextlib import AsyncExitStack

from backend.adapters.run_process.player import ProcessPlayer
from backend.adapters.sql.database import Database
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.engine.desk.run_desk import RunDesk

__all__ = ["open_runs"]

_COMMAND = (sys.executable, "-m", "backend.cli.play_run")
"""A command by its name: the server itself sees nothing of rehearsals."""


def open_runs(database: Database, stack: AsyncExitStack) -> RunDesk:
    """The desk; what it plays is ended with ``stack``."""
    desk = RunDesk(SqlStoreRuns(database), ProcessPlayer(_COMMAND))
    stack.push_async_callback(desk.close)
    return desk
