"""Words of a voice that came through a codec: found again by the shape of its wave, for no sample is the same any more.

Opus, and resampling on the way, change every sample, but the wave keeps its shape below 1 kHz: what was heard is laid
against everything that the local voice has said, and the place where it fits best is where we are. From there on only
the neighborhood is looked at, so that a call costs little. The work is done in a thread.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from local_azure.soundbook import Learned, SoundBook, SpokenWord

__all__ = ["WaveBook", "WaveWords"]

_RATE = 2_000
_PER_MS = _RATE / 1000
_BLOCK = 16_384
"""Samples of one transform: 8 s. What is longer is laid in blocks that overlap by a piece."""
_PIECE = int(0.4 * _RATE)
"""What is laid against the book: 400 ms."""
_STEP_FRAMES = 10
"""How often: each 200 ms."""
_ALIKE, _SURELY = 0.75, 0.85
"""Correlation from which on it goes on with the same sound, and from which on it is one of all that there are. Through
Opus it is 0.95 and more; of other words 0.5, but a piece with little in it may be 0.8 like one of thousands."""
_PERHAPS, _IN_A_ROW = 0.62, 3
"""A voice that a busy line has squeezed or torn fits worse, down to 0.66 in whole calls, but time and again, and each
time where it should be: so many pieces that do are as good as one that surely fits."""
_NEAR_MS = 80.0
"""A jitter buffer stretches and shortens; so far from where it should be a piece still goes on with the sound."""
_LOUD = 120.0
_RECENT = 400
_REACH_MS = 60.0
_STANDS_STILL_MS, _GAP_MS = 1000.0, 500.0
"""A line may stand still for a moment in the middle of a word and then go on; a piece with the gap in it may have fit
the place before, so what goes on seems to begin that much before the end of what was read."""

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Eight seconds, or less, of something that was said."""

    words: Sequence[SpokenWord]
    offset: int
    """Where it begins in its sound."""
    wave: Wave
    spectrum: "NDArray[np.complex64]"
    energy: "NDArray[np.float64]"
    """Of the piece that begins at each sample."""

    def best(self, spectrum: "NDArray[np.complex64]", size: float, near: tuple[int, int]) -> tuple[float, int]:
        """How alike, and where in the block, between two places, the piece is found."""
        low, high = max(0, near[0]), min(near[1], self.energy.size)
        if high <= low:
            return 0.0, 0
        found = np.fft.irfft(self.spectrum * np.conj(spectrum), _BLOCK)[low:high]
        alike = found / (np.sqrt(self.energy[low:high]) * size + 1e-6)
        place = int(np.argmax(alike))
        return float(alike[place]), low + place


class WaveBook:
    """The waves of what the local voice has said, the latest of it."""

    def __init__(self, sounds: SoundBook) -> None:
        self._blocks: list[_Block] = []
        sounds.listeners.append(self._learn)

    @property
    def blocks(self) -> Sequence[_Block]:
        """All of them, the newest last."""
        return list(self._blocks)

    def _learn(self, learned: Learned) -> None:
        if learned.kind != "agent":
            return
        wave = _low(np.frombuffer(learned.pcm[: len(learned.pcm) & ~1], "<i2"), learned.sample_rate)
        for start in range(0, max(1, wave.size - _PIECE), _BLOCK - _PIECE):
            part = wave[start : start + _BLOCK]
            if part.size < _PIECE:
                part = np.pad(part, (0, _PIECE - part.size))
            sums = np.concatenate(([0.0], np.cumsum(part.astype(np.float64) ** 2)))
            energy = sums[_PIECE:] - sums[:-_PIECE]
            spectrum = np.fft.rfft(part, _BLOCK).astype(np.complex64)
            self._blocks.append(_Block(learned.words, start, part, spectrum, energy))
        del self._blocks[:-_RECENT]


@dataclass(slots=True)
class _Place:
    """Where we are in something that is being said."""

    block: _Block
    shift_ms: float
    """Its beginning in the stream."""
    first_ms: float
    last_ms: float
    alike: float = _ALIKE
    """From which correlation on it goes on."""

    @property
    def base_ms(self) -> float:
        """Where in the stream its sound begins, of which the block may be a later part."""
        return self.shift_ms - self.block.offset / _PER_MS

    def read_before(self, other: "_Place | None") -> float:
        """Up to where in its own time the sound was read before it stood still: that is heard once, not twice."""
        if other is None or self.first_ms - other.last_ms > _STANDS_STILL_MS:
            return -1000.0
        read_ms, goes_on_ms = other.last_ms - other.base_ms, self.first_ms - self.base_ms
        return read_ms + _REACH_MS if goes_on_ms > read_ms - _GAP_MS else -1000.0


@dataclass(frozen=True, slots=True)
class _Guess:
    """Where we may be: a piece has fit there, though not surely, or several have."""

    block: _Block
    shift_ms: float
    begins_ms: float
    at: int
    """Where the first of them begins, in the stream and in the block."""
    pieces: int = 1

    def and_then(self, other: "_Guess") -> "_Guess":
        """With another piece; only that where it does not fit behind this one."""
        if other.block is not self.block or abs(other.shift_ms - self.shift_ms) > _NEAR_MS:
            return other
        return _Guess(self.block, other.shift_ms, self.begins_ms, self.at, self.pieces + 1)


