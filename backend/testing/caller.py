"""A scripted caller: speaks at given times, and the service understands them with its usual delays."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.domain.audio import FRAME_MS, PCM_16K
from backend.domain.speech import Final, Partial, RecognitionEvent, RecognitionFailed, RecognitionOptions, SpeechStarted
from backend.errors import ProviderError
from backend.ports import MediaSink, Recognition

__all__ = ["VOICED", "FakeSpeechToText", "ScriptedCaller", "voiced"]

VOICED = b"\x01" + bytes(PCM_16K.frame_bytes - 1)
QUIET = bytes(PCM_16K.frame_bytes)


def voiced(pcm: bytes) -> bool:
    """The detector that goes with the scripted caller's frames."""
    return pcm[:1] == b"\x01"


class _Listening:
    def __init__(self, owner: "FakeSpeechToText", on_event: Callable[[RecognitionEvent], None]) -> None:
        self._owner = owner
        self.on_event = on_event
        self.written = 0

    def write(self, pcm: bytes) -> None:
        self.written += len(pcm)

    async def close(self) -> None:
        self._owner.let_go(self)


class FakeSpeechToText:
    """``SpeechToText`` whose events a test (or a ``ScriptedCaller``) sends."""

    def __init__(self) -> None:
        self.options: list[RecognitionOptions] = []
        self.failures: list[ProviderError] = []
        """Errors for the next openings, in order."""
        self.deaf = 0
        """So many of the next recognitions open and say nothing, ever."""
        self._silent: set[_Listening] = set()
        self._open: list[_Listening] = []

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        """Open, or fail as scripted."""
        if self.failures:
            raise self.failures.pop(0)
        self.options.append(options)
        listening = _Listening(self, on_event)
        if self.deaf:
            self.deaf -= 1
            self._silent.add(listening)
        self._open.append(listening)
        return listening

    def let_go(self, listening: _Listening) -> None:
        """A recognition was closed."""
        if listening in self._open:
            self._open.remove(listening)

    def emit(self, event: RecognitionEvent) -> None:
        """Send an event to whoever listens; the newest recognition has it."""
        if self._open and self._open[-1] not in self._silent:
            self._open[-1].on_event(event)

    def break_down(self, error: ProviderError) -> None:
        """The newest recognition fails."""
        self.emit(RecognitionFailed(error))


@dataclass(frozen=True, slots=True)
class _Noise:
    at: float
    lasts: float


