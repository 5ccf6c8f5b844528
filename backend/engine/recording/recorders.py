"""The recording thread of a worker, with an event loop of its own: a slow disk or service holds up no call."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from backend.domain.recording import SegmentName
from backend.engine.recording.recorder import Recorder
from backend.engine.recording.steps import Steps
from backend.engine.recording.tap import Tap
from backend.errors import RingmasterError
from backend.ports import Cipher, HealthPart, RecordingStore

__all__ = ["OpenSegment", "Recorders", "RecordingFigures"]

log = logging.getLogger(__name__)

T = TypeVar("T")

_FINISH_S = 10.0
"""So long the last pieces are waited for when the server ends."""


@dataclass(slots=True)
class RecordingFigures:
    """What this worker has recorded."""

    begun: int = 0
    live: int = 0
    broken: int = 0
    trouble: str = ""
    """Why the newest one broke off; empty once another was written to its end."""
    service_trouble: str = ""
    """Why the telephone service did not record the newest one that it was to; empty once it recorded another."""


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment that is being written."""

    tap: Tap
    _hurry: Callable[[], None] = field(repr=False)

    def close(self, at_s: float) -> None:
        """It ends here. Its last piece is written in the background."""
        if self.tap.closed_at_s is None:
            self.tap.closed_at_s = at_s
            self._hurry()


class Recorders:
    """Every recording of one worker.

    Args:
        store: where they are kept.
        cipher: seals them.
    """

    def __init__(self, store: RecordingStore, cipher: Cipher) -> None:
        self.store = store
        self.cipher = cipher
        self.figures = RecordingFigures()
        self.on_late: Callable[[str], None] = lambda _: None
        """Told the id of a call whose recording broke off when the call was over: its last piece was not written."""
        self.steps = Steps()
        self._thread: _LoopThread | None = None
        self._writing: set[Future[None]] = set()

    # -- on the event loop of the calls ---------------------------------------------------

    def start(self) -> None:
        """Begin. Called on the event loop of the calls, as everything here."""
        self._thread = _LoopThread()

    async def close(self) -> None:
        """Write what is left of those that were closed, and end the thread."""
        if self._thread is None:
            return
        if self._writing:
            await asyncio.wait([asyncio.wrap_future(one) for one in self._writing], timeout=_FINISH_S)
        try:
            async with asyncio.timeout(_FINISH_S):
                await self.run(self.store.close())
        except (TimeoutError, RingmasterError):
            log.warning("the store of recordings did not close", extra={"event": "recording.not_closed"})
        thread, self._thread = self._thread, None
        await asyncio.to_thread(thread.end)

    def open(self, name: SegmentName, rate: int, on_broken: Callable[[], None]) -> OpenSegment:
        """Begin to write a segment; waits for nothing.

        Args:
            name: which one.
            rate: samples a second of what will come in.
            on_broken: told, once, when it broke off: the call goes on without.
        """
        tap = Tap()
        tap.on_broken = partial(self._broke, tap, on_broken)
        recorder = Recorder(name, rate, tap, self.store, self.cipher, self.steps)
        self.figures.begun += 1
        self.figures.live += 1
        assert self._thread is not None
        self._writing.add(self._thread.run(self._write(recorder, asyncio.get_running_loop())))
        return OpenSegment(tap, partial(self._hurry, self._thread.loop, recorder))

    @staticmethod
    def _hurry(loop: asyncio.AbstractEventLoop, recorder: Recorder) -> None:
        loop.call_soon_threadsafe(recorder.hurry)

    def stats(self) -> dict[str, int]:
        """Figures for /stats."""
        figures = self.figures
        return {"begun": figures.begun, "live": figures.live, "broken": figures.broken}

    def health(self) -> HealthPart:
        """How it is, as far as is known: whether the newest recording could be written."""
        trouble, there, counts = self.figures.trouble, self.figures.service_trouble, self.stats()
        told: list[str] = []
        if trouble:
            ours = "calls go on unrecorded: make room, or look after where they are kept"
            told.append(f"a recording broke off ({trouble}); {ours}")
        if there:
            theirs = "its calls go on unrecorded: see whether its resource may record, or set recording.by: server"
            told.append(f"ACS did not record a call, or not to its end ({there}); {theirs}")
        return HealthPart("recordings", "degraded" if told else "ok", "; ".join(told), counts)

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Have something done in the recording thread: reading, deleting, a look whether it can write."""
        assert self._thread is not None
        return await asyncio.wrap_future(self._thread.run(coroutine))

    def _broke(self, tap: Tap, on_broken: Callable[[], None]) -> None:
        self.figures.broken += 1
        self.figures.trouble = self.figures.trouble or "the queue was full"
        log.error(
            "a recording broke off; the call goes on",
            extra={"event": "recording.broke", "at_s": round(tap.broken_at_s or 0.0, 1), "code": self.figures.trouble},
        )
        on_broken()

    def _over(self, recorder: Recorder, code: str) -> None:
        self.figures.live -= 1
        self._writing = {one for one in self._writing if not one.done()}
        if code or recorder.tap.broken_at_s is None:
            self.figures.trouble = code
        if code:
            recorder.tap.breaks(recorder.written_s)

    # -- in the recording thread ----------------------------------------------------------

    async def _write(self, recorder: Recorder, calls: asyncio.AbstractEventLoop) -> None:
        code = ""
        try:
            await recorder.run()
        except RingmasterError as error:
            code = error.code
        except Exception:  # the edge of the task: a fault of ours must cost no call, and must not go unnoticed
            log.exception("a recording failed unexpectedly", extra={"event": "recording.failed"})
            code = "ringmaster.failed"
        if not calls.is_closed():
            calls.call_soon_threadsafe(self._over, recorder, code)


class _LoopThread:
    """A thread with an event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="recordings", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Have something done in it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def end(self) -> None:
        """End it. Blocks: for another thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_FINISH_S)
        if not self._thread.is_alive():
            self.loop.close()
