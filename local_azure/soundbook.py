"""What is being said on the local phone lines, recognized by the very samples.

The phone of the local Azure knows what its caller says, and the local voice knows what the agent says. Both
write it down here; the scripted recognizer and the phone's own ear look it up again. Audio is found by
*anchors*: places chosen by the audio itself (a hash of 16 samples that happens to end in zeros, as in
content-defined chunking), so that it does not matter how the stream was cut, padded or interrupted on its way,
as long as the samples were not changed.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from backend.domain.audio import PCM_16K

__all__ = ["Follower", "HeardWord", "Kind", "Learned", "Match", "SoundBook", "SpokenWord", "spread_words"]

Kind = Literal["caller", "agent"]

_WINDOW = 16
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
_SELECT_BITS = 7
"""One sample in 128 is an anchor: about 125 a second at 16 kHz, a dozen in the shortest word."""
_QUIET = 48
"""Windows that never get louder than this are all alike, so they say nothing."""
_SAME_SOUND = 12
"""So many texts may begin with the same samples; older ones are forgotten at this anchor."""
_REACH_MS = 90.0
"""How far around an anchor audio counts as heard."""
_SHARED_MS = 60.0
"""Of that, so much at either end may be heard as a word of the sound before or after it."""
_REPLAYED_MS = 60.0
"""A voice that goes on after a gap may say so much again; more of it is said twice."""
_ENOUGH = 3
"""Fewer anchors than this in a row may be chance."""
_FRAME = 320
_SPEECH_LEVEL = 120.0


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and where it lies in its audio."""

    text: str = field(repr=False)
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class Match:
    """Audio that was found. ``offset_ms`` is where the searched audio begins within what was learned."""

    text: str = field(repr=False)
    words: tuple[SpokenWord, ...] = field(repr=False)
    offset_ms: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word in a followed stream; times count from the first sample of the stream."""

    text: str = field(repr=False)
    start_ms: float
    end_ms: float

    @property
    def middle_ms(self) -> float:
        """Where half of it has been heard."""
        return (self.start_ms + self.end_ms) / 2


@dataclass(frozen=True, slots=True)
class Learned:
    """A sound with its words."""

    pcm: bytes = field(repr=False)
    words: tuple[SpokenWord, ...] = field(repr=False)
    kind: Kind
    sample_rate: int


@dataclass(slots=True)
class _Sound:
    text: str
    words: tuple[SpokenWord, ...]
    kind: Kind
    bytes_per_ms: int
    anchors: list[int]


@dataclass(slots=True)
class _Run:
    """Anchors of one sound that lie at the same distance from the stream's start."""

    sound: _Sound
    shift: int
    first: int
    last: int
    hits: int = 1


