"""The recognizer of ``make run``: Moonshine, which hears most voices on a good line as people do.

It hears whole sounds, not a stream. So an utterance is heard from its beginning every now and then while it goes on,
for the words so far, and as soon as a pause begins, for all of it; where nothing more was said by its end, these are
the final words and cost nothing. As with the real service, words so far come bare, and final ones as they are written:
with capitals and marks. It knows English; words of the client's phrase list are a little likelier than others.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool

from local_azure.latency import Latency, latency
from local_azure.speech import moonshine_worker
from local_azure.speech.engine import HeardEvent, Listener, RecognitionRequest
from local_azure.speech.moonshine_model import Understood
from local_azure.speech.utterance_listener import Utterance, UtteranceListener, spread
from local_azure.speech.workers import Workers

__all__ = ["MoonshineListener", "MoonshineRecognizer"]

_WORKERS = 2
_LOADED = "local_azure.speech.moonshine_loaded"
_FIRST_MS, _GROWTH, _MOST_MS = 400.0, 0.25, 800.0
"""So much more speech than was heard last, or such a share of all, is worth hearing it again before it ends; of a long
story after so much at the latest: a client that gets no words for 1.5 s takes the recognizer for broken."""
_PAUSE_MS = 120.0
"""From here on a pause may be the end."""
_MARKS = re.compile(r"[^\w\s'’-]|(?<!\w)['’-]|['’-](?!\w)")


class MoonshineRecognizer:
    """Owns the worker processes; they start with the first utterance or with :meth:`warm`.

    Args:
        pace: how long the service takes.
        workers: processes, each of which hears one utterance at a time.
    """

    def __init__(self, pace: Callable[[], Latency] = lambda: latency("none"), workers: int = _WORKERS) -> None:
        self._latency = pace
        self.workers = Workers(workers, moonshine_worker.load, moonshine_worker.ready, _LOADED)

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        return MoonshineListener(self._understand, request, self._latency(), report)

    async def warm(self) -> None:
        """Load the models of every worker, so that the first caller does not wait for them."""
        await self.workers.warm()

    async def close(self) -> None:
        """End the worker processes."""
        await self.workers.close()

    async def _understand(self, pcm: bytes, phrases: tuple[str, ...]) -> Understood:
        loop = asyncio.get_running_loop()
        async with self.workers.lease() as worker:
            return await loop.run_in_executor(worker, moonshine_worker.understand, pcm, phrases)


class MoonshineListener(UtteranceListener):
    """Hears utterances from their beginning, again and again while they grow.

    Args:
        understand: what so much sound says (16-bit mono PCM of 16 kHz), where words of a phrase list are expected.
        request: what the client asked for.
        pace: how long the service takes.
        report: told of what was heard.
    """

    def __init__(
        self,
        understand: Callable[[bytes, tuple[str, ...]], Awaitable[Understood]],
        request: RecognitionRequest,
        pace: Latency,
        report: Callable[[HeardEvent], None],
    ) -> None:
        super().__init__(request, pace, report)
        self._understand = understand

    async def hear(self, utterance: Utterance) -> None:
        """Tell of its words while it goes on, and when it is over."""
        try:
            understood = await self._follow(utterance)
        except BrokenProcessPool:
            self.tell(utterance, ())
            return
        self.tell(utterance, spread(understood.text, utterance.start_ms, utterance.end_ms), understood.confidence)

    async def _follow(self, utterance: Utterance) -> Understood:
        heard_ms, understood, told = utterance.start_ms, Understood("", 0.0), ""
        while True:
            utterance.more.clear()
            spoken_ms, pause = utterance.end_ms, utterance.ended or _pauses(utterance)
            if spoken_ms > heard_ms and (pause or _worth_hearing(utterance, heard_ms)):
                until_ms, heard_ms = utterance.now_ms, spoken_ms
                understood = await self._understand(bytes(utterance.audio), self.request.phrases)
                text = _bare(understood.text, whole=pause)
                if text and text != told and not utterance.ended:
                    told = text
                    self.tell_so_far(utterance, text, until_ms)
            elif utterance.ended:
                return understood
            else:
                await utterance.more.wait()


def _pauses(utterance: Utterance) -> bool:
    return utterance.now_ms - utterance.end_ms >= _PAUSE_MS


def _worth_hearing(utterance: Utterance, heard_ms: float) -> bool:
    """Has so much been said since it was heard to ``heard_ms`` that it is worth hearing again?"""
    whole_ms = utterance.end_ms - utterance.start_ms
    return utterance.end_ms - heard_ms >= min(_MOST_MS, max(_FIRST_MS, _GROWTH * whole_ms))


def _bare(text: str, *, whole: bool) -> str:
    """The words so far, without marks and capitals; of words that go on, the last may be cut in two and is left out."""
    words = _MARKS.sub(" ", text.lower()).split()
    return " ".join(words if whole else words[:-1])
