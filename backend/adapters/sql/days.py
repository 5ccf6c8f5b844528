"""Counts by the day: one row for each day of UTC and line, with 24 numbers under each name. A month is few rows then,
and the days of any zone are still cut out of it, exactly where its clock is whole hours from UTC.

Rows of ``hours`` that are older than two days are put together here, a day of a line in each transaction. What is
counted for such an hour later becomes a row of ``hours`` again, is added when it is read, and put together the next
time.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.tables import DayRow, HourRow

__all__ = ["DAY_H", "pack_a_day", "read_day", "young_from"]

DAY_H = 24
_YOUNG_H = 48
"""Hours that are left as they are: most of what is counted late is counted for them."""
_day = msgspec.json.Decoder(dict[str, list[int]])
_hour = msgspec.json.Decoder(dict[str, int])


def read_day(told: str) -> Mapping[str, Sequence[int]]:
    """The counts of one row, for each of its hours."""
    return _day.decode(told)


def young_from(hour: int) -> int:
    """The first hour of the days that are not put together yet, where it is this hour now."""
    return (hour - _YOUNG_H) // DAY_H * DAY_H


async def pack_a_day(session: AsyncSession, before: int) -> bool:
    """Put the hours of the oldest day of one line together, if they are from before this hour. ``False``: none are.

    Hours that another worker is putting together, or counts in, are passed over.
    """
    oldest = select(HourRow.hour, HourRow.line).where(HourRow.hour < before).order_by(HourRow.hour, HourRow.line)
    first = (await session.execute(oldest.limit(1).with_for_update(skip_locked=True))).first()
    if first is None:
        return False
    day, line = int(first[0]) // DAY_H, str(first[1])
    of_day = (HourRow.line == line, HourRow.hour >= day * DAY_H, HourRow.hour < (day + 1) * DAY_H)
    mine = select(HourRow.hour, HourRow.counts).where(*of_day).order_by(HourRow.hour)
    hours: Sequence[Any] = (await session.execute(mine.with_for_update(skip_locked=True))).all()
    told = await _held(session, day, line)
    packed = await asyncio.to_thread(_packed, told, [(int(hour) % DAY_H, str(counts)) for hour, counts in hours])
    here = (DayRow.day == day, DayRow.line == line)
    await session.execute(update(DayRow).where(*here).values(counts=packed))
    gone = [int(hour) for hour, _ in hours]
    await session.execute(delete(HourRow).where(HourRow.line == line, HourRow.hour.in_(gone)))
    return True


async def _held(session: AsyncSession, day: int, line: str) -> str:
    """The counts of a row that is there from now on, and nobody else's until the transaction is over."""
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    there = insert(DayRow).values(day=day, line=line, counts="{}")
    held = there.on_conflict_do_update(index_elements=["day", "line"], set_={"counts": DayRow.counts})
    return str(await session.scalar(held.returning(DayRow.counts)))


def _packed(told: str, hours: Sequence[tuple[int, str]]) -> str:
    """The row with these hours added. Takes some milliseconds: for a thread."""
    days = _day.decode(told)
    for place, counts in hours:
        for name, count in _hour.decode(counts).items():
            days.setdefault(name, [0] * DAY_H)[place] += count
    return msgspec.json.encode({name: counts for name, counts in sorted(days.items()) if any(counts)}).decode()