class SoundBook:
    """Learns audio with its words and finds it again. Bounded: the sounds unused for longest go first."""

    def __init__(self, max_anchors: int = 600_000) -> None:
        self._max_anchors = max_anchors
        self._sounds: OrderedDict[bytes, _Sound] = OrderedDict()
        self._index: dict[int, list[tuple[_Sound, int]]] = {}
        self._size = 0
        self.listeners: list[Callable[[Learned], None]] = []
        """Told of every sound that is new."""
        self.said: list[Callable[[str, Kind], None]] = []
        """Told of every text whose sound is about to be heard, as often as it is."""

    def learn(
        self,
        pcm: bytes,
        text: str,
        words: Sequence[SpokenWord] = (),
        kind: Kind = "caller",
        sample_rate: int = PCM_16K.sample_rate,
    ) -> None:
        """Remember that ``pcm`` (16-bit mono) says ``text``.

        Args:
            words: where each word lies; without them they are spread over the audible part.
        """
        for hearer in self.said:
            hearer(text, kind)
        key = hashlib.blake2b(pcm + f"{kind}:{text}".encode(), digest_size=16).digest()
        if key in self._sounds:
            self._sounds.move_to_end(key)
            return
        spoken = tuple(words) or spread_words(pcm, text, sample_rate)
        hashes, places = _anchors(np.frombuffer(pcm[: len(pcm) & ~1], dtype="<i2"))
        if places:
            spoken = _clipped(spoken, places[-1] * 1000 / sample_rate)
        sound = _Sound(text, spoken, kind, sample_rate * 2 // 1000, hashes)
        self._sounds[key] = sound
        self._size += len(hashes)
        for anchor, place in zip(hashes, places, strict=True):
            entries = self._index.setdefault(anchor, [])
            entries.append((sound, place))
            del entries[:-_SAME_SOUND]
        for listener in self.listeners:
            listener(Learned(pcm, spoken, kind, sample_rate))
        while self._size > self._max_anchors and len(self._sounds) > 1:
            self._forget(self._sounds.popitem(last=False)[1])

    def include(self, other: "SoundBook") -> None:
        """Know what another book knows now. Listeners are not told of it."""
        for key, sound in other._sounds.items():
            if key not in self._sounds:
                self._sounds[key] = sound
                self._size += len(sound.anchors)
        for anchor, theirs in other._index.items():
            entries = self._index.get(anchor)
            if entries is None:  # of an empty book all of them
                self._index[anchor] = theirs.copy()
                continue
            entries.extend(entry for entry in theirs if entry not in entries)
            del entries[:-_SAME_SOUND]

    def find(self, pcm: bytes, kind: Kind | None = None) -> Match | None:
        """The learned sound that most of ``pcm`` belongs to, or ``None``."""
        runs = Follower(self, kind).feed(pcm).runs()
        if not runs:
            return None
        best = runs[0]
        offset = -best.shift * 2 / best.sound.bytes_per_ms
        return Match(best.sound.text, best.sound.words, offset, best.sound.kind)

    def follow(self, kind: Kind | None = None, sample_rate: int = PCM_16K.sample_rate) -> "Follower":
        """Listen along with a stream that arrives in pieces."""
        return Follower(self, kind, sample_rate)

    def at(self, anchor: int) -> Sequence[tuple["_Sound", int]]:
        """Sounds that have this anchor, with its place in samples. For :class:`Follower`."""
        return self._index.get(anchor, ())

    def _forget(self, sound: _Sound) -> None:
        self._size -= len(sound.anchors)
        for anchor in sound.anchors:
            left = [entry for entry in self._index.get(anchor, ()) if entry[0] is not sound]
            if left:
                self._index[anchor] = left
            else:
                self._index.pop(anchor, None)


_FORGOTTEN_MS = 2000.0
"""A sound that was last heard so long ago is over."""


class Follower:
    """Follows one stream against the book. Cheap: about 60 microseconds for 100 ms of sound."""

    def __init__(self, book: SoundBook, kind: Kind | None = None, sample_rate: int = 16_000) -> None:
        self._book = book
        self._kind = kind
        self._per_ms = sample_rate / 1000
        self._position = 0
        self._tail: NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        self._odd = b""
        self._runs: dict[tuple[int, int], _Run] = {}

    def feed(self, pcm: bytes) -> "Follower":
        """Hear some more of the stream, cut anywhere. Returns itself."""
        pcm = self._odd + pcm
        even = len(pcm) & ~1
        self._odd = pcm[even:]
        fresh = np.frombuffer(pcm[:even], dtype="<i2")
        samples = np.concatenate((self._tail, fresh)) if self._tail.size else fresh
        start = self._position - self._tail.size
        for anchor, place in zip(*_anchors(samples), strict=True):
            self._note(anchor, start + place)
        self._position += fresh.size
        self._tail = samples[-(_WINDOW - 1) :]
        return self

    def skip(self, byte_count: int) -> None:
        """Pass over ``byte_count`` bytes that are known to be silence."""
        self._position += byte_count // 2
        self._tail = self._tail[:0]

    def forget(self) -> None:
        """Let go of sounds that are over. The clock of the stream goes on."""
        recent = self._position - _FORGOTTEN_MS * self._per_ms
        self._runs = {key: run for key, run in self._runs.items() if run.last > recent}

    def runs(self) -> list["_Run"]:
        """What was recognized and not forgotten yet, the surest first."""
        sure = [run for run in self._runs.values() if run.hits >= _ENOUGH]
        return sorted(sure, key=lambda run: -run.hits)

    def words(self) -> list[HeardWord]:
        """The words heard so far in the order of the stream; a word counts once it has begun to be heard."""
        taken: list[tuple[float, float]] = []
        words: list[HeardWord] = []
        runs = self.runs()
        for run in runs:
            begin, end = self._begin_ms(run, runs), run.last / self._per_ms + _REACH_MS
            shift_ms = run.shift / self._per_ms
            for word in run.sound.words:
                middle = (word.start_ms + word.end_ms) / 2 + shift_ms
                twice = any(other.start_ms <= middle <= other.end_ms for other in words)  # nobody says two at once
                if begin <= middle <= end and not twice and not any(low <= middle <= high for low, high in taken):
                    words.append(HeardWord(word.text, word.start_ms + shift_ms, word.end_ms + shift_ms))
            taken.append((begin + _SHARED_MS, end - _SHARED_MS))
        return sorted(words, key=lambda word: word.start_ms)

    def _begin_ms(self, run: _Run, runs: Iterable[_Run]) -> float:
        """Where the words of a run begin. One that goes on after a gap leaves the torn word to the run before it."""
        begin = run.first / self._per_ms - _REACH_MS
        latest = run.first - run.shift + _REPLAYED_MS * self._per_ms
        for other in runs:
            before = other.sound is run.sound and other.last < run.first
            if before and other.last - other.shift <= latest:
                begin = max(begin, (other.last - other.shift + run.shift) / self._per_ms + _REACH_MS)
        return begin

    def _note(self, anchor: int, place: int) -> None:
        for sound, there in self._book.at(anchor):
            if self._kind is not None and sound.kind != self._kind:
                continue
            key = (id(sound), place - there)
            run = self._runs.get(key)
            if run is None:
                self._runs[key] = _Run(sound, place - there, place, place)
            else:
                run.hits += 1
                run.last = place


def spread_words(pcm: bytes, text: str, sample_rate: int = 16_000) -> tuple[SpokenWord, ...]:
    """Guess where the words of ``text`` lie: spread by length over the audible part of ``pcm``."""
    words = text.split()
    if not words:
        return ()
    samples = np.frombuffer(pcm[: len(pcm) & ~1], dtype="<i2").astype(np.float32)
    frames = samples[: samples.size // _FRAME * _FRAME].reshape(-1, _FRAME)
    loud = np.flatnonzero(np.sqrt((frames**2).mean(axis=1)) > _SPEECH_LEVEL) if frames.size else []
    per_ms = sample_rate / 1000
    begin = float(loud[0] * _FRAME / per_ms) if len(loud) else 0.0
    end = float((loud[-1] + 1) * _FRAME / per_ms) if len(loud) else samples.size / per_ms
    weights = [len(word) + 1 for word in words]
    unit = (end - begin) / sum(weights)
    spoken: list[SpokenWord] = []
    at = begin
    for word, weight in zip(words, weights, strict=True):
        spoken.append(SpokenWord(word, at, at + weight * unit))
        at += weight * unit
    return tuple(spoken)


def _clipped(words: Iterable[SpokenWord], end_ms: float) -> tuple[SpokenWord, ...]:
    """A voice counts the silence behind its last word into the word; nobody hears that."""
    return tuple(SpokenWord(w.text, w.start_ms, max(w.start_ms, min(w.end_ms, end_ms))) for w in words)


def _anchors(samples: NDArray[np.int16]) -> tuple[list[int], list[int]]:
    """Hashes and places (first sample of the window) of the anchors in ``samples``."""
    if samples.size < _WINDOW:
        return [], []
    mixed = samples.astype(np.int64).view(np.uint64)
    for step, factor in zip((1, 2, 4, 8), _MIX, strict=True):
        mixed = mixed[:-step] * np.uint64(factor) + mixed[step:]
        mixed ^= mixed >> np.uint64(29)
    chosen = np.flatnonzero((mixed & np.uint64((1 << _SELECT_BITS) - 1)) == 0)
    if not chosen.size:
        return [], []
    windows = samples[chosen[:, None] + np.arange(_WINDOW)]
    places = chosen[np.abs(windows.astype(np.int32)).max(axis=1) > _QUIET]
    return mixed[places].tolist(), places.tolist()
