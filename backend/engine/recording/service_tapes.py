"""Every recording that the telephone service makes of calls of one worker."""

import asyncio
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any

from backend.domain.call import CallRecord
from backend.engine.recording.recorders import RecordingFigures
from backend.engine.recording.service_tape import ServiceTape
from backend.ports import ServiceRecorder, ServiceRecordings

__all__ = ["ServiceTapes"]

log = logging.getLogger(__name__)

_FINISH_S = 10.0
"""So long what is on its way is waited for when the server ends."""


class ServiceTapes:
    """Makes tapes, and counts them among all recordings.

    Args:
        recorder: the service.
        book: where recordings are noted until their files are here.
        figures: of all recordings of the worker.
    """

    def __init__(self, recorder: ServiceRecorder, book: ServiceRecordings, figures: RecordingFigures) -> None:
        self._recorder = recorder
        self._book = book
        self._figures = figures
        self._tasks: set[asyncio.Task[None]] = set()

    def tape(self, record: CallRecord, token: str, *, goes_on: bool) -> ServiceTape:
        """That of one call; ``goes_on`` where another worker may have begun it."""
        over = partial(self._over, record.call_id)
        self._figures.begun += 1
        self._figures.live += 1
        return ServiceTape(record, token, self._recorder, self._book, over, self._spawn, goes_on=goes_on)

    async def close(self) -> None:
        """Let what is on its way come to its end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FINISH_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="service-recording")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _over(self, call_id: str, code: str) -> None:
        self._figures.live -= 1
        self._figures.service_trouble = code
        if code:
            self._figures.broken += 1
            log.error(
                "the telephone service does not record a call, or no longer; the call goes on",
                extra={"event": "recording.service_failed", "code": code, "call_id": call_id},
            )
