"""Reads recordings back: what there is of a call, its markers, and its sound as one stretch of stereo."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

import numpy as np

from backend.domain.recording import RECORDING_RATE, RecordingMarker, SegmentName
from backend.engine.recording.segment_file import BEGINNING, HEAD_BYTES, Head, Piece, SegmentFile
from backend.engine.recording.track import Chunk
from backend.errors import SealBroken
from backend.ports import Cipher, RecordingStore

__all__ = ["FRAME_BYTES", "KeptRecording", "KeptSegment", "Playback", "Sounds"]

FRAME_BYTES = 4
"""One sample of each voice."""

_LONGEST_GAP_S = 4 * 3600
"""Between two segments. More is no gap but a wrong clock."""
_WAVE_A_SECOND = 10


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """One segment as it stands in the store.

    Args:
        name: which.
        sounds: its pieces of sound, with the place of the first sample of each.
        markers: what a listener is to know.
        complete: does it end as it should? If not, it is still being written, or whoever wrote it is gone.
    """

    name: SegmentName
    sounds: tuple[tuple[int, Piece], ...]
    markers: tuple[RecordingMarker, ...]
    complete: bool

    @property
    def samples(self) -> int:
        """Its length."""
        return self.sounds[-1][0] + self.sounds[-1][1].head.samples if self.sounds else 0

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.samples / RECORDING_RATE


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """All segments of a call on one timeline, which begins with the first. What lies between them is silent."""

    segments: tuple[KeptSegment, ...]
    rate: ClassVar[int] = RECORDING_RATE
    """Samples a second."""

    @property
    def began_at(self) -> datetime:
        """When its first sound was heard."""
        return self.segments[0].name.began_at

    @property
    def complete(self) -> bool:
        """Does it end as it should?"""
        return self.segments[-1].complete

    def offset(self, segment: KeptSegment) -> int:
        """Place of a segment's first sample on the timeline."""
        milliseconds = segment.name.began_ms - self.segments[0].name.began_ms
        return min(milliseconds, _LONGEST_GAP_S * 1000) * RECORDING_RATE // 1000

    @property
    def samples(self) -> int:
        """Its length."""
        return max((self.offset(one) + one.samples for one in self.segments), default=0)

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.samples / RECORDING_RATE

    @property
    def markers(self) -> list[RecordingMarker]:
        """Those of all segments, in seconds of the whole."""
        found: list[RecordingMarker] = []
        for segment in self.segments:
            first = self.offset(segment) / RECORDING_RATE
            for one in segment.markers:
                end = None if one.end_s is None else round(first + min(one.end_s, segment.seconds), 3)
                found.append(replace(one, start_s=round(first + one.start_s, 3), end_s=end))
        return found


class Sounds:
    """The sound of one recording. Keeps the piece that was opened last: who listens reads on.

    Lives in the recording thread.
    """

    def __init__(self, kept: KeptRecording, store: RecordingStore, cipher: Cipher) -> None:
        self._kept = kept
        self._store = store
        self._cipher = cipher
        self._opened: tuple[KeptSegment, Piece, Chunk] | None = None

    async def read(self, start: int, count: int) -> bytes:
        """So many samples of both voices from a place on, the caller's and the agent's by turns.

        Raises:
            SealBroken: the key is another one, or a piece is not what it was.
            Unavailable: the store cannot be read.
        """
        out = np.zeros((count, 2), "<i2")
        for segment in self._kept.segments:
            first = self._kept.offset(segment)
            for at, piece in segment.sounds:
                begins, ends = first + at, first + at + piece.head.samples
                if begins < start + count and ends > start:
                    chunk = await self._open(segment, piece)
                    _lay(out, chunk, begins - start)
        return out.tobytes()

    async def loudness(self, start: int, count: int) -> tuple[list[int], list[int]]:
        """How loud both voices are in a stretch, in tenths of a second, from 0 to 100. Raises like ``read``."""
        sound = np.frombuffer(await self.read(start, count), "<i2").reshape(-1, 2)
        step = RECORDING_RATE // _WAVE_A_SECOND
        peaks = [np.abs(sound[at : at + step : 4].astype(np.int32)).max(axis=0) for at in range(0, count, step)]
        return [int(one[0]) * 100 // 32768 for one in peaks], [int(one[1]) * 100 // 32768 for one in peaks]

    async def _open(self, segment: KeptSegment, piece: Piece) -> Chunk:
        if self._opened is None or self._opened[0] is not segment or self._opened[1] is not piece:
            body = await self._store.read(segment.name, piece.body_at, piece.head.size)
            chunk = SegmentFile(segment.name, self._cipher).open_sound(piece, body)
            self._opened = segment, piece, chunk
        return self._opened[2]


class Playback:
    """Finds and reads recordings. Lives in the recording thread.

    Args:
        store: where they are.
        cipher: opens them.
    """

    def __init__(self, store: RecordingStore, cipher: Cipher) -> None:
        self._store = store
        self._cipher = cipher

    async def find(self, call_id: str) -> KeptRecording | None:
        """What there is of a call; ``None``: nothing.

        Raises:
            SealBroken: the key is another one, or a file is not what it was.
            Unavailable: the store cannot be read.
        """
        names = await self._store.segments(call_id)
        found = [await self._segment(name) for name in names]
        return KeptRecording(tuple(found)) if found else None

    def sounds(self, kept: KeptRecording) -> Sounds:
        """Its sound."""
        return Sounds(kept, self._store, self._cipher)

    async def _segment(self, name: SegmentName) -> KeptSegment:
        file, size = SegmentFile(name, self._cipher), await self._store.size(name)
        if size and await self._store.read(name, 0, len(BEGINNING)) != BEGINNING:
            raise SealBroken("this file is no recording")
        sounds: list[tuple[int, Piece]] = []
        markers: dict[tuple[str, float], RecordingMarker] = {}
        samples, complete = 0, False
        async for piece in self._pieces(name, size):
            match piece.head.kind:
                case "head":
                    file.open_head(piece, await self._body(name, piece))  # a wrong key is told at once
                case "sound":
                    sounds.append((samples, piece))
                    samples += piece.head.samples
                case "marker":
                    marker = file.open_marker(piece, await self._body(name, piece))
                    markers[marker.kind, marker.start_s] = marker
                case "end":
                    file.open_head(piece, await self._body(name, piece))
                    complete = True
        return KeptSegment(name, tuple(sounds), tuple(markers.values()), complete)

    async def _pieces(self, name: SegmentName, size: int) -> AsyncIterator[Piece]:
        """Every whole piece; what was torn off by a crash is passed over."""
        at, number = len(BEGINNING), 0
        while head := Head.read(await self._store.read(name, at, HEAD_BYTES)) if at < size else None:
            body_at = at + HEAD_BYTES
            if body_at + head.size > size:
                return
            yield Piece(number, head, body_at)
            at, number = body_at + head.size, number + 1

    async def _body(self, name: SegmentName, piece: Piece) -> bytes:
        return await self._store.read(name, piece.body_at, piece.head.size)


def _lay(out: np.ndarray, chunk: Chunk, at: int) -> None:
    """Put a chunk into a stretch; ``at`` may be before its beginning."""
    for column, pcm in enumerate((chunk.caller, chunk.agent)):
        if pcm:
            samples = np.frombuffer(pcm, "<i2")
            first = max(0, -at)
            last = min(len(samples), len(out) - at)
            out[at + first : at + last, column] = samples[first:last]
