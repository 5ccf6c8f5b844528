"""Both voices of a segment on one timeline. They stay here for a while, so that what is never kept can be left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from backend.domain.recording import RECORDING_RATE, MarkerKind, RecordingMarker
from backend.engine.recording.channel import Channel
from backend.engine.recording.resampling import Resampler
from backend.engine.recording.tap import AGENT, CALLER, Cut, Heard, Hide, Hold, Pause, Resume

__all__ = ["CHUNK_S", "Chunk", "Track"]

CHUNK_S = 5
"""So much is sealed and written at once: an interruption costs no more than that beside what waits."""

_WAITS_S = 15.0
"""So long everything waits. A card number is known for one when it was said, and its words are understood."""
_LONGEST_S = 90.0
"""Nothing is held back for longer. What would have to be is left out instead."""

_UNEVEN_S = 0.25
"""Frames of a caller that come so much too early or too late follow one another: the net is uneven, voices are not."""
_ROUNDED_S = 0.001
"""When an agent's frames are heard is known; moments that were added up are off by so much at most."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of both voices: 16-bit samples of each, empty where it is silent all through."""

    samples: int
    caller: bytes = field(repr=False)
    agent: bytes = field(repr=False)


@dataclass(slots=True)
class _LeftOut:
    kind: MarkerKind
    start_s: float
    end_s: float | None
    channels: int
    told: bool = False
    """Does the segment have its marker, with the end it has now?"""

    def marker(self) -> RecordingMarker:
        return RecordingMarker(self.kind, round(self.start_s, 3), None if self.end_s is None else round(self.end_s, 3))


class Track:
    """The two voices of one segment.

    Args:
        rate: samples a second of what comes in; what goes out has 16,000.
    """

    def __init__(self, rate: int = RECORDING_RATE) -> None:
        self._resamplers = None if rate == RECORDING_RATE else {CALLER: Resampler(rate), AGENT: Resampler(rate)}
        self._caller, self._agent = Channel(_place(_UNEVEN_S)), Channel(_place(_ROUNDED_S))
        self._agent_until = 0.0
        self._left_out: list[_LeftOut] = []
        self._hold_from: float | None = None
        self._bytes_a_second = rate * 2

    @property
    def written_s(self) -> float:
        """Up to here it has been given out."""
        return self._caller.start / RECORDING_RATE

    # -- what comes in --------------------------------------------------------------------

    def feed(self, heard: Iterable[Heard]) -> None:
        """Put in what was heard, in the order in which it was."""
        for one in heard:
            if isinstance(one, tuple):
                self._add(*one)
                continue
            match one:
                case Cut(at_s):
                    self._agent.cut(_place(at_s))
                    self._agent_until = min(self._agent_until, at_s)
                case Pause(at_s, channels, kind):
                    self._leave_out(kind, at_s, None, channels)
                case Resume(at_s, channels):
                    self._end_pause(at_s, channels)
                case Hide(start_s, end_s, channels, told):
                    self._leave_out("hidden", start_s, end_s, channels, told=told)
                case Hold(from_s):
                    self._hold_from = from_s

    def _add(self, channel: int, at_s: float, pcm: bytes) -> None:
        """A frame of the caller was spoken before it came; one of the agent is heard when those before it have been."""
        lasts_s = len(pcm) / self._bytes_a_second
        if self._resamplers is not None:
            pcm = self._resamplers[channel].feed(pcm)
        if channel == CALLER:
            self._caller.add(max(0, _place(at_s - lasts_s)), pcm)
            return
        begins = max(at_s, self._agent_until)
        self._agent_until = begins + lasts_s
        self._agent.add(_place(begins), pcm)

    def _leave_out(
        self, kind: MarkerKind, start_s: float, end_s: float | None, channels: int, *, told: bool = True
    ) -> None:
        """From here on, as far as it is not written yet: a marker never claims silence where there is sound."""
        start_s = max(start_s, self.written_s)
        if end_s is None or end_s > start_s:
            self._left_out.append(_LeftOut(kind, start_s, end_s, channels, told=not told))

    def _end_pause(self, at_s: float, channels: int) -> None:
        for one in self._left_out:
            if one.channels == channels and one.end_s is None:
                one.end_s, one.told = at_s, False

    # -- what goes out --------------------------------------------------------------------

    def ready(self, now_s: float) -> Iterator[Chunk]:
        """Chunks that nothing can change any more."""
        until = now_s - _WAITS_S
        if self._hold_from is not None:
            if self._hold_from < now_s - _LONGEST_S:
                self._leave_out("hidden", self._hold_from, now_s, CALLER)
                self._hold_from = None
            else:
                until = min(until, self._hold_from)
        while until - self.written_s >= CHUNK_S:
            yield self._chunk(CHUNK_S * RECORDING_RATE)

    def rest(self, until_s: float) -> Iterator[Chunk]:
        """All that is left, up to the end of the segment. What was held back is left out."""
        if self._hold_from is not None:
            self._leave_out("hidden", self._hold_from, until_s, CALLER)
            self._hold_from = None
        self._agent.cut(_place(until_s))
        while (left := _place(until_s) - self._caller.start) > 0:
            yield self._chunk(min(left, CHUNK_S * RECORDING_RATE))

    def markers(self) -> list[RecordingMarker]:
        """What has to be told of what was given out, and was not told yet."""
        found: list[RecordingMarker] = []
        for one in self._left_out:
            if not one.told and one.start_s < self.written_s:
                one.told = True
                found.append(one.marker())
        self._left_out = [one for one in self._left_out if one.end_s is None or one.end_s >= self.written_s]
        return found

    def _chunk(self, samples: int) -> Chunk:
        for one in self._left_out:
            start, end = _place(one.start_s), self._end_of(one)
            if one.channels & CALLER:
                self._caller.silence(start, end)
            if one.channels & AGENT:
                self._agent.silence(start, end)
        return Chunk(samples, self._caller.take(samples), self._agent.take(samples))

    def _end_of(self, one: _LeftOut) -> int:
        return max(self._caller.end, self._agent.end) if one.end_s is None else _place(one.end_s)


def _place(at_s: float) -> int:
    return int(at_s * RECORDING_RATE + 0.5)  # half the time of round(), a hundred times a second
