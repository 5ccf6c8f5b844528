"""Azure speech as one thing to start, look at and close."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

from azure.core.credentials import TokenCredential
from azure.core.exceptions import AzureError

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.cancellation import PROVIDER
from backend.adapters.speech.recognizer import RecognizerKind
from backend.adapters.speech.service import SpeechLimits, SpeechService
from backend.adapters.speech.speech_to_text import AzureSpeechToText
from backend.adapters.speech.synthesizer import SynthesizerKind
from backend.adapters.speech.text_to_speech import AzureTextToSpeech
from backend.adapters.speech.threads import SdkThreads
from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionOptions, SpeechAudio, Voice
from backend.errors import ProviderError

__all__ = ["AzureSpeech"]

log = logging.getLogger(__name__)

_START_S = 5.0
_CLOSE_S = 12.0


class AzureSpeech:
    """Recognition and synthesis, each with its pool.

    The SDK's native threads can abort a process that ends while they wait for a silent service ("FATAL:
    exception not rethrown", status 134), so a server that has drained its calls should ``await close()``
    and then end with ``os._exit`` once its logs are flushed.

    Args:
        service: endpoint or region, key or identity.
        limits: pool sizes and limits.
        credential: instead of ``DefaultAzureCredential`` where there is no key. Synchronous: the SDK asks
            it on threads of its own.

    Raises:
        ConfigError: neither an endpoint nor a region is named.
    """

    def __init__(self, service: SpeechService, limits: SpeechLimits, credential: TokenCredential | None = None) -> None:
        self._access = SpeechAccess(service, credential)
        self._limits = limits
        self._threads = SdkThreads()
        self.stt = AzureSpeechToText(self._access, self._threads, limits)
        self.tts = AzureTextToSpeech(self._access, self._threads, limits)

    async def start(self) -> None:
        """Begin to keep connections warm. Waits 5 s at most for the first ones; a service that is down then
        does not keep the server from starting, only from being ready."""
        try:
            async with asyncio.timeout(_START_S):
                await self._threads.call(self._access.sign_in)
        except (AzureError, TimeoutError) as error:
            log.warning(
                "no access token for the speech service yet; trying again",
                extra={"event": "speech.no_token", "reason": type(error).__name__},
            )
        self.stt.pool.keep_warm(RecognizerKind(PCM_16K))
        self.tts.pool.keep_warm(SynthesizerKind(PCM_16K))
        if self._limits.text_streaming:
            self.tts.pool.keep_warm(SynthesizerKind(PCM_16K, text_streaming=True))
        self.stt.pool.start()
        self.tts.pool.start()
        await self._settle()

    async def warm(self, options: Iterable[RecognitionOptions]) -> None:
        """Have recognizers ready that suit these options. Most suit any: see ``RecognizerKind``."""
        for each in options:
            self.stt.pool.keep_warm(RecognizerKind.of(each))
        await self._settle()

    async def ping(self) -> None:
        """Can callers be understood and answered? From what is known; nobody is called.

        Raises:
            ProviderError: nothing is connected, and the last attempt failed so.
        """
        self.stt.pool.ping()
        self.tts.pool.ping()

    @property
    def trouble(self) -> bool:
        """Can nobody be heard or answered now, as far as is known?"""
        try:
            self.stt.pool.ping()
            self.tts.pool.ping()
        except ProviderError:
            return True
        return False

    async def check_recognizer(self) -> None:
        """Does a recognizer connect and listen? One is opened for it, and let go of.

        Raises:
            ProviderError, PoolExhausted: none does.
        """
        recognition = await self.stt.open(RecognitionOptions(), lambda _: None)
        await recognition.close()

    async def check_voice(self, voice: Voice) -> bool:
        """Does this voice say a word? Nobody hears it.

        Raises:
            ProviderError, PoolExhausted: the service did not say whether.
        """
        async with aclosing(self.tts.speak("One.", voice, PCM_16K)) as events:
            async for event in events:
                if isinstance(event, SpeechAudio):
                    return True
        return False

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {"stt": self.stt.stats(), "tts": self.tts.stats(), "closing": self._threads.cleaning}

    async def close(self) -> None:
        """Let go of everything; waits 12 s at most for the SDK's objects to end."""
        await self.stt.pool.close()
        await self.tts.pool.close()
        await self._threads.close(_CLOSE_S)

    async def _settle(self) -> None:
        full = await asyncio.gather(self.stt.pool.full(_START_S), self.tts.pool.full(_START_S))
        if not all(full):
            log.warning(
                "speech connections are not all open yet", extra={"event": "speech.not_warm", "provider": PROVIDER}
            )
