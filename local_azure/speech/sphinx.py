"""A recognizer that really listens: PocketSphinx in worker processes, with the service's segmentation and phrase list.

Utterances are found by loudness as the scripted engine does; each one leases a worker process for as long as it
lasts, and waits for one when all are busy (its audio is kept, the words come later). It understands American
English about as badly as a bad telephone line: one word in ten is wrong.
"""

import asyncio
import contextlib
import multiprocessing
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

import numpy as np
import soxr

from local_azure.latency import Latency, latency
from local_azure.soundbook import SpokenWord
from local_azure.speech import sphinx_worker
from local_azure.speech.engine import (
    HeardEvent,
    Hypothesis,
    Listener,
    Phrase,
    RecognitionRequest,
    SpeechBegan,
)
from local_azure.speech.sphinx_worker import Decoding
from local_azure.speech.utterance import FRAME_MS, Began, UtteranceFinder

__all__ = ["BetterEars", "SphinxRecognizer"]

_RATE = 16_000
_BEFORE_FRAMES = 15
"""So much before an utterance is decoded with it: weak beginnings, and silence to tell speech from."""
_CHUNK_BYTES = _RATE * 2 // 10
"""Decoded at once; after each the client may hear of the words so far."""
_AFTER_BYTES = _RATE * 2 * 3 // 10
"""Silence that is decoded after an utterance; the rest of a long segmentation silence is left out."""
_WORKERS = 2
_FINISH_LIMIT = 10.0
_AHEAD_MS = 200.0
"""Silence after which better ears begin: most utterances end there, and they take longer than what is left of it."""


class BetterEars(Protocol):
    """Hears a whole utterance once more, when it has ended."""

    async def warm(self) -> None:
        """Load what it needs."""
        ...

    async def understand(self, pcm: bytes, languages: tuple[str, ...]) -> tuple[str, str]:
        """What 16-bit mono PCM of 16 kHz says, and in which of the languages; empty texts for nothing."""
        ...

    async def close(self) -> None:
        """Let go of it."""
        ...


class SphinxRecognizer:
    """Owns the worker processes; they start with the first utterance or with :meth:`warm`.

    Args:
        pace: how long the service takes.
        workers: processes, each of which follows one utterance at a time.
        ears: better ones for the final words.
    """

    def __init__(
        self,
        pace: Callable[[], Latency] = lambda: latency("none"),
        workers: int = _WORKERS,
        ears: BetterEars | None = None,
    ) -> None:
        self._latency = pace
        self._count = workers
        self.ears = ears
        self._free: asyncio.Queue[ProcessPoolExecutor] | None = None
        self._all: list[ProcessPoolExecutor] = []
        self.adaptation = ""
        """Cepstral means of whoever spoke last, for streams that begin: a server that opens one for each question goes
        on with the same caller, and the first words of a voice that is not known are understood worst."""

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        return _SphinxListener(self, request, self._latency(), report)

    async def warm(self) -> None:
        """Load the models of every worker, so that the first caller does not wait for them."""
        self._workers()
        loop = asyncio.get_running_loop()
        ears = [self.ears.warm()] if self.ears else []
        await asyncio.gather(*(loop.run_in_executor(worker, sphinx_worker.ready) for worker in self._all), *ears)

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncGenerator[ProcessPoolExecutor]:
        """A worker for one utterance; one that broke is replaced."""
        free = self._workers()
        worker = await free.get()
        try:
            yield worker
        except BrokenProcessPool:
            worker.shutdown(wait=False)
            self._all.remove(worker)
            worker = self._start()
            raise
        finally:
            free.put_nowait(worker)

    async def close(self) -> None:
        """End the worker processes."""
        workers, self._all, self._free = self._all, [], None
        for worker in workers:
            await asyncio.to_thread(worker.shutdown, wait=True, cancel_futures=True)
        if self.ears:
            await self.ears.close()

    def _workers(self) -> asyncio.Queue[ProcessPoolExecutor]:
        if self._free is None:
            self._free = asyncio.Queue()
            for _ in range(self._count):
                self._free.put_nowait(self._start())
        return self._free

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        worker = ProcessPoolExecutor(1, mp_context=context, initializer=sphinx_worker.load)
        self._all.append(worker)
        return worker


class _Utterance:
    """Audio of one utterance on its way to a worker, and where it began in the stream."""

    def __init__(self, start_ms: float, origin_ms: float, before: bytes) -> None:
        self.start_ms = start_ms
        self.origin_ms = origin_ms
        self.end_ms = start_ms
        self.audio = bytearray(before)
        self.whole = bytearray()
        self.more = asyncio.Event()
        self.ended = False
        self.ahead: asyncio.Task[tuple[str, str]] | None = None
        """What better ears make of it, begun before it was known to have ended."""
        self.ahead_ms = start_ms
        """Where speech had ended by then."""

    def end(self, end_ms: float) -> None:
        self.end_ms = end_ms
        self.ended = True
        self.more.set()


