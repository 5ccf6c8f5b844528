"""The recordings of calls, for whoever may listen to them, and until their time is over."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.domain.service_recording import RecordedFile
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.recorded_file_desk import RecordedFileDesk
from backend.engine.recording.playback import KeptRecording, Playback
from backend.engine.recording.recorders import Recorders
from backend.errors import CallNotFound, RingmasterError, SealBroken, Unavailable
from backend.ports import HealthPart, RecordingBook

__all__ = ["RecordingDesk", "Wave"]

_PIECE_S = 5
"""So much sound is read at once: more would make others wait for the recording thread."""
_AWAY = 5
"""So many failures on end, and what keeps recordings is taken to be away: each of them may take long."""
_MOST_FAILED = 1000
_MOST_NOTES = 1000
_RETRY_S = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Before the record of a call that is over is put right, and where the database is away."""
_CLOSE_S = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wave:
    """How loud each voice is, in tenths of a second, from 0 to 100."""

    caller: Sequence[int]
    agent: Sequence[int]


class RecordingDesk:
    """Finds, reads and deletes recordings.

    Args:
        recorders: the thread that all of it is done in.
        book: knows which calls have one.
        files: sees to what the telephone service recorded itself; ``None``: none does.
    """

    def __init__(self, recorders: Recorders, book: RecordingBook, files: RecordedFileDesk | None = None) -> None:
        self.recorders = recorders
        """The thread that all of it is done in."""
        self._book = book
        self._files = files
        self._playback = Playback(recorders.store, recorders.cipher)
        self._failed: set[str] = set()
        """Calls whose recording could not be deleted: the others come first."""
        self._notes: set[asyncio.Task[None]] = set()

    def stats(self) -> Mapping[str, int]:
        """Figures for /stats."""
        return self.recorders.stats()

    def health(self) -> HealthPart:
        """Could the newest recording be written?"""
        return self.recorders.health()

    def follow(self) -> None:
        """Note in their records which recordings broke off when their call was over."""
        self.recorders.on_late = self._broke_late

    async def close(self) -> None:
        """Note what is still to be noted, for a moment at most."""
        self.recorders.on_late = lambda _: None
        if self._notes:
            await asyncio.wait(self._notes, timeout=_CLOSE_S)
        await end_tasks(list(self._notes))

    def _broke_late(self, call_id: str) -> None:
        if len(self._notes) >= _MOST_NOTES:
            return  # nothing is written any more: health tells of that
        task = asyncio.get_running_loop().create_task(self._note_broken(call_id), name="late-recording")
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _note_broken(self, call_id: str) -> None:
        """Behind the call's own record, which may still be on its way."""
        for pause in _RETRY_S:
            await asyncio.sleep(pause)
            try:
                return await self._book.broke(call_id)
            except Unavailable:
                continue
        log.warning(
            "a call's record does not say that its recording broke off",
            extra={"event": "recording.not_noted", "call_id": call_id},
        )

    async def find(self, call_id: str) -> KeptRecording:
        """What there is of a call. A file of the telephone service counts once all of it is here.

        Raises:
            CallNotFound: nothing.
            SealBroken: it was encrypted with another key, or is not what it was.
            Unavailable: it cannot be read now.
        """
        awaited = self._files is not None and await self._files.awaits(call_id)  # first: it may come meanwhile
        kept = await self.recorders.run(self._playback.find(call_id))
        if kept is None or not kept.samples or (awaited and not kept.complete):
            raise CallNotFound(f"no recording of the call {call_id}")
        return kept

    async def sound(self, kept: KeptRecording, start: int, end: int) -> AsyncIterator[bytes]:
        """Samples of both voices by turns, from one place to another, some seconds at a time. Raises like ``find``."""
        sounds, piece = self._playback.sounds(kept), _PIECE_S * kept.rate
        for at in range(start, end, piece):
            yield await self.recorders.run(sounds.read(at, min(piece, end - at)))

    async def wave(self, kept: KeptRecording) -> Wave:
        """How loud both voices are. Raises like ``find``."""
        sounds, caller, agent = self._playback.sounds(kept), list[int](), list[int]()
        for second in range(0, kept.samples, kept.rate):
            one, other = await self.recorders.run(sounds.loudness(second, min(kept.rate, kept.samples - second)))
            caller += one
            agent += other
        return Wave(caller, agent)

    async def delete(self, call_id: str) -> int:
        """Delete what there is of a call; gives how many segments went.

        Raises:
            Unavailable: it, or its entry, cannot be deleted now. Done again it deletes the rest.
        """
        if self._files is not None:
            await self._files.unwanted(call_id)  # first: what is fetched just now notices it
        gone = await self.recorders.run(self.recorders.store.delete(call_id))
        await self._book.deleted(call_id)
        return gone

    async def sweep(self, now: datetime, limit: int) -> int:
        """Delete ``limit`` recordings at most that were kept until before this; gives how many went.

        Raises:
            RingmasterError: none of them could be deleted. Those are passed over until all others have had their turn.
        """
        return await self._delete(await self._book.due(now, limit + len(self._failed)), limit)

    async def sweep_line(self, line: str, before: datetime, limit: int) -> int:
        """Delete ``limit`` recordings at most of calls of a line that ended before this. Like ``sweep``."""
        return await self._delete(await self._book.older(line, before, limit + len(self._failed)), limit)

    async def sweep_lost(self, now: datetime, limit: int) -> int:
        """Give up ``limit`` files at most that the telephone service has no longer; gives how many that were.

        Raises:
            Unavailable: the database does not answer.
        """
        return 0 if self._files is None else await self._files.sweep(now, limit)

    async def arrived(self, file: RecordedFile) -> None:
        """The telephone service has a file of a recording. Raises like ``RecordedFileDesk.arrived``."""
        if self._files is not None:
            await self._files.arrived(file)

    async def told(self, call_id: str) -> Mapping[str, Any]:
        """What a person who asks for everything that is kept of them is told of a recording.

        One that cannot be opened any more is named with all the rest, not in place of it.

        Raises:
            Unavailable: it cannot be read now.
        """
        try:
            kept = await self.find(call_id)
        except CallNotFound:
            return {"call_id": call_id, "seconds": 0.0}
        except SealBroken:
            return {"call_id": call_id, "seconds": None, "readable": False}
        return {"call_id": call_id, "began_at": kept.began_at.isoformat(), "seconds": kept.seconds}

    async def of_number(self, number: str) -> Sequence[str]:
        """Calls of a number that have a recording."""
        return await self._book.of_number(number)

    async def _delete(self, found: Sequence[str], limit: int) -> int:
        """Delete what did not fail before. One that fails holds up none of the others."""
        batch = [call_id for call_id in found if call_id not in self._failed][:limit]
        if found and not batch:
            self._failed.difference_update(found)  # their turn comes again in the next round
            raise Unavailable("recordings", f"{len(found)} of them could not be deleted")
        gone = on_end = 0
        failure: RingmasterError | None = None
        for call_id in batch:
            try:
                await self.delete(call_id)
            except RingmasterError as error:
                failure, on_end = error, on_end + 1
                self._pass_over(call_id)
                if on_end == _AWAY:
                    break
            else:
                gone, on_end = gone + 1, 0
        if failure is not None and not gone:
            raise failure
        return gone

    def _pass_over(self, call_id: str) -> None:
        if len(self._failed) >= _MOST_FAILED:
            self._failed.clear()
        self._failed.add(call_id)
