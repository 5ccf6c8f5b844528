"""Counts by the hour, and the last faults."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from backend.adapters.sql.database import Database
from backend.adapters.sql.days import DAY_H, pack_a_day, young_from
from backend.adapters.sql.hours import add_counts
from backend.adapters.sql.tables import DayRow, FaultRow, HourRow
from backend.domain.history import Fault
from backend.domain.hour_counts import HourKey, hour_of

__all__ = ["SqlHourBook"]

_KEPT = timedelta(days=400)
_MOST_FAULTS = 1000
_MOST_DAYS = 20
"""Days of a line that are put together at once, each in a transaction of its own: on SQLite a call waits for each."""


class SqlHourBook:
    """``HourBook`` on SQL. What is older than 400 days goes, and so do all faults but the last thousand."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._swept = 0

    async def add(self, counts: Mapping[HourKey, int], faults: Sequence[Fault]) -> None:
        """Add these."""
        async with self._database.session() as session:
            await add_counts(session, counts)
            if faults:
                await session.execute(insert(FaultRow), [asdict(fault) for fault in faults])
                newest = select(func.max(FaultRow.id)).scalar_subquery()
                await session.execute(delete(FaultRow).where(FaultRow.id <= newest - _MOST_FAULTS))
            if (now := hour_of(datetime.now(UTC).timestamp())) != self._swept:
                self._swept = now
                oldest = now - _KEPT // timedelta(hours=1)
                await session.execute(delete(HourRow).where(HourRow.hour < oldest))
                await session.execute(delete(DayRow).where(DayRow.day < oldest // DAY_H))

    async def pack(self) -> bool:
        """Put hours together that are over, twenty days of a line at most."""
        before = young_from(hour_of(datetime.now(UTC).timestamp()))
        for _ in range(_MOST_DAYS):
            async with self._database.session() as session:
                if not await pack_a_day(session, before):
                    return False
        return True
