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
from dataclasses import dataclass

from local_azure.latency import Latency, latency
from local_azure.speech import moonshine_worker
from local_azure.speech.engine import HeardEvent, Listener, RecognitionRequest
from local_azure.speech.moonshine_model import Understood
from local_azure.speech.utterance_listener import Utterance, UtteranceListener, spread
from local_azure.speech.workers import Workers

__all__ = ["MoonshineListener", "MoonshineRecognizer"]

_WORKERS = 2
_FIRST_MS, _GROWTH = 400.0, 0.25
"""So much more speech than was heard last, or such a share of all, is worth hearing it again before it ends."""
_PAUSE_MS = 120.0
"""From here on a pause may be the end."""
_LONG_PAUSE_MS = 280.0
_SURE = 0.85
"""Mean probability of the words under which they are heard once more with a longer silence behind them."""
_MARKS = re.compile(r"[^\w\s'’-]|(?<!\w)['’-]|['’-](?!\w)")


class MoonshineRecognizer:
    """Owns the worker processes; they start with the first utterance or with :meth:`warm`.

    Args:
        pace: how long the service takes.
        workers: processes, each of which hears one utterance at a time.
    """

    def __init__(self, pace: Callable[[], Latency] = lambda: latency("none"), workers: int = _WORKERS) -> None:
        self._latency = pace
        self.workers = Workers(workers, moonshine_worker.load, moonshine_worker.ready)

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
        heard, told = _Hearing(utterance.start_ms), ""
        while True:
            utterance.more.clear()
            if heard.is_worth_another(utterance):
                heard = await self._hear_again(utterance, heard)
                text = _bare(heard.understood.text, whole=heard.silence_ms >= _PAUSE_MS)
                if text and text != told and not utterance.ended:
                    told = text
                    self.tell_so_far(utterance, text, heard.spoken_ms)
            elif utterance.ended:
                return heard.understood
            else:
                await utterance.more.wait()

    async def _hear_again(self, utterance: Utterance, before: "_Hearing") -> "_Hearing":
        """Hear all that there is by now; of two hearings of the same speech the surer one counts."""
        spoken_ms, silence_ms = utterance.end_ms, _silence_ms(utterance)
        understood = await self._understand(bytes(utterance.audio), self.request.phrases)
        if spoken_ms == before.spoken_ms and before.understood.confidence > understood.confidence:
            understood = before.understood
        return _Hearing(spoken_ms, silence_ms, understood)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What was made of an utterance when it had come so far, in milliseconds of the stream."""

    spoken_ms: float
    silence_ms: float = 0.0
    """How much silence was heard with it."""
    understood: Understood = Understood("", 0.0)

    def is_worth_another(self, utterance: Utterance) -> bool:
        """Has enough been said since, has a pause begun, or is it in doubt and there is more silence to hear it by?"""
        silence_ms, more_ms = _silence_ms(utterance), utterance.end_ms - self.spoken_ms
        if more_ms > 0:
            grown = more_ms >= max(_FIRST_MS, _GROWTH * (utterance.end_ms - utterance.start_ms))
            return grown or silence_ms >= _PAUSE_MS
        doubtful = 0.0 < self.understood.confidence < _SURE
        return doubtful and silence_ms >= _LONG_PAUSE_MS > self.silence_ms


def _silence_ms(utterance: Utterance) -> float:
    """Silence since its last sound; of one that is over, as much as matters."""
    return max(utterance.now_ms - utterance.end_ms, _LONG_PAUSE_MS if utterance.ended else 0.0)


def _bare(text: str, *, whole: bool) -> str:
    """The words so far, without marks and capitals; of words that go on, the last may be cut in two and is left out."""
    words = _MARKS.sub(" ", text.lower()).split()
    return " ".join(words if whole else words[:-1])
