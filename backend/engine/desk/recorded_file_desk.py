"""Files that the telephone service recorded: fetched when it tells of them, kept as all others are, deleted there."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import partial

from backend.domain.service_recording import RecordedFile, ServiceRecording
from backend.engine.call.end_tasks import end_tasks
from backend.engine.recording.file_keeper import FileKeeper
from backend.engine.recording.recorders import Recorders
from backend.errors import ProviderRejected, RingmasterError, Unavailable
from backend.ports import RecordedFiles, RecordingBook, ServiceRecordings

__all__ = ["RecordedFileDesk"]

log = logging.getLogger(__name__)

_WAIT_S = 20.0
"""So long whoever tells of a file waits. What takes longer goes on, and is told of again."""
_SEEN_TO = timedelta(minutes=15)
"""Who sees to a file for longer has died."""
_KEPT_THERE = timedelta(days=2)
"""The service keeps a file for a day; nothing comes of a recording that began so long ago."""


class RecordedFileDesk:
    """Sees to files. One that fails is told of again by Event Grid, for a day.

    Args:
        files: where the service keeps them.
        recorders: the thread that all of it is done in.
        waiting: recordings whose files are awaited.
        book: knows which calls have a recording.
    """

    def __init__(
        self, files: RecordedFiles, recorders: Recorders, waiting: ServiceRecordings, book: RecordingBook
    ) -> None:
        self._files = files
        self._recorders = recorders
        self._waiting = waiting
        self._book = book
        self._seen_to: dict[str, asyncio.Task[None]] = {}

    async def close(self) -> None:
        """Leave what is under way; whoever is told of it next begins anew."""
        await end_tasks(list(self._seen_to.values()))
        await self._recorders.run(self._files.close())

    async def arrived(self, file: RecordedFile) -> None:
        """The service says that a file can be fetched. One that is none of ours changes nothing.

        Raises:
            RingmasterError: it is not here yet; it should be told of again.
        """
        task = self._seen_to.get(file.recording_id)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._see_to(file), name="recorded-file")
            self._seen_to[file.recording_id] = task
            task.add_done_callback(partial(self._seen, file.recording_id))
        done, _ = await asyncio.wait([task], timeout=_WAIT_S)
        if not done:
            raise Unavailable("recordings", "the file is being fetched")
        await task

    async def awaits(self, call_id: str) -> bool:
        """Is the file of a call still to come, or not all of it here?

        Raises:
            Unavailable: the database does not answer.
        """
        return await self._waiting.of_call(call_id) is not None

    async def unwanted(self, call_id: str) -> None:
        """The recording of a call is deleted: what is at the service is, too, or will be as soon as it is told of.

        Raises:
            ProviderError: it, or the service, does not answer. Done again it deletes the rest.
        """
        for one in await self._waiting.unwanted(call_id):
            if one.deletions:
                await self._delete_there(one)

    async def sweep(self, now: datetime, limit: int) -> int:
        """Give up those whose file has not come in two days: the service has them no longer.

        Raises:
            Unavailable: the database does not answer.
        """
        lost = await self._waiting.lost(now - _KEPT_THERE, limit)
        for one in lost:
            if one.wanted and not one.kept:
                log.error(
                    "the file of a recording was not fetched, and the service has it no longer",
                    extra={"event": "recording.not_fetched", "call_id": one.call_id},
                )
                await self._book.broke(one.call_id)
            await self._waiting.gone(one.recording_id)
        return len(lost)

    async def _see_to(self, file: RecordedFile) -> None:
        now = datetime.now(UTC)
        found = await self._waiting.take(file, now, now + _SEEN_TO)
        if found is None:
            return
        kept = found.kept
        try:
            if found.wanted and not kept:
                await self._keep(found, file)
                kept = True
                if await self._waiting.of_call(found.call_id) is None:  # it was deleted meanwhile
                    await self._recorders.run(self._recorders.store.delete(found.call_id))
            await self._delete_there(found)
        except BaseException as error:
            await asyncio.shield(self._waiting.leave(found.recording_id, kept=kept))
            if isinstance(error, RingmasterError):
                log.warning(
                    "the file of a recording was not fetched; the service tells of it again",
                    extra={"event": "recording.file_waits", "call_id": found.call_id, "code": error.code},
                )
            elif isinstance(error, Exception):  # told here: whoever waited for it may have gone
                log.exception(
                    "a recording failed unexpectedly", extra={"event": "recording.failed", "call_id": found.call_id}
                )
            raise

    def _seen(self, recording_id: str, task: asyncio.Task[None]) -> None:
        self._seen_to.pop(recording_id, None)
        if not task.cancelled():
            task.exception()  # it has been told, and may have nobody to raise at: asyncio would tell it again, bare

    async def _keep(self, found: ServiceRecording, file: RecordedFile) -> None:
        keeper = FileKeeper(found, self._recorders.store, self._recorders.cipher)
        seconds = await self._recorders.run(keeper.keep([self._files.read(place) for place in file.contents]))
        log.info(
            "the file of a recording was fetched",
            extra={"event": "recording.fetched", "call_id": found.call_id, "seconds": round(seconds, 1)},
        )

    async def _delete_there(self, found: ServiceRecording) -> None:
        for place in found.deletions:
            try:
                await self._recorders.run(self._files.delete(place))
            except ProviderRejected as error:
                log.error(
                    "the service does not delete a file that it recorded; it does after a day",
                    extra={"event": "recording.not_deleted_there", "call_id": found.call_id, "code": error.code},
                )
        await self._waiting.gone(found.recording_id)
