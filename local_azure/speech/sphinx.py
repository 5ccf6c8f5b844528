"""A recognizer that really listens: PocketSphinx in worker processes, with the service's segmentation and phrase list.

Utterances are found by loudness as the scripted engine does; each one leases a worker process for as long as it
lasts, and waits for one when all are busy (its audio is kept, the words come later). It understands American
English about as badly as a bad telephone line: one word in ten is wrong.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Protocol

from local_azure.latency import Latency, latency
from local_azure.soundbook import SpokenWord
from local_azure.speech import sphinx_worker
from local_azure.speech.engine import HeardEvent, Listener, RecognitionRequest
from local_azure.speech.sphinx_worker import Decoding
from local_azure.speech.utterance_listener import RATE, Utterance, UtteranceListener, spread
from local_azure.speech.workers import Workers

__all__ = ["BetterEars", "SphinxRecognizer"]

_CHUNK_BYTES = RATE * 2 // 10
"""Decoded at once; after each the client may hear of the words so far."""
_WORKERS = 2
_LOADED = "local_azure.speech.sphinx_loaded"
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
        self.workers = Workers(workers, sphinx_worker.load, sphinx_worker.ready, _LOADED)
        self.ears = ears
        self.adaptation = ""
        """Cepstral means of whoever spoke last, for streams that begin: a server that opens one for each question goes
        on with the same caller, and the first words of a voice that is not known are understood worst."""

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        return _SphinxListener(self, request, self._latency(), report)

    async def warm(self) -> None:
        """Load the models of every worker, so that the first caller does not wait for them."""
        ears = [self.ears.warm()] if self.ears else []
        await asyncio.gather(self.workers.warm(), *ears)

    async def close(self) -> None:
        """End the worker processes."""
        await self.workers.close()
        if self.ears:
            await self.ears.close()


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What better ears make of an utterance, begun before it was known to have ended."""

    utterance: Utterance
    until_ms: float
    """Where speech had ended by then."""
    work: asyncio.Task[tuple[str, str]]

    def covers(self, utterance: Utterance) -> bool:
        """Is there nothing more to begin with, or are they still at work?"""
        return not self.work.done() or (self.utterance is utterance and self.until_ms >= utterance.end_ms)


class _SphinxListener(UtteranceListener):
    def __init__(
        self,
        owner: SphinxRecognizer,
        request: RecognitionRequest,
        pace: Latency,
        report: Callable[[HeardEvent], None],
    ) -> None:
        super().__init__(request, pace, report)
        self._owner = owner
        self._adaptation = owner.adaptation
        self._ahead: _Ahead | None = None

    def grown(self, utterance: Utterance) -> None:
        """Silence has begun: let better ears begin, unless they still are at what came before an earlier one."""
        ears, silent = self._owner.ears, utterance.now_ms - utterance.end_ms >= _AHEAD_MS
        if ears is None or not silent or (self._ahead is not None and self._ahead.covers(utterance)):
            return
        work = asyncio.create_task(ears.understand(bytes(utterance.audio), self.request.languages))
        self._ahead = _Ahead(utterance, utterance.end_ms, work)

    async def close(self) -> None:
        if self._ahead is not None:
            self._ahead.work.cancel()
        await super().close()

    async def hear(self, utterance: Utterance) -> None:
        try:
            async with self._owner.workers.lease() as worker:
                decoding = await self._follow(utterance, worker)
        except BrokenProcessPool:
            self.tell(utterance, ())
            return
        self._adaptation = self._owner.adaptation = decoding.adaptation
        if self._owner.ears is None or not decoding.words:  # what has no words for the one is noise, not speech
            self.tell(utterance, _placed(utterance, decoding), decoding.confidence)
            return
        text, language = await self._better(self._owner.ears, utterance)
        words = spread(text, utterance.start_ms, utterance.end_ms)
        self.tell(utterance, words or _placed(utterance, decoding), decoding.confidence, self._tag(language))

    async def _better(self, ears: BetterEars, utterance: Utterance) -> tuple[str, str]:
        ahead = self._ahead
        if ahead is not None and ahead.utterance is utterance and ahead.until_ms >= utterance.end_ms:
            return await ahead.work
        return await ears.understand(bytes(utterance.audio), self.request.languages)

    async def _follow(self, utterance: Utterance, worker: ProcessPoolExecutor) -> Decoding:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(worker, sphinx_worker.begin, self.request.phrases, self._adaptation)
        told, heard = "", 0
        while True:
            while len(utterance.audio) - heard < _CHUNK_BYTES and not utterance.ended:
                utterance.more.clear()
                await utterance.more.wait()
            chunk = bytes(utterance.audio[heard:])
            heard += len(chunk)
            text = await loop.run_in_executor(worker, sphinx_worker.hear, chunk) if chunk else told
            if utterance.ended and len(utterance.audio) == heard:
                return await loop.run_in_executor(worker, sphinx_worker.end)
            if text and text != told:
                told = text
                self.tell_so_far(utterance, text, utterance.origin_ms + heard * 1000 / (RATE * 2))

    def _tag(self, language: str) -> str:
        """The language as the client named it."""
        return next((tag for tag in self.request.languages if language and tag.startswith(language)), "")


def _placed(utterance: Utterance, decoding: Decoding) -> Sequence[SpokenWord]:
    return [
        SpokenWord(word.text, utterance.origin_ms + word.start_ms, utterance.origin_ms + word.end_ms)
        for word in decoding.words
    ]