class WaveWords:
    """A :class:`~local_azure.phone.ear.WordSource`: words by the shape of the wave."""

    def __init__(self, book: WaveBook, sample_rate: int) -> None:
        self._book = book
        self._rate = sample_rate
        self._worker = ThreadPoolExecutor(1, "wave-words")
        self._heard = bytearray()
        self._from_ms = 0.0
        self._frames = 0
        self._since = 0
        self._busy: asyncio.Future[None] | None = None
        self._places: list[_Place] = []
        self._guess: _Guess | None = None
        self._taken_ms = -1000.0
        self._loud = False

    @property
    def pending(self) -> bool:
        """Something was said that has not been looked up yet."""
        return self._loud or self.looking

    @property
    def looking(self) -> bool:
        """The thread is at work."""
        return self._busy is not None and not self._busy.done()

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None:
        """20 ms; ``None`` is silence."""
        self._heard += bytes(frame_bytes) if pcm is None else pcm
        self._frames += 1
        self._since += 1
        self._loud = self._loud or loud
        if self._since >= _STEP_FRAMES:
            self._look_up(frame_bytes)

    def peek(self) -> str:
        """The words since the last :meth:`take`."""
        return " ".join(text for text, _ in self._fresh())

    def take(self) -> str:
        """The words since the last time."""
        words = self._fresh()
        if words:
            self._taken_ms = words[-1][1]
        return " ".join(text for text, _ in words)

    async def caught_up(self) -> None:
        """Wait until all that was heard has been looked up."""
        if self._busy is not None:
            await asyncio.wait([self._busy])

    async def close(self) -> None:
        """End the thread."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _look_up(self, frame_bytes: int) -> None:
        """Lay the latest piece against the book, if anything was said in it."""
        self._since = 0
        keep = int(_PIECE / _RATE * self._rate) * 2
        del self._heard[:-keep]
        if not self._loud:
            return
        self._loud = False
        if len(self._heard) < keep:
            return
        ends_ms = self._frames * 20.0
        piece = bytes(self._heard)
        # One after the other: a thread that is behind on a busy machine passes nothing over, and knows it later.
        self._busy = asyncio.get_running_loop().run_in_executor(self._worker, self._match, piece, ends_ms)

    def _match(self, pcm: bytes, ends_ms: float) -> None:
        piece = _low(np.frombuffer(pcm, "<i2"), self._rate)
        piece = np.pad(piece, (0, max(0, _PIECE - piece.size)))[:_PIECE]
        size = float(np.sqrt(np.sum(piece.astype(np.float64) ** 2)))
        if size / np.sqrt(_PIECE) < _LOUD:
            return
        spectrum = np.fft.rfft(piece, _BLOCK).astype(np.complex64)
        begins_ms = ends_ms - _PIECE / _PER_MS
        if self._goes_on(spectrum, size, begins_ms, ends_ms):
            self._guess = None
        else:
            self._anew(spectrum, size, begins_ms, ends_ms)

    def _goes_on(self, spectrum: "NDArray[np.complex64]", size: float, begins_ms: float, ends_ms: float) -> bool:
        """Is it what is being said already, where it should be by now?"""
        if not self._places:
            return False
        place = self._places[-1]
        expected = int((begins_ms - place.shift_ms) * _PER_MS)
        reach = int(_NEAR_MS * _PER_MS)
        alike, at = place.block.best(spectrum, size, (expected - reach, expected + reach))
        if alike < place.alike:
            return False
        place.shift_ms = begins_ms - at / _PER_MS
        place.last_ms = ends_ms
        return True

    def _anew(self, spectrum: "NDArray[np.complex64]", size: float, begins_ms: float, ends_ms: float) -> None:
        """Look for it in everything that was said."""
        best: tuple[float, int, _Block] | None = None
        for block in reversed(self._book.blocks):
            alike, at = block.best(spectrum, size, (0, _BLOCK))
            if alike > (best[0] if best else _PERHAPS):
                best = alike, at, block
        if best is None:
            self._guess = None
            return
        alike, at, block = best
        fits = _Guess(block, begins_ms - at / _PER_MS, begins_ms, at)
        self._guess = guess = self._guess.and_then(fits) if self._guess is not None else fits
        surely = alike > _SURELY
        if surely or guess.pieces >= _IN_A_ROW:
            self._guess = None
            self._begin(guess, ends_ms, _ALIKE if surely else _PERHAPS)

    def _begin(self, guess: _Guess, ends_ms: float, alike: float) -> None:
        """Be there from now on."""
        before = self._places[-1].last_ms if self._places else 0.0
        # The first piece of a sound has silence in it, and may not fit: it was heard all the same.
        early = guess.at + guess.block.offset <= _PIECE
        first_ms = max(before, guess.shift_ms) if early else guess.begins_ms
        self._places.append(_Place(guess.block, guess.shift_ms, first_ms, ends_ms, alike))

    def _fresh(self) -> list[tuple[str, float]]:
        """Words whose middle was heard, with that moment."""
        found: list[tuple[str, float]] = []
        before: dict[int, _Place] = {}
        for place in list(self._places):
            base, sound = place.base_ms, id(place.block.words)
            done_ms = place.read_before(before.get(sound))
            for word in place.block.words:
                own = (word.start_ms + word.end_ms) / 2
                middle = base + own
                heard = place.first_ms - _REACH_MS <= middle <= place.last_ms + _REACH_MS
                latest = max(self._taken_ms + _REACH_MS, found[-1][1] if found else -1000.0)
                if heard and own > done_ms and middle > latest:
                    found.append((word.text, middle))
            before[sound] = place
        return found


def _low(samples: "NDArray[np.int16]", rate: int) -> Wave:
    return soxr.resample(samples.astype(np.float32), rate, _RATE, quality="MQ").astype(np.float32)
