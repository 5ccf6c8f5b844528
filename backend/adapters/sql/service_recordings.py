"""Recordings that the telephone service makes, until their files are fetched and deleted there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Call, ServiceRecordingRow
from backend.domain.service_recording import RecordedFile, ServiceRecording, Span
from backend.errors import Unavailable

__all__ = ["SqlServiceRecordings"]

_Row = ServiceRecordingRow
_WORKER_DIED = timedelta(hours=1)
"""So long after the end of its call, or its beginning where nothing is known of that, nobody is expected to note any
more what is left out, once its file is there."""


class SqlServiceRecordings:
    """``ServiceRecordings`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begun(self, recording: ServiceRecording, now: datetime) -> None:
        """Note a new one."""
        row = _Row(
            recording_id=recording.recording_id, call_id=recording.call_id, began_ms=recording.began_ms,
            lead_s=recording.lead_s, spans=[one.told() for one in recording.spans], ended=False,
            wanted=recording.wanted, kept=False, deletions=[], at=now,
        )  # fmt: skip
        async with self._database.session() as session:
            session.add(row)

    async def noted(self, recording: ServiceRecording) -> None:
        """Note what of it is left out by now, and whether it is wanted."""
        values: dict[str, object] = {"spans": [one.told() for one in recording.spans], "ended": recording.ended}
        if not recording.wanted:
            values["wanted"] = False
        await self._change(_Row.recording_id == recording.recording_id, **values)

    async def of_call(self, call_id: str) -> ServiceRecording | None:
        """The one of a call that is wanted and not here yet."""
        found = select(_Row).where(_Row.call_id == call_id, _Row.wanted, ~_Row.kept).order_by(_Row.began_ms.desc())
        async with self._database.reading() as session:
            row = (await session.scalars(found.limit(1))).first()
            return None if row is None else _recording(row)

    async def take(self, file: RecordedFile, now: datetime, until: datetime) -> ServiceRecording | None:
        """Its file is there: see to it until a moment."""
        this = _Row.recording_id == file.recording_id
        died = now - _WORKER_DIED
        ends = or_(Call.ended_at.is_(None), Call.ended_at > died)
        goes_on = select(Call.call_id).where(Call.call_id == _Row.call_id, ends).correlate(_Row).exists()
        noted = or_(_Row.ended, and_(_Row.at < died, ~goes_on))
        free = and_(noted, or_(_Row.busy_until.is_(None), _Row.busy_until < now))
        async with self._database.session() as session:
            taken = await session.execute(
                update(_Row).where(this, free).values(busy_until=until, deletions=list(file.deletions))
            )
            row = (await session.scalars(select(_Row).where(this))).first()
            if row is None:
                return None
            if taken.rowcount == 0:  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
                raise Unavailable("recordings", "its call is being seen to, or somebody else sees to this file")
            return _recording(row)

    async def leave(self, recording_id: str, *, kept: bool) -> None:
        """Let others see to it again."""
        values: dict[str, object] = {"busy_until": None}
        if kept:
            values["kept"] = True
        await self._change(_Row.recording_id == recording_id, **values)

    async def unwanted(self, call_id: str) -> Sequence[ServiceRecording]:
        """Those of a call are not to be kept."""
        await self._change(_Row.call_id == call_id, wanted=False)
        async with self._database.reading() as session:
            return [_recording(row) for row in await session.scalars(select(_Row).where(_Row.call_id == call_id))]

    async def gone(self, recording_id: str) -> None:
        """Nothing of it is at the service any more."""
        await self._database.write(delete(_Row).where(_Row.recording_id == recording_id))

    async def lost(self, before: datetime, limit: int) -> Sequence[ServiceRecording]:
        """Those that began before a moment."""
        async with self._database.reading() as session:
            found = await session.scalars(select(_Row).where(_Row.at < before).limit(limit))
            return [_recording(row) for row in found]

    async def _change(self, which: ColumnElement[bool], **values: object) -> None:
        async with self._database.session() as session:
            await session.execute(update(_Row).where(which).values(**values))


def _recording(row: ServiceRecordingRow) -> ServiceRecording:
    return ServiceRecording(
        row.recording_id,
        row.call_id,
        row.began_ms,
        row.lead_s,
        tuple(Span(str(kind), float(start), float(end), int(channels)) for kind, start, end, channels in row.spans),
        row.ended,
        row.wanted,
        row.kept,
        tuple(row.deletions),
    )
