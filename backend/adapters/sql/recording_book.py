"""Which calls have a recording."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update

from backend.adapters.sql.calls_of_number import calls_of_number
from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Call

__all__ = ["SqlRecordingBook", "is_recorded"]


def is_recorded() -> ColumnElement[bool]:
    """Has this call a recording, whole or not? One whose consent was taken back has left a silent beginning."""
    return or_(Call.recording.in_(("on", "broken")), Call.recording_until.is_not(None))


class SqlRecordingBook:
    """``RecordingBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> Sequence[str]:
        """Calls whose recording was to be kept until a moment before this."""
        return await self._some(limit, Call.recording_until < now)

    async def older(self, line: str, before: datetime, limit: int) -> Sequence[str]:
        """Calls of a line that have a recording and ended before this moment."""
        return await self._some(limit, Call.line == line, func.coalesce(Call.ended_at, Call.started_at) < before)

    async def of_number(self, number: str) -> Sequence[str]:
        """Calls of a number that have a recording."""
        async with self._database.reading() as session:
            theirs = await calls_of_number(session, self._database, number)
        return await self._some(None, theirs)

    async def deleted(self, call_id: str) -> None:
        """Note that the recording of a call is gone."""
        gone = {"recording": "deleted", "recording_until": None}
        async with self._database.session() as session:
            await session.execute(update(Call).where(Call.call_id == call_id, is_recorded()).values(**gone))

    async def broke(self, call_id: str) -> None:
        """Note that the recording of a call broke off, as came to be known when the call was over."""
        broken = update(Call).where(Call.call_id == call_id, Call.recording == "on").values(recording="broken")
        async with self._database.session() as session:
            await session.execute(broken)

    async def _some(self, limit: int | None, *wanted: ColumnElement[bool]) -> Sequence[str]:
        found = select(Call.call_id).where(*wanted, is_recorded(), Call.ended_at.is_not(None)).limit(limit)
        async with self._database.reading() as session:
            return list(await session.scalars(found))
