"""Keeps a file that the telephone service recorded as if it had been recorded here: on the call's own timeline, without
what is never kept, sealed. Lives in the recording thread.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import cast

import numpy as np

from backend.domain.recording import RECORDING_RATE, MarkerKind
from backend.domain.service_recording import CUT, UNMARKED, ServiceRecording, Span
from backend.engine.recording.segment_file import SegmentFile
from backend.engine.recording.tap import AGENT, CALLER, Event, Hide, Pause, Resume
from backend.engine.recording.track import Chunk, Track
from backend.engine.recording.wave_reader import WaveForm, read_wave
from backend.errors import ProtocolError
from backend.ports import Cipher, RecordingStore

__all__ = ["FileKeeper"]

_BLOCK_S = 0.12
"""Sound is put on the timeline in blocks of this length."""


class FileKeeper:
    """Writes one recording.

    Args:
        recording: what is known of it.
        store: where it goes.
        cipher: seals it.
    """

    def __init__(self, recording: ServiceRecording, store: RecordingStore, cipher: Cipher) -> None:
        self._recording = recording
        self._name = recording.segment
        self._store = store
        self._file = SegmentFile(self._name, cipher)
        self._cuts = sorted((one for one in recording.spans if one.kind == CUT), key=lambda one: one.start_s)
        self._at_s = recording.lead_s
        self._form: WaveForm | None = None
        self._track = Track()

    async def keep(self, files: list[AsyncIterator[bytes]]) -> float:
        """Write what is in these files, in this order; gives how many seconds that is. What was there of the call is
        replaced: it is what an earlier try left.

        Raises:
            ProtocolError: one of them cannot be read.
            ProviderError: one of them did not come to its end, or what keeps recordings cannot be written to.
        """
        await self._store.delete(self._name.call_id)
        await self._store.begin(self._name)
        await self._append(self._file.beginning({"call_id": self._name.call_id, "began_ms": self._name.began_ms}))
        for file in files:
            form, sound = await read_wave(file)
            self._takes(form)
            await self._take(form, sound)
        for chunk in self._track.rest(self._at_s):
            await self._write(chunk)
        await self._tell()
        await self._append(self._file.end())
        return self._at_s

    def _takes(self, form: WaveForm) -> None:
        if self._form is None:
            try:
                self._track = Track(form.rate)
            except ValueError as error:
                raise ProtocolError(f"the file of a recording cannot be read: {error}") from error
            self._track.feed(_left_out(self._recording.spans))
        elif form.rate != self._form.rate:
            raise ProtocolError("the files of a recording are not alike")
        self._form = form

    async def _take(self, form: WaveForm, sound: AsyncIterator[bytes]) -> None:
        block = int(form.rate * _BLOCK_S) * form.channels * 2
        waiting = b""
        async for piece in sound:
            waiting += piece
            whole = len(waiting) - len(waiting) % block
            for at in range(0, whole, block):
                self._put(form, waiting[at : at + block])
            waiting = waiting[whole:]
            for chunk in self._track.ready(self._at_s):
                await self._write(chunk)
            await self._tell()
        if waiting:
            self._put(form, waiting if form.rate == RECORDING_RATE else _padded(waiting, form.channels))

    def _put(self, form: WaveForm, block: bytes) -> None:
        """A block of all channels: the first is the caller's, what is in the others is the agent's side."""
        voices = np.frombuffer(block, "<i2").reshape(-1, form.channels)
        lasts_s = len(voices) / form.rate
        while self._cuts and self._at_s >= self._cuts[0].start_s:
            cut = self._cuts.pop(0)
            self._at_s += cut.end_s - cut.start_s
        self._track.feed([(CALLER, self._at_s + lasts_s, voices[:, 0].tobytes())])
        if form.channels > 1:
            others = voices[:, 1:].astype(np.int32).sum(axis=1)
            self._track.feed([(AGENT, self._at_s, np.clip(others, -32768, 32767).astype("<i2").tobytes())])
        self._at_s += lasts_s

    async def _write(self, chunk: Chunk) -> None:
        await self._append(self._file.sound(chunk))
        await asyncio.sleep(0)  # the recordings of calls that go on have their turn

    async def _tell(self) -> None:
        for marker in self._track.markers():
            await self._append(self._file.marker(marker))

    async def _append(self, data: bytes) -> None:
        await self._store.append(self._name, data)


def _left_out(spans: tuple[Span, ...]) -> Iterator[Event]:
    for one in sorted(spans, key=lambda one: one.start_s):
        if one.kind == UNMARKED:
            yield Hide(one.start_s, one.end_s, one.channels, told=False)
        elif one.kind != CUT:
            yield Pause(one.start_s, one.channels, cast("MarkerKind", one.kind))
            yield Resume(one.end_s, one.channels)


def _padded(block: bytes, channels: int) -> bytes:
    """Of a length that can be brought to another rate."""
    return block + bytes(-len(block) % (channels * 2 * 3))
