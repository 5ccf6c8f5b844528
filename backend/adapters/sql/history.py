"""How it went over time, from the counts by the hour and by the day, and the last faults."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, union_all
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
_HOUR_S = 3600
_Cut = tuple[int, int, int]


class SqlHistory:
    """``HistoryBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, query: HistoryQuery) -> History:
        """How it went in a period."""
        spans = list(query.spans())
        if not spans:
            return History()
        async with self._database.reading() as session:
            rows = (await session.execute(_rows(query, spans))).all()
        return await asyncio.to_thread(_read, _Cuts(query, spans), rows)

    async def faults(self, *, limit: int = 100, lines: Collection[str] | None = None) -> Sequence[Fault]:
        """The last faults."""
        wanted = [] if lines is None else [FaultRow.line.in_(lines)]
        newest = select(FaultRow).where(*wanted).order_by(FaultRow.id.desc()).limit(limit)
        async with self._database.reading() as session:
            return [_fault(row) for row in await session.scalars(newest)]


def _rows(query: HistoryQuery, spans: Sequence[Span]) -> Any:
    """Days that were put together, and the hours of each slot beside them as one text: a row for each hour would hold
    up the loop. In one statement: what is put together at this moment is in one of the two and not in both."""
    (first, _), (_, last) = _hours(spans[0]), _hours(spans[-1])
    slot = _slot(query, spans)
    together = func.aggregate_strings(HourRow.counts, "\n")
    hours = select(literal(0), slot, HourRow.line, together).where(HourRow.hour >= first, HourRow.hour < last)
    hours = hours.where(*_lines(query, HourRow.line)).group_by(slot, HourRow.line)
    days = select(literal(1), DayRow.day, DayRow.line, DayRow.counts)
    days = days.where(DayRow.day >= first // DAY_H, DayRow.day <= (last - 1) // DAY_H)
    return union_all(hours, days.where(*_lines(query, DayRow.line)))


def _slot(query: HistoryQuery, spans: Sequence[Span]) -> ColumnElement[int]:
    """Which slot an hour is in, by the clock as it was then."""
    width = query.width_s // _HOUR_S
    *earlier, latest = ((_hours(span)[1], (HourRow.hour + _shift(span)) // width) for span in spans)
    if not earlier:
        return latest[1]
    return case(*((HourRow.hour < until, slot) for until, slot in earlier), else_=latest[1])


def _hours(span: Span) -> tuple[int, int]:
    """Its first hour, and the one behind its last."""
    return hour_of(span.since.timestamp()), -hour_of(-span.until.timestamp())


def _shift(span: Span) -> int:
    return span.offset_s // _HOUR_S


def _lines(query: HistoryQuery, line: InstrumentedAttribute[str]) -> Iterator[ColumnElement[bool]]:
    if query.line:
        yield line == query.line
    if query.lines is not None:
        yield line.in_(query.lines)


def _read(cuts: "_Cuts", rows: Sequence[Any]) -> History:
    """Takes some milliseconds: for a thread."""
    sums: dict[tuple[int, str], dict[str, int]] = {}
    for is_day, place, line, told in rows:
        if is_day:
            _add_day(sums, cuts.of(place), line, read_day(told))
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
    sums: dict[tuple[int, str], dict[str, int]], cuts: Sequence[_Cut], line: str, counts: Mapping[str, Sequence[int]]
) -> None:
    places = [(first, end, sums.setdefault((slot, line), {})) for slot, first, end in cuts]
    for name, hours in counts.items():
        for first, end, into in places:
            if count := sum(hours[first:end]):
                into[name] = into.get(name, 0) + count


class _Cuts:
    """Which hours of a day of UTC are in which slot: the same for all lines."""

    def __init__(self, query: HistoryQuery, spans: Sequence[Span]) -> None:
        self._width = query.width_s // _HOUR_S
        self._spans = [(*_hours(span), _shift(span)) for span in spans]
        self._known: dict[int, Sequence[_Cut]] = {}

    def of(self, day: int) -> Sequence[_Cut]:
        """The slot, the first of its hours in this day, and the one behind the last."""
        if day not in self._known:
            self._known[day] = list(self._cut(day * DAY_H))
        return self._known[day]

    def _cut(self, begins: int) -> Iterator[_Cut]:
        for first, last, shift in self._spans:
            hour, end = max(first, begins), min(last, begins + DAY_H)
            while hour < end:
                slot = (hour + shift) // self._width
                until = min(end, (slot + 1) * self._width - shift)
                yield slot, hour - begins, until - begins
                hour = until


def _fault(row: FaultRow) -> Fault:
    told = {name: getattr(row, name) for name in _FAULT}
    return Fault(at=utc(row.at), **told)
