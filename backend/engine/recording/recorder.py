"""Writes one segment: empties its tap, seals what is ready, appends it."""

import asyncio
from collections.abc import Iterator
from functools import partial

from backend.domain.recording import RECORDING_RATE, RecordingMarker, SegmentName
from backend.engine.recording.segment_file import SegmentFile
from backend.engine.recording.steps import RESAMPLED_BYTES, STEP_BYTES, Steps, in_steps
from backend.engine.recording.tap import Tap
from backend.engine.recording.track import Chunk, Track
from backend.ports import Cipher, RecordingStore

__all__ = ["Recorder"]

_LOOK_S = 1.0
_BEHIND = 1000
"""Entries that wait, ten seconds of both voices: a third of what may, so it hurries."""


class Recorder:
    """One segment on its way to the store. Lives in the recording thread.

    Args:
        name: which segment.
        rate: samples a second of what comes in.
        tap: where it comes from.
        store: where it goes.
        cipher: seals it.
        steps: those of all recordings of the thread.
    """

    def __init__(
        self, name: SegmentName, rate: int, tap: Tap, store: RecordingStore, cipher: Cipher, steps: Steps
    ) -> None:
        self.tap = tap
        self._name = name
        self._track = Track(rate)
        self._file = SegmentFile(name, cipher)
        self._store = store
        self._step = steps.take
        self._most = STEP_BYTES if rate == RECORDING_RATE else RESAMPLED_BYTES
        self._hurry = asyncio.Event()
        self.written_s = 0.0
        """So much of it is in the store."""

    def hurry(self) -> None:
        """The tap was closed or broke off: do not wait for the next look."""
        self._hurry.set()

    async def run(self) -> None:
        """Write until the tap is closed or has broken off.

        Raises:
            Unavailable: the store cannot be written to; what was written until then can be read.
        """
        await self._store.begin(self._name)
        await self._append(self._file.beginning({"call_id": self._name.call_id, "began_ms": self._name.began_ms}))
        while (until := self._until()) is None:
            latest_s = self.tap.latest_s  # before what waits is taken: all that was heard until then is in it
            await self._feed()
            await self._write(self._track.ready(latest_s))
            await self._tell(self._track.markers())
            await self._pause()
        await self._finish(until)

    def _until(self) -> float | None:
        broken, closed = self.tap.broken_at_s, self.tap.closed_at_s
        return broken if broken is not None else closed

    async def _finish(self, until: float) -> None:
        await self._feed()
        await self._write(self._track.rest(until))
        await self._tell(self._track.markers())
        if self.tap.broken_at_s is not None:
            await self._tell([RecordingMarker("broke", round(until, 3))])
        await self._append(self._file.end())

    async def _feed(self) -> None:
        heard = self.tap.take()
        for part in in_steps(heard, self._most):
            await self._step(partial(self._track.feed, part), hurry=len(heard) > _BEHIND)

    async def _write(self, chunks: Iterator[Chunk]) -> None:
        while (chunk := await self._step(partial(next, chunks, None))) is not None:
            await self._append(await self._step(partial(self._file.sound, chunk)))
            self.written_s = self._track.written_s

    async def _tell(self, markers: list[RecordingMarker]) -> None:
        for marker in markers:
            await self._append(self._file.marker(marker))

    async def _append(self, data: bytes) -> None:
        await self._store.append(self._name, data)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_S):
                await self._hurry.wait()
        except TimeoutError:
            return
