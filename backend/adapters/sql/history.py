"""How it went over time, from the counts by the hour, and the last faults."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from backend.adapters.sql.database import Database
from backend.adapters.sql.hours import read_counts
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import FaultRow, HourRow
from backend.domain.history import Fault, History, HistoryQuery, Span
from backend.domain.hour_counts import hour_of

__all__ = ["SqlHistory"]

_FAULT = ("worker", "level", "event", "code", "line", "call_id", "message")


class SqlHistory:
    """``HistoryBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, query: HistoryQuery) -> History:
        """How it went in a period."""
        rows: list[tuple[int, str, str]] = []
        async with self._database.reading() as session:
            for span in query.spans():
                found: Sequence[Any] = (await session.execute(_hours(query, span))).all()
                rows += [(slot, line, told) for slot, line, told in found]
        return await asyncio.to_thread(_read, rows)

    async def faults(self, *, limit: int = 100, lines: Collection[str] | None = None) -> Sequence[Fault]:
        """The last faults."""
        wanted = [] if lines is None else [FaultRow.line.in_(lines)]
        newest = select(FaultRow).where(*wanted).order_by(FaultRow.id.desc()).limit(limit)
        async with self._database.reading() as session:
            return [_fault(row) for row in await session.scalars(newest)]


def _hours(query: HistoryQuery, span: Span) -> Any:
    """The hours of each slot and line, put together as one text: a row for each hour would hold up the loop."""
    slot = (HourRow.hour + span.offset_s // 3600) // (query.width_s // 3600)
    together = func.aggregate_strings(HourRow.counts, "\n")
    return select(slot, HourRow.line, together).where(*_wanted(query, span)).group_by(slot, HourRow.line)


def _wanted(query: HistoryQuery, span: Span) -> Iterator[ColumnElement[bool]]:
    yield HourRow.hour >= hour_of(span.since.timestamp())
    yield HourRow.hour < -hour_of(-span.until.timestamp())
    if query.line:
        yield HourRow.line == query.line
    if query.lines is not None:
        yield HourRow.line.in_(query.lines)


def _read(rows: Sequence[tuple[int, str, str]]) -> History:
    history = History()
    for slot, line, told in rows:
        for hour in told.split("\n"):
            history.add(slot, line, read_counts(hour))
    return history


def _fault(row: FaultRow) -> Fault:
    told = {name: getattr(row, name) for name in _FAULT}
    return Fault(at=utc(row.at), **told)
