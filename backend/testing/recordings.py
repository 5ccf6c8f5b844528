"""Recordings of tests: kept in memory, and taken in virtual time without a thread."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from backend.domain.recording import SegmentName
from backend.domain.unsealed import Unsealed
from backend.engine.recording.playback import KeptRecording, Playback
from backend.engine.recording.recorder import Recorder
from backend.engine.recording.recorders import OpenSegment, Recorders
from backend.engine.recording.steps import Steps
from backend.engine.recording.tap import Tap
from backend.errors import Unavailable

__all__ = ["MemoryRecordings", "TakenDown"]


class MemoryRecordings:
    """``RecordingStore`` in memory."""

    def __init__(self) -> None:
        self.files: dict[SegmentName, bytes] = {}
        self.away = False
        """Can it not be reached?"""

    async def begin(self, segment: SegmentName) -> None:
        """Make an empty segment."""
        self._ask()
        self.files[segment] = b""

    async def append(self, segment: SegmentName, data: bytes) -> None:
        """Add to its end."""
        self._ask()
        self.files[segment] += data

    async def segments(self, call_id: str) -> Sequence[SegmentName]:
        """What there is of a call."""
        self._ask()
        return sorted((one for one in self.files if one.call_id == call_id), key=lambda one: one.began_ms)

    async def size(self, segment: SegmentName) -> int:
        """Its length."""
        self._ask()
        return len(self.files.get(segment, b""))

    async def read(self, segment: SegmentName, start: int, length: int) -> bytes:
        """A stretch of it."""
        self._ask()
        return self.files[segment][start : start + length]

    async def delete(self, call_id: str) -> int:
        """Delete everything of a call."""
        self._ask()
        gone = [one for one in self.files if one.call_id == call_id]
        for one in gone:
            del self.files[one]
        return len(gone)

    async def check(self) -> None:
        """Can something be written now?"""
        self._ask()

    async def close(self) -> None:
        """Nothing is held open."""

    def _ask(self) -> None:
        if self.away:
            raise Unavailable("recordings", "away")


class TakenDown(Recorders):
    """``Recorders`` without a thread: takes down everything, and writes it when it is asked for."""

    def __init__(self) -> None:
        super().__init__(MemoryRecordings(), Unsealed())
        self.segments: list[tuple[SegmentName, int, Tap]] = []

    def open(self, name: SegmentName, rate: int, on_broken: Callable[[], None]) -> OpenSegment:
        """Begin a segment."""
        tap = Tap(most=1_000_000, on_broken=on_broken)
        self.segments.append((name, rate, tap))
        return OpenSegment(tap, lambda: None)

    async def kept(self, call_id: str) -> tuple[KeptRecording, NDArray[np.int16]]:
        """What was recorded of a call, and its sound: a row for each sample, the caller left and the agent right."""
        for name, rate, tap in self.segments:
            if name.call_id == call_id and name not in await self.store.segments(call_id):
                await Recorder(name, rate, tap, self.store, self.cipher, Steps(0.0)).run()
        playback = Playback(self.store, self.cipher)
        found = await playback.find(call_id)
        assert found is not None, "nothing was recorded"
        sound = await playback.sounds(found).read(0, found.samples)
        return found, np.frombuffer(sound, "<i2").reshape(-1, 2)
