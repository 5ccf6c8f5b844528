"""Joins what is counted by the hour, the log that tells of faults, and the database."""

from contextlib import AsyncExitStack

from backend.adapters.sql.database import Database
from backend.adapters.sql.hour_book import SqlHourBook
from backend.adapters.telemetry.hour_tally import HourTally
from backend.adapters.telemetry.logs import add_sink, remove_sink
from backend.engine.desk.history_writer import HistoryWriter

__all__ = ["open_history"]


def open_history(database: Database, stack: AsyncExitStack) -> HourTally:
    """Count, and write down what is counted, until ``stack`` ends."""
    tally = HourTally()
    writer = HistoryWriter(tally, SqlHourBook(database))
    stack.push_async_callback(writer.close)
    add_sink(tally)
    stack.callback(remove_sink, tally)
    writer.start()
    return tally
