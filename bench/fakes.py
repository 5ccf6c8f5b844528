"""The outside world of the benchmark server, answering at once: everything that is left to measure is ours."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord, WayOut
from backend.domain.call_use import UseTotals
from backend.domain.floor_moment import FloorMoment
from backend.domain.model import ModelDone, ModelEvent, ModelRequest, TextDelta
from backend.domain.search import EVERY_CALL, CallQuery, Totals
from backend.domain.speech import (
    Final,
    Partial,
    RecognitionEvent,
    RecognitionOptions,
    SpeechAudio,
    SpeechEvent,
    SpeechStarted,
    Voice,
    WordBoundary,
)
from backend.ports import Recognition, TextToSpeech
from bench import wire
from bench.heard_words import HeardEvent, WordTimes
from bench.probe import CallProbe

__all__ = [
    "CannedModel",
    "InstantControl",
    "MarkedSpeech",
    "NoRecords",
    "NoTelemetry",
    "ToneVoice",
    "current_expect",
    "current_probe",
]

current_probe: ContextVar[CallProbe] = ContextVar("current_probe")
"""The probe of the call that the running task works for."""

current_expect: ContextVar[Callable[[str], None]] = ContextVar("current_expect")
"""Tells the running task's call which field the last question asked for; empty for an open question."""

_MARKED = wire.START_OF_SPEECH[0]
_WORDS_A_SENTENCE = 21


class _Listening:
    def __init__(self, on_event: Callable[[RecognitionEvent], None]) -> None:
        self._on_event = on_event
        self._probe = current_probe.get()
        self._frames = 0
        self._began_ms = 0.0

    def write(self, pcm: bytes) -> None:
        self._probe.heard()
        self._frames += 1
        if pcm[0] == _MARKED:
            self._marked(pcm)

    def _marked(self, pcm: bytes) -> None:
        at_ms = self._frames * FRAME_MS
        if pcm.startswith(wire.START_OF_SPEECH):
            self._began_ms = at_ms
            self._probe.user_started()
            self._on_event(Partial(" ".join(wire.TRANSCRIPT.split()[:2]), at_ms, FRAME_MS))
        elif pcm.startswith(wire.END_OF_SPEECH):
            self._probe.final_transcript()
            self._on_event(Final(wire.TRANSCRIPT, self._began_ms, at_ms - self._began_ms))

    async def close(self) -> None:
        return


class _ListeningToWords:
    """Gives back the words that callers of ``Script.utterances`` speak, with the service's delays."""

    def __init__(self, on_event: Callable[[RecognitionEvent], None]) -> None:
        self._on_event = on_event
        self._probe = current_probe.get()
        self._words = WordTimes(self._say, current_expect.get())

    def write(self, pcm: bytes) -> None:
        self._probe.heard()
        self._words.feed(pcm)

    async def close(self) -> None:
        return

    def _say(self, event: HeardEvent) -> None:
        match event.kind:
            case "began":
                self._on_event(SpeechStarted(event.offset_ms))
            case "partial":
                self._on_event(Partial(event.text, event.offset_ms, event.duration_ms))
            case "final":
                self._on_event(Final(event.text, event.offset_ms, event.duration_ms))


class MarkedSpeech:
    """``SpeechToText`` that reads marks in the audio instead of recognizing it."""

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        """Listen."""
        return _ListeningToWords(on_event) if wire.script.utterances else _Listening(on_event)


class CannedModel:
    """``ChatModel`` with one answer of 42 tokens."""

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Write the answer, a token each ``token_seconds``."""
        probe = current_probe.get()
        if wire.script.first_token_seconds:
            await asyncio.sleep(wire.script.first_token_seconds)
        for token in wire.script.tokens():
            probe.token()
            yield TextDelta(token)
            await asyncio.sleep(wire.script.token_seconds)
        yield ModelDone("stop")


class ToneVoice(TextToSpeech):
    """``TextToSpeech`` that gives all its audio at once, with word boundaries, in pieces of one frame."""

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Say a clause; it is as long as its share of a sentence's words."""
        current_probe.get().tts_requested()
        if wire.script.first_audio_seconds:
            await asyncio.sleep(wire.script.first_audio_seconds)
        words, frames = text.split(), self._frames(text)
        length_ms = len(frames) * FRAME_MS / max(1, len(words))
        for index, word in enumerate(words):
            yield WordBoundary(word, index * length_ms, length_ms)
        for frame in frames:
            yield SpeechAudio(bytes(memoryview(frame)))  # real audio is never the same object twice

    def _frames(self, text: str) -> list[bytes]:
        if wire.script.word_frames:
            return wire.script.sound(text)
        return [wire.TTS_FRAME] * max(1, round(wire.script.sentence_frames * len(text.split()) / _WORDS_A_SENTENCE))


class InstantControl:
    """``CallControl`` without a telephone network. Keeps the token of each call for the load."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        """By the handle of the incoming call."""

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        """Answered."""
        self.tokens[call.context] = token
        return CallConnection(call.context)

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        """Refused."""

    async def redirect(self, call: IncomingCall, *, to: str) -> None:
        """Sent elsewhere."""

    async def create(self, *, to: str, token: str, out: WayOut) -> CallConnection:
        """Placed."""
        return CallConnection(to)

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        """Asked for."""

    async def press(self, connection_id: str, keys: str, *, to: str) -> None:
        """Pressed."""

    async def hang_up(self, connection_id: str) -> None:
        """Ended."""

    async def start_media(self, connection_id: str, *, token: str) -> None:
        """Asked for."""

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        """Said."""


class NoRecords:
    """``CallRecords`` that keep nothing."""

    async def started(self, call: CallRecord) -> None:
        """Not kept."""

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        """Not kept."""

    async def ended(self, call: CallRecord) -> None:
        """Not kept."""

    async def get(self, call_id: str) -> CallRecord | None:
        """There is none."""

    async def list(
        self,
        query: CallQuery = EVERY_CALL,
        *,
        limit: int = 50,
        before: datetime | None = None,
        before_id: str = "",
        without: Collection[str] = (),
    ) -> Sequence[CallRecord]:
        """There are none."""
        return []

    async def count(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> Totals:
        """None."""
        return Totals()

    async def use(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> UseTotals:
        """Nothing."""
        return UseTotals()

    async def audit(self, *, call_id: str, actor: str, action: str, detail: Mapping[str, Any]) -> None:
        """Not kept."""


class NoTelemetry:
    """``TurnTelemetry`` that watches nothing."""

    def turn(self, call: CallRecord, turn: TurnRecord) -> None:
        """Not counted."""

    def floor(self, call: CallRecord, moment: FloorMoment) -> None:
        """Not counted."""

    def refused(self, line: str, why: str) -> None:
        """Not counted."""

    def call_ended(self, call: CallRecord) -> None:
        """Not counted."""

    def loop_lag(self, ms: float) -> None:
        """Not counted."""
