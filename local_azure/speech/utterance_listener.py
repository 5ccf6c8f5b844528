"""What listeners that really hear have in common: a stream is cut into utterances, and each is heard in its turn."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence

import numpy as np
import soxr

from local_azure.latency import Latency
from local_azure.soundbook import SpokenWord
from local_azure.speech.engine import HeardEvent, Hypothesis, Phrase, RecognitionRequest, SpeechBegan
from local_azure.speech.utterance import FRAME_MS, Began, UtteranceFinder

__all__ = ["RATE", "Utterance", "UtteranceListener", "spread"]

RATE = 16_000
"""Samples a second that utterances are heard at, whatever the stream has."""
_BEFORE_FRAMES = 15
"""So much before an utterance is heard with it: weak beginnings, and silence to tell speech from."""
_AFTER_MS = 300.0
"""Silence that is heard after an utterance; the rest of a long segmentation silence is left out."""
_FINISH_LIMIT_S = 10.0


class Utterance:
    """Audio of one utterance, and where it lies in the stream. All times are milliseconds of the stream."""

    def __init__(self, start_ms: float, origin_ms: float, before: bytes) -> None:
        self.start_ms = start_ms
        self.origin_ms = origin_ms
        """Where its audio begins."""
        self.end_ms = start_ms
        """Where its speech was last heard."""
        self.now_ms = start_ms
        """How far the stream has come while it lasts."""
        self.audio = bytearray(before)
        """16-bit mono PCM of 16 kHz, from ``origin_ms`` on."""
        self.more = asyncio.Event()
        self.ended = False

    def end(self, end_ms: float) -> None:
        """Nothing more belongs to it."""
        self.end_ms = end_ms
        self.ended = True
        self.more.set()


class UtteranceListener(ABC):
    """One stream being listened to; what an utterance says is told by :meth:`hear`."""

    def __init__(self, request: RecognitionRequest, pace: Latency, report: Callable[[HeardEvent], None]) -> None:
        self.request = request
        self._latency = pace
        self._report: Callable[[HeardEvent], None] | None = report
        self._finder = UtteranceFinder(RATE, request.silence_ms)
        self._resample = soxr.ResampleStream(request.sample_rate, RATE, 1, "int16", "LQ")
        self._before: deque[bytes] = deque(maxlen=_BEFORE_FRAMES)
        self._rest = b""
        self._current: Utterance | None = None
        self._hearing: asyncio.Task[None] | None = None

    @abstractmethod
    async def hear(self, utterance: Utterance) -> None:
        """Follow an utterance, and tell of it; one is heard after the other."""

    def grown(self, utterance: Utterance) -> None:  # noqa: B027 (nothing, unless somebody begins ahead)
        """More of it has come; not called for silence that belongs to it no more."""

    def feed(self, pcm: bytes) -> None:
        """Take 16-bit mono PCM of the request's rate."""
        if self._report is None:
            return
        self._rest += self._at_16k(pcm)
        frame = RATE * 2 * FRAME_MS // 1000
        while len(self._rest) >= frame:
            piece, self._rest = self._rest[:frame], self._rest[frame:]
            self._frame(piece)

    async def finish(self) -> None:
        """The stream is over: wait for what is still being heard."""
        ended = self._finder.flush()
        if ended is not None and self._current is not None:
            self._current.end(ended.end_ms)
            self._current = None
        if self._hearing is not None:
            await asyncio.wait({self._hearing}, timeout=_FINISH_LIMIT_S)

    async def close(self) -> None:
        """Report nothing more."""
        self._report = None
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)

    def tell_so_far(self, utterance: Utterance, text: str, until_ms: float) -> None:
        """The words so far, which reach to ``until_ms``."""
        until = min(until_ms, utterance.end_ms)  # it may be far behind the voice
        self._say(Hypothesis(text, utterance.start_ms, max(0.0, until - utterance.start_ms)))

    def tell(
        self, utterance: Utterance, words: Sequence[SpokenWord], confidence: float = 0.9, language: str = ""
    ) -> None:
        """The final words; none of them for noise."""
        text = " ".join(word.text for word in words)
        duration = utterance.end_ms - utterance.start_ms
        noticed = self._finder.now_ms - utterance.end_ms - self.request.silence_ms
        delay = max(0.0, self._latency.stt_final - max(0.0, noticed))
        self._say(Phrase(text, utterance.start_ms, duration, tuple(words), confidence, delay, language))

    def _at_16k(self, pcm: bytes) -> bytes:
        if self.request.sample_rate == RATE:
            return pcm
        return self._resample.resample_chunk(np.frombuffer(pcm, dtype="<i2")).tobytes()

    def _frame(self, piece: bytes) -> None:
        for event in self._finder.feed(piece):
            if isinstance(event, Began):
                self._begin(event.at_ms)
            elif self._current is not None:
                self._current.end(event.end_ms)
                self._current = None
        utterance = self._current
        if utterance is None:
            self._before.append(piece)
            return
        utterance.now_ms, utterance.end_ms = self._finder.now_ms, self._finder.end_ms
        if utterance.now_ms - utterance.end_ms <= _AFTER_MS:
            utterance.audio += piece
            utterance.more.set()
            self.grown(utterance)

    def _begin(self, at_ms: float) -> None:
        self._say(SpeechBegan(at_ms))
        before = b"".join(self._before)
        self._before.clear()
        origin = self._finder.now_ms - FRAME_MS - len(before) * 1000 / (RATE * 2)
        self._current = Utterance(at_ms, origin, before)
        self._hearing = asyncio.create_task(self._in_turn(self._current, self._hearing))

    async def _in_turn(self, utterance: Utterance, earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:
            await asyncio.gather(earlier, return_exceptions=True)
        await self.hear(utterance)

    def _say(self, event: HeardEvent) -> None:
        if self._report is not None:
            self._report(event)


def spread(text: str, start_ms: float, end_ms: float) -> Sequence[SpokenWord]:
    """Words over the time in which they were said, each as long as its letters, where nothing tells better."""
    words = text.split()
    letters = sum(map(len, words))
    placed: list[SpokenWord] = []
    at = start_ms
    for word in words:
        until = at + (end_ms - start_ms) * len(word) / letters
        placed.append(SpokenWord(word, at, until))
        at = until
    return placed
