"""Azure speech recognition behind the engine's ``SpeechToText``."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import stamina

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.cancellation import PROVIDER
from backend.adapters.speech.heard import Listener
from backend.adapters.speech.pool import WarmPool
from backend.adapters.speech.pooled_part import PooledPart
from backend.adapters.speech.recognition import CallerRecognition
from backend.adapters.speech.recognizer import Recognizer, RecognizerKind
from backend.adapters.speech.service import SpeechLimits
from backend.adapters.speech.warm_up import keep_ready
from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionEvent, RecognitionOptions
from backend.errors import ProviderError, TimedOut, Unavailable
from backend.ports import Recognition

__all__ = ["AzureSpeechToText"]

_ATTEMPTS = 4


class AzureSpeechToText(PooledPart[RecognizerKind, Recognizer]):
    """``RecognitionProvider`` over a pool of connected recognizers.

    Args:
        access: where the service is and as whom we speak to it; the voice may share it.
        limits: the size of the pool, and how long anybody waits.
    """

    def __init__(self, access: SpeechAccess, limits: SpeechLimits) -> None:
        super().__init__(access)
        self._start_s = limits.start_s
        self._silence_s = limits.silence_s
        self._replacements = 0
        self.pool = WarmPool(
            "recognizers",
            lambda kind, lost: Recognizer(kind, access, self._threads, lost),
            size=limits.recognizers,
            most=limits.most_recognizers,
            wait_s=limits.wait_s,
            open_s=self._start_s,
        )

    async def start(self) -> None:
        """Begin to keep recognizers connected; waits 10 s at most, and raises nothing where the service is down."""
        await self._begin([RecognizerKind(PCM_16K)])

    async def warm(self, options: Iterable[RecognitionOptions]) -> None:
        """Have recognizers ready that suit these options. Most suit any: see ``RecognizerKind``."""
        await keep_ready(self.pool, [RecognizerKind.of(each) for each in options])

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        """Start to listen, with a warm recognizer in about a millisecond.

        Raises:
            PoolExhausted: too many callers are being listened to.
            ProviderRejected, RateLimited: at the first refusal.
            Unavailable, TimedOut: after further attempts, within ``stt_start_timeout_ms`` in all.
        """
        recognition = CallerRecognition(self, options, on_event, self._silence_s)
        await recognition.begin(self._start_s)
        return recognition

    async def obtain(
        self, options: RecognitionOptions, base_ms: float, listener: Listener, limit_s: float
    ) -> Recognizer:
        """A recognizer that listens; see ``RecognizerSource``."""
        last: ProviderError = TimedOut(PROVIDER, f"no recognizer came up in {limit_s:.1f} s")
        try:
            async with asyncio.timeout(limit_s):
                async for attempt in stamina.retry_context(
                    on=(Unavailable, TimedOut),
                    attempts=_ATTEMPTS,
                    timeout=limit_s,
                    wait_initial=0.1,
                    wait_max=0.4,
                    wait_jitter=0.1,
                ):
                    with attempt:
                        try:
                            return await self._start_one(options, base_ms, listener, limit_s / 2)
                        except ProviderError as error:
                            last = error
                            raise
        except TimeoutError:
            pass
        raise last

    def let_go(self, recognizer: Recognizer) -> None:
        """It is not needed any more."""
        self.pool.release(recognizer, reusable=False)

    def replaced(self) -> None:
        """A recognizer broke in mid-call and another took over."""
        self._replacements += 1

    def stats(self) -> dict[str, Any]:
        """Figures of the pool, how often a recognizer was replaced in mid-call, and how many are being let go of."""
        return {**super().stats(), "replaced_in_call": self._replacements}

    async def _start_one(
        self, options: RecognitionOptions, base_ms: float, listener: Listener, open_s: float
    ) -> Recognizer:
        recognizer = await self.pool.acquire(RecognizerKind.of(options))
        try:
            if not recognizer.up:
                await recognizer.open(open_s)
            await recognizer.start(options, base_ms, listener)
        except BaseException:
            self.let_go(recognizer)
            raise
        return recognizer
