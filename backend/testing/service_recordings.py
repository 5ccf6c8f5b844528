"""A telephone service of tests that records, its files, and the book of what it records."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from backend.domain.service_recording import RecordedFile, ServiceRecording
from backend.errors import CallNotFound, ProviderRejected, RingmasterError, Unavailable

__all__ = ["FakeRecordedFiles", "FakeServiceRecorder", "MemoryServiceRecordings"]


class FakeServiceRecorder:
    """``ServiceRecorder`` that takes down what it is told. ``fails`` is what the next request meets."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.states: dict[str, str] = {}
        self.fails: RingmasterError | None = None

    async def start(self, connection_id: str, *, token: str, caller: str, paused: bool) -> str:
        """Begin."""
        self._ask("start")
        recording_id = f"r{len(self.states)}"
        self.states[recording_id] = "inactive" if paused else "active"
        return recording_id

    async def pause(self, recording_id: str) -> None:
        """Leave out what is heard from now on."""
        self._change(recording_id, "pause", "inactive")

    async def resume(self, recording_id: str) -> None:
        """Go on."""
        self._change(recording_id, "resume", "active")

    async def active(self, recording_id: str) -> bool:
        """Does it go on now?"""
        self._ask("look")
        return self.states[recording_id] == "active"

    async def stop(self, recording_id: str) -> None:
        """End it."""
        self._change(recording_id, "stop", "over")

    def _change(self, recording_id: str, told: str, state: str) -> None:
        self._ask(told)
        if self.states[recording_id] == "over":
            raise CallNotFound("it is over")
        self.states[recording_id] = state

    def _ask(self, told: str) -> None:
        self.told.append(told)
        if self.fails is not None:
            failure, self.fails = self.fails, None
            raise failure


class FakeRecordedFiles:
    """``RecordedFiles`` in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.deleted: list[str] = []
        self.away = False
        """Can it not be reached?"""

    async def read(self, place: str) -> AsyncIterator[bytes]:
        """The bytes of a file."""
        self._ask()
        if place not in self.files:
            raise ProviderRejected("recording", "no such file")
        for at in range(0, len(self.files[place]), 1000):
            yield self.files[place][at : at + 1000]

    async def delete(self, place: str) -> None:
        """Delete a file."""
        self._ask()
        self.deleted.append(place)

    async def close(self) -> None:
        """Nothing is held open."""

    def _ask(self) -> None:
        if self.away:
            raise Unavailable("recording", "away")


@dataclass(slots=True)
class _Row:
    recording: ServiceRecording
    at: datetime
    busy_until: datetime | None = None


class MemoryServiceRecordings:
    """``ServiceRecordings`` in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}
        self.away = False
        """Does the database not answer?"""

    async def begun(self, recording: ServiceRecording, now: datetime) -> None:
        """Note a new one."""
        self._ask()
        self.rows[recording.recording_id] = _Row(recording, now)

    async def noted(self, recording: ServiceRecording) -> None:
        """Note what of it is left out by now."""
        self._ask()
        if row := self.rows.get(recording.recording_id):
            wanted = row.recording.wanted and recording.wanted
            row.recording = replace(row.recording, spans=recording.spans, ended=recording.ended, wanted=wanted)

    async def of_call(self, call_id: str) -> ServiceRecording | None:
        """The one of a call that is wanted and not here yet."""
        self._ask()
        found = [row.recording for row in self.rows.values() if row.recording.call_id == call_id]
        return next((one for one in reversed(found) if one.wanted and not one.kept), None)

    async def take(self, file: RecordedFile, now: datetime, until: datetime) -> ServiceRecording | None:
        """Its file is there."""
        self._ask()
        row = self.rows.get(file.recording_id)
        if row is None:
            return None
        noted = row.recording.ended or row.at < now - timedelta(hours=1)
        if not noted or (row.busy_until is not None and row.busy_until >= now):
            raise Unavailable("recordings", "its call is being seen to, or somebody else sees to this file")
        row.busy_until, row.recording = until, replace(row.recording, deletions=file.deletions)
        return row.recording

    async def leave(self, recording_id: str, *, kept: bool) -> None:
        """Let others see to it again."""
        self._ask()
        if row := self.rows.get(recording_id):
            row.busy_until = None
            row.recording = replace(row.recording, kept=kept or row.recording.kept)

    async def unwanted(self, call_id: str) -> Sequence[ServiceRecording]:
        """Those of a call are not to be kept."""
        self._ask()
        found = [row for row in self.rows.values() if row.recording.call_id == call_id]
        for row in found:
            row.recording = replace(row.recording, wanted=False)
        return [row.recording for row in found]

    async def gone(self, recording_id: str) -> None:
        """Nothing of it is at the service any more."""
        self._ask()
        self.rows.pop(recording_id, None)

    async def lost(self, before: datetime, limit: int) -> Sequence[ServiceRecording]:
        """Those that began before a moment."""
        self._ask()
        return [row.recording for row in self.rows.values() if row.at < before][:limit]

    def _ask(self) -> None:
        if self.away:
            raise Unavailable("database", "away")