class _SphinxListener:
    def __init__(
        self,
        owner: SphinxRecognizer,
        request: RecognitionRequest,
        pace: Latency,
        report: Callable[[HeardEvent], None],
    ) -> None:
        self._owner = owner
        self._request = request
        self._latency = pace
        self._report: Callable[[HeardEvent], None] | None = report
        self._finder = UtteranceFinder(_RATE, request.silence_ms)
        self._resample = soxr.ResampleStream(request.sample_rate, _RATE, 1, "int16", "LQ")
        self._before: deque[bytes] = deque(maxlen=_BEFORE_FRAMES)
        self._rest = b""
        self._current: _Utterance | None = None
        self._adaptation = owner.adaptation
        self._decoding: asyncio.Task[None] | None = None

    def feed(self, pcm: bytes) -> None:
        if self._report is None:
            return
        self._rest += self._at_16k(pcm)
        frame = _RATE * 2 * FRAME_MS // 1000
        while len(self._rest) >= frame:
            piece, self._rest = self._rest[:frame], self._rest[frame:]
            self._frame(piece)

    async def finish(self) -> None:
        ended = self._finder.flush()
        if ended is not None and self._current is not None:
            self._current.end(ended.end_ms)
            self._current = None
        if self._decoding is not None:
            await asyncio.wait({self._decoding}, timeout=_FINISH_LIMIT)

    async def close(self) -> None:
        self._report = None
        if self._current is not None and self._current.ahead is not None:
            self._current.ahead.cancel()
        if self._decoding is not None:
            self._decoding.cancel()
            await asyncio.gather(self._decoding, return_exceptions=True)

    def _at_16k(self, pcm: bytes) -> bytes:
        if self._request.sample_rate == _RATE:
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
        elif (self._finder.now_ms - self._finder.end_ms) * _RATE * 2 / 1000 <= _AFTER_BYTES:
            utterance.audio += piece
            utterance.more.set()
            self._listen_ahead(utterance)

    def _begin(self, at_ms: float) -> None:
        self._say(SpeechBegan(at_ms))
        before = b"".join(self._before)
        self._before.clear()
        origin = self._finder.now_ms - FRAME_MS - len(before) * 1000 / (_RATE * 2)
        self._current = _Utterance(at_ms, origin, before)
        self._decoding = asyncio.create_task(self._decode(self._current, self._decoding))

    async def _decode(self, utterance: _Utterance, earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:
            await asyncio.gather(earlier, return_exceptions=True)
        try:
            async with self._owner.lease() as worker:
                decoding = await self._follow(utterance, worker)
        except BrokenProcessPool:
            self._say(Phrase("", utterance.start_ms, utterance.end_ms - utterance.start_ms))
            return
        self._adaptation = self._owner.adaptation = decoding.adaptation
        if self._owner.ears is None or not decoding.words:  # what has no words for the one is noise, not speech
            self._tell(utterance, decoding.confidence, self._placed(utterance, decoding))
            return
        text, language = await self._better(self._owner.ears, utterance)
        words = _spread(text, utterance.start_ms, utterance.end_ms)
        self._tell(utterance, decoding.confidence, words or self._placed(utterance, decoding), self._tag(language))

    async def _better(self, ears: BetterEars, utterance: _Utterance) -> tuple[str, str]:
        if utterance.ahead is not None and utterance.ahead_ms >= utterance.end_ms:
            return await utterance.ahead
        return await ears.understand(bytes(utterance.whole), self._request.languages)

    def _listen_ahead(self, utterance: _Utterance) -> None:
        """Silence has begun: let better ears begin, unless they still are at what came before an earlier one."""
        ears, end_ms = self._owner.ears, self._finder.end_ms
        silent = self._finder.now_ms - end_ms >= _AHEAD_MS and end_ms > utterance.ahead_ms
        if ears is None or not silent or (utterance.ahead is not None and not utterance.ahead.done()):
            return
        utterance.ahead_ms = end_ms
        work = ears.understand(bytes(utterance.whole + utterance.audio), self._request.languages)
        utterance.ahead = asyncio.create_task(work)

    async def _follow(self, utterance: _Utterance, worker: ProcessPoolExecutor) -> Decoding:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(worker, sphinx_worker.begin, self._request.phrases, self._adaptation)
        told, heard_ms = "", 0.0
        while True:
            while len(utterance.audio) < _CHUNK_BYTES and not utterance.ended:
                utterance.more.clear()
                await utterance.more.wait()
            chunk = bytes(utterance.audio)
            utterance.audio.clear()
            if self._owner.ears is not None:
                utterance.whole += chunk
            heard_ms += len(chunk) * 1000 / (_RATE * 2)
            text = await loop.run_in_executor(worker, sphinx_worker.hear, chunk) if chunk else told
            if utterance.ended and not utterance.audio:
                return await loop.run_in_executor(worker, sphinx_worker.end)
            if text and text != told:
                told = text
                until = min(utterance.origin_ms + heard_ms, self._finder.end_ms)  # it may be far behind the voice
                self._say(Hypothesis(text, utterance.start_ms, max(0.0, until - utterance.start_ms)))

    def _placed(self, utterance: _Utterance, decoding: Decoding) -> Sequence[SpokenWord]:
        return [
            SpokenWord(word.text, utterance.origin_ms + word.start_ms, utterance.origin_ms + word.end_ms)
            for word in decoding.words
        ]

    def _tag(self, language: str) -> str:
        """The language as the client named it."""
        return next((tag for tag in self._request.languages if language and tag.startswith(language)), "")

    def _tell(self, utterance: _Utterance, confidence: float, words: Sequence[SpokenWord], language: str = "") -> None:
        text = " ".join(word.text for word in words)
        duration = utterance.end_ms - utterance.start_ms
        noticed = self._finder.now_ms - utterance.end_ms - self._request.silence_ms
        delay = max(0.0, self._latency.stt_final - max(0.0, noticed))
        self._say(Phrase(text, utterance.start_ms, duration, tuple(words), confidence, delay, language))

    def _say(self, event: HeardEvent) -> None:
        if self._report is not None:
            self._report(event)


def _spread(text: str, start_ms: float, end_ms: float) -> Sequence[SpokenWord]:
    """Words over the time in which they were said, each as long as its letters: Whisper does not tell better."""
    words = text.split()
    letters = sum(map(len, words))
    placed: list[SpokenWord] = []
    at = start_ms
    for word in words:
        until = at + (end_ms - start_ms) * len(word) / letters
        placed.append(SpokenWord(word, at, until))
        at = until
    return placed