class ScriptedCaller:
    """Speaks into a sink on the loop's clock; times are seconds since ``start``. They may be told more meanwhile.

    Args:
        partial_s: how far partials are behind the words.
        final_s: how long after the service's silence the final comes.
        silence_s: silence that the service ends an utterance at.
    """

    def __init__(
        self, stt: FakeSpeechToText, *, partial_s: float = 0.15, final_s: float = 0.15, silence_s: float = 0.5
    ) -> None:
        self._stt = stt
        self._partial_s = partial_s
        self._final_s = final_s
        self._silence_s = silence_s
        self._voiced: list[_Noise] = []
        self._sounds: dict[int, bytes] = {}
        self._began = 0.0
        self._frame = 0
        self._next: asyncio.TimerHandle | None = None
        self._planned: list[tuple[float, RecognitionEvent]] = []

    def says(
        self,
        text: str,
        *,
        at: float,
        word_s: float = 0.3,
        final: str | None = None,
        understood: bool = True,
        partial_s: float | None = None,
        partials: bool = True,
        final_in: float | None = None,
        language: str | None = None,
    ) -> float:
        """Say words from ``at`` on; gives the time at which the last one ends.

        ``final`` is what the final says when it differs; ``understood=False`` makes it a noise. ``partial_s`` is for
        partials that are later than their others; ``final_in`` the seconds from the last word to a final that is late;
        ``language`` what the recognizer detects.
        """
        behind = self._partial_s if partial_s is None else partial_s
        words = text.split()
        end = at + len(words) * word_s
        self._voiced.append(_Noise(at, end - at))
        if not understood:
            return end
        self._plan(at + self._partial_s, SpeechStarted(at * 1000))
        for index in range(len(words) if partials else 0):
            spoken = " ".join(words[: index + 1])
            due = at + (index + 1) * word_s + behind
            self._plan(due, Partial(spoken, at * 1000, (index + 1) * word_s * 1000))
        due = end + (self._silence_s + self._final_s if final_in is None else final_in)
        self._plan(due, Final(text if final is None else final, at * 1000, (end - at) * 1000, language))
        return end

    def tells(
        self, pieces: Sequence[str], pauses_ms: Sequence[int], *, at: float, word_s: float = 0.3
    ) -> list[tuple[float, float]]:
        """Say pieces with pauses between them; the service makes one utterance of them where a pause is short.

        Gives the beginning and end of each piece.
        """
        spoken: list[tuple[float, float]] = []
        begins, said, start = at, "", at
        for index, piece in enumerate(pieces):
            end = begins + len(piece.split()) * word_s
            self._voiced.append(_Noise(begins, end - begins))
            if not said:
                start = begins
                self._plan(begins + self._partial_s, SpeechStarted(begins * 1000))
            for number, word in enumerate(piece.split(), 1):
                said = f"{said} {word}".strip()
                until = begins + number * word_s
                due = until + self._partial_s
                self._plan(due, Partial(said, start * 1000, (until - start) * 1000))
            spoken.append((begins, end))
            pause = pauses_ms[index] / 1000 if index < len(pauses_ms) else None
            if pause is None or pause >= self._silence_s:
                due = end + self._silence_s + self._final_s
                self._plan(due, Final(said, start * 1000, (end - start) * 1000))
                said = ""
            begins = end + (pause or 0.0)
        return spoken

    def sounds(self, pcm: bytes, *, at: float) -> None:
        """Let a recording be heard, for a real detector; what is understood of it is told with ``says``."""
        for index in range(0, len(pcm), PCM_16K.frame_bytes):
            frame = pcm[index : index + PCM_16K.frame_bytes].ljust(PCM_16K.frame_bytes, b"\x00")
            self._sounds[round(at * 1000 / FRAME_MS) + index // PCM_16K.frame_bytes] = frame

    def coughs(self, *, at: float, lasts: float = 0.25) -> None:
        """Make a noise that no recognizer understands."""
        self._voiced.append(_Noise(at, lasts))

    def start(self, sink: MediaSink) -> None:
        """Begin to send frames, 50 a second."""
        loop = asyncio.get_running_loop()
        self._began = loop.time()
        planned, self._planned = self._planned, []
        for at, event in planned:
            loop.call_at(self._began + at, self._stt.emit, event)
        self._next = loop.call_at(self._began, self._speak, loop, sink)

    def _plan(self, at: float, event: RecognitionEvent) -> None:
        """For later; at once on the clock when he has begun."""
        if self._next is None:
            self._planned.append((at, event))
        else:
            asyncio.get_running_loop().call_at(self._began + at, self._stt.emit, event)

    async def stop(self) -> None:
        """Fall silent for good."""
        if self._next:
            self._next.cancel()

    @property
    def now(self) -> float:
        """Seconds since ``start``."""
        return asyncio.get_running_loop().time() - self._began

    async def until(self, at: float) -> None:
        """Wait for a moment of the script."""
        await asyncio.sleep(max(0.0, at - self.now))

    def _speak(self, loop: asyncio.AbstractEventLoop, sink: MediaSink) -> None:
        """Send a frame, on a timer of its own: a task that sleeps takes twice as long, and there are millions."""
        at = self._frame * FRAME_MS / 1000
        speaking = any(noise.at <= at < noise.at + noise.lasts for noise in self._voiced)
        self._frame += 1
        self._next = loop.call_at(self._began + self._frame * FRAME_MS / 1000, self._speak, loop, sink)
        sink.on_audio(self._sounds.get(self._frame - 1) or (VOICED if speaking else QUIET))
