"""One caller being listened to, by as many recognizers as it takes."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from backend.adapters.speech.audibility import Audibility, Unanswered
from backend.adapters.speech.cancellation import PROVIDER
from backend.adapters.speech.haste import Haste
from backend.adapters.speech.heard import Listener
from backend.adapters.speech.recognizer import Recognizer
from backend.adapters.speech.replay import Replay
from backend.domain.audio import FRAME_MS
from backend.domain.call_context import bound, current_call
from backend.domain.speech import (
    Final,
    Partial,
    RecognitionEvent,
    RecognitionFailed,
    RecognitionOptions,
    SpeechStarted,
)
from backend.errors import PoolExhausted, ProviderError, TimedOut, Unavailable

__all__ = ["CallerRecognition", "RecognizerSource"]

log = logging.getLogger(__name__)

_TOGETHER = 5
"""Quiet frames, 100 ms: silence that nothing is owed for is sent in pieces of 200. A sound comes behind them."""

_REPLACE_S = 2.0
"""Limit on finding and starting a successor: the caller must not wait longer than 3 s for some reaction."""


class RecognizerSource(Protocol):
    """Where recognizers come from and go to."""

    async def obtain(
        self, options: RecognitionOptions, base_ms: float, listener: Listener, limit_s: float
    ) -> Recognizer:
        """A recognizer that listens.

        Raises:
            PoolExhausted: nothing became free in time.
            ProviderError: none came up within the limit.
        """
        ...

    def let_go(self, recognizer: Recognizer) -> None:
        """It is not needed any more. Safe to call twice."""
        ...

    def replaced(self) -> None:
        """A recognizer broke in mid-call and another took over."""
        ...


class CallerRecognition:
    """``Recognition`` that survives its recognizer.

    Audio since the last final (10 s at most) is kept. When a recognizer breaks, or the caller has audibly
    spoken for half of ``silence_timeout_s`` and nothing came back, another one is started in its place and
    hears that audio again, once; the engine notices nothing but a later answer. It gives up, with
    ``RecognitionFailed``, when the successor does not come up in 2 s, breaks before it recognized anything,
    or leaves the same speech unanswered for the other half.
    """

    def __init__(
        self,
        source: RecognizerSource,
        options: RecognitionOptions,
        on_event: Callable[[RecognitionEvent], None],
        silence_timeout_s: float,
    ) -> None:
        self._source = source
        self._options = options
        self._on_event = on_event
        self._limit_s = silence_timeout_s
        self._loop = asyncio.get_running_loop()
        self._call = current_call()  # what the SDK reports comes from threads that know of no call
        self._frame_bytes = options.audio.frame_bytes
        self._audibility = Audibility(options.audio)
        self._haste = Haste(options.silence_ms)
        self._replay = Replay(options.audio)
        self._unanswered = Unanswered()
        self._quiet: list[bytes] = []
        """Frames of a silence that nothing is owed for, to be gone through together."""
        self._recognizer: Recognizer | None = None
        self._generation = 0
        self._replacing: asyncio.Task[None] | None = None
        self._second_chance = True
        self._in_speech = False
        self._closed = False

    async def begin(self, limit_s: float) -> None:
        """Start to listen.

        Raises:
            PoolExhausted, ProviderError: nothing listens.
        """
        self._recognizer = await self._source.obtain(self._options, 0.0, self._ear(), limit_s)

    def write(self, pcm: bytes) -> None:
        """Hand over some audio. It goes out in pieces as large as ``Haste`` allows."""
        if self._closed:
            return
        if self._haste.idle and self._audibility.is_quiet(pcm):
            self._quiet.append(pcm)
            if len(self._quiet) == _TOGETHER:
                self._go_through()
            return
        if self._quiet:
            self._go_through()
        audible = self._audibility.hear(pcm)
        self._replay.add(pcm, audible=audible)
        length_ms = FRAME_MS if len(pcm) == self._frame_bytes else self._options.audio.duration_ms(len(pcm))
        within_ms = self._haste.within_ms(length_ms, self._audibility.quiet_ms)
        if self._recognizer:
            self._recognizer.write(pcm, within_ms=within_ms)
        if audible:
            self._unanswered.heard(self._loop.time(), length_ms)
        if self._unanswered.waiting:
            self._watch()

    def _go_through(self) -> None:
        """The quiet frames that wait, as ``write`` would have taken each."""
        frames, self._quiet = self._quiet, []
        self._audibility.pass_over(len(frames))
        self._replay.pass_over(frames)
        within_ms = self._haste.within_ms(FRAME_MS, self._audibility.quiet_ms)
        if self._recognizer:
            self._recognizer.write(b"".join(frames), within_ms=within_ms)

    async def close(self) -> None:
        """Stop listening. The SDK's objects are freed in the background."""
        self._closed = True
        if self._replacing:
            self._replacing.cancel()
            await asyncio.gather(self._replacing, return_exceptions=True)
        self._let_go()

    def _ear(self) -> Listener:
        self._generation += 1
        generation = self._generation
        return lambda event: self._receive(generation, event)

    def _receive(self, generation: int, event: RecognitionEvent) -> None:
        if not self._closed and generation == self._generation:
            with bound(self._call):
                self._take(event)

    def _take(self, event: RecognitionEvent) -> None:
        if self._quiet:
            self._go_through()
        if isinstance(event, RecognitionFailed):
            self._broken(event.error)
        elif isinstance(event, SpeechStarted):
            self._speech_at(event.offset_ms)
        else:
            self._recognized(event)

    def _speech_at(self, offset_ms: float) -> None:
        # Once an utterance: the service may report only the first one of a session, and a successor
        # reports again what its predecessor has reported.
        self._replay.speech(offset_ms)
        if not self._in_speech:
            self._in_speech = True
            self._on_event(SpeechStarted(offset_ms))

    def _recognized(self, event: Partial | Final) -> None:
        self._second_chance = True
        self._unanswered.answered()
        if isinstance(event, Final):
            self._in_speech = False
            self._haste.answered()
            self._replay.answered(event.offset_ms + event.duration_ms)
        else:
            self._haste.heard_words(self._audibility.quiet_ms)
            self._speech_at(event.offset_ms)
        self._on_event(event)

    def _watch(self) -> None:
        overdue_s = self._unanswered.overdue_s(self._loop.time())
        if overdue_s >= (self._limit_s / 2 if self._second_chance else self._limit_s):
            self._broken(TimedOut(PROVIDER, f"the caller speaks and nothing was recognized for {overdue_s:.1f} s"))

    def _broken(self, error: ProviderError) -> None:
        if self._replacing:
            return
        self._let_go()
        if not self._second_chance:
            self._fail(error)
            return
        self._second_chance = False
        log.warning(
            "a speech recognizer broke during a call and was replaced",
            extra={"event": "recognizer.changed", "code": error.code},
        )
        self._replacing = self._loop.create_task(self._replace(), name="replace-recognizer")

    async def _replace(self) -> None:
        start_ms = self._replay.start_ms()
        try:
            successor = await self._source.obtain(self._options, start_ms, self._ear(), _REPLACE_S)
        except ProviderError as error:
            self._fail(error)
        except PoolExhausted as error:
            self._fail(Unavailable(PROVIDER, str(error)))
        else:
            self._source.replaced()
            self._recognizer = successor
            successor.write(self._replay.since(start_ms), within_ms=0)
        finally:
            self._replacing = None

    def _fail(self, error: ProviderError) -> None:
        self._closed = True
        self._let_go()
        self._on_event(RecognitionFailed(error))

    def _let_go(self) -> None:
        self._generation += 1
        recognizer, self._recognizer = self._recognizer, None
        if recognizer:
            self._source.let_go(recognizer)
