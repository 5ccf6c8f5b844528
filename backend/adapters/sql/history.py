"""How it went over time, from the counts by the hour and by the day, and the last faults."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from backend.adapters.sql.database import Database
from backend.adapters.sql.days import DAY_H, read_day
from backend.adapters.sql.hours import by_kind, read_hour
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import DayRow, FaultRow, HourRow
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
        found: list[tuple[Span, Sequence[Any]]] = []
        async with self._database.reading() as session:
            for span in query.spans():
                found.append((span, (await session.execute(_rows(query, span))).all()))
        return await asyncio.to_thread(_read, query, found)

    async def faults(self, *, limit: int = 100, lines: Collection[str] | None = None) -> Sequence[Fault]:
        """The last faults."""
        wanted = [] if lines is None else [FaultRow.line.in_(lines)]
        newest = select(FaultRow).where(*wanted).order_by(FaultRow.id.desc()).limit(limit)
        async with self._database.reading() as session:
            return [_fault(row) for row in await session.scalars(newest)]


def _rows(query: HistoryQuery, span: Span) -> Any:
    """Days that were put together, and the hours of each slot beside them as one text: a row for each hour would hold
    up the loop. In one statement: what is put together at this moment is in one of the two and not in both."""
    first, last = _hours(span)
    slot = (HourRow.hour + _shift(span)) // (query.width_s // 3600)
    together = func.aggregate_strings(HourRow.counts, "\n")
    hours = select(literal(0), slot, HourRow.line, together).where(HourRow.hour >= first, HourRow.hour < last)
    hours = hours.where(*_lines(query, HourRow.line)).group_by(slot, HourRow.line)
    days = select(literal(1), DayRow.day, DayRow.line, DayRow.counts)
    days = days.where(DayRow.day >= first // DAY_H, DayRow.day <= (last - 1) // DAY_H)
    return union_all(hours, days.where(*_lines(query, DayRow.line)))


def _hours(span: Span) -> tuple[int, int]:
    """Its first hour, and the one behind its last."""
    return hour_of(span.since.timestamp()), -hour_of(-span.until.timestamp())


def _shift(span: Span) -> int:
    return span.offset_s // 3600


def _lines(query: HistoryQuery, line: InstrumentedAttribute[str]) -> Iterator[ColumnElement[bool]]:
    if query.line:
        yield line == query.line
    if query.lines is not None:
        yield line.in_(query.lines)


def _read(query: HistoryQuery, found: Sequence[tuple[Span, Sequence[Any]]]) -> History:
    """Takes some milliseconds: for a thread."""
    sums: dict[tuple[int, str], dict[str, int]] = {}
    for span, rows in found:
        between = _hours(span)
        for is_day, place, line, told in rows:
            if is_day:
                cuts = _cut(query, _shift(span), between, place)
                _add_day(sums, cuts, line, read_day(told))
            else:
                _add_hours(sums.setdefault((place, line), {}), told)
    history = History()
    for (slot, line), counts in sums.items():
        history.add(slot, line, by_kind(counts))
    return history


def _add_hours(into: dict[str, int], told: str) -> None:
    for hour in told.split("\n"):
        for name, count in read_hour(hour).items():
            into[name] = into.get(name, 0) + count


def _add_day(
    sums: dict[tuple[int, str], dict[str, int]],
    cuts: Iterator[tuple[int, int, int]],
    line: str,
    counts: Mapping[str, Sequence[int]],
) -> None:
    for slot, first, end in cuts:
        into = sums.setdefault((slot, line), {})
        for name, hours in counts.items():
            if count := sum(hours[first:end]):
                into[name] = into.get(name, 0) + count


def _cut(query: HistoryQuery, shift: int, between: tuple[int, int], day: int) -> Iterator[tuple[int, int, int]]:
    """Which hours of this day of UTC are in which slot: the slot, the first of them, and the one behind the last."""
    width, begins = query.width_s // 3600, day * DAY_H
    first, last = between
    hour, end = max(first, begins), min(last, begins + DAY_H)
    while hour < end:
        slot = (hour + shift) // width
        until = min(end, (slot + 1) * width - shift)
        yield slot, hour - begins, until - begins
        hour = until


def _fault(row: FaultRow) -> Fault:
    told = {name: getattr(row, name) for name in _FAULT}
    return Fault(at=utc(row.at), **told)
