"""Chooses who recognizes callers and who speaks to them, and joins the two for the rest of the server."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from azure.core.credentials import TokenCredential

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.service import SpeechLimits, SpeechService
from backend.adapters.speech.speech_to_text import AzureSpeechToText
from backend.adapters.speech.text_to_speech import AzureTextToSpeech
from backend.domain.speech import RecognitionOptions
from backend.errors import ProviderError
from backend.ports import RecognitionProvider, VoiceProvider
from config import Settings
from config.azure import AzureSettings
from config.voice import VoiceSettings

__all__ = ["Speech", "azure_speech", "open_speech", "speech_limits", "speech_service"]


@dataclass(frozen=True, slots=True)
class Speech:
    """Recognition and the voice, of one vendor or of two: each is chosen by itself."""

    stt: RecognitionProvider
    tts: VoiceProvider

    async def start(self) -> None:
        """Begin to keep connections warm. A service that is down does not keep the server from starting, only
        from being ready."""
        await asyncio.gather(self.stt.start(), self.tts.start())

    async def warm(self, options: Iterable[RecognitionOptions]) -> None:
        """Have recognition ready for what the agents of a store ask of it."""
        await self.stt.warm(options)

    async def ping(self) -> None:
        """Can callers be understood and answered? From what is known; nobody is called.

        Raises:
            ProviderError: nothing is connected, and the last attempt failed so.
        """
        self.stt.ping()
        self.tts.ping()

    @property
    def trouble(self) -> bool:
        """Can nobody be heard or answered now, as far as is known?"""
        try:
            self.stt.ping()
            self.tts.ping()
        except ProviderError:
            return True
        return False

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {"stt": self.stt.stats(), "tts": self.tts.stats()}

    async def close(self) -> None:
        """Let go of everything.

        The native threads of Azure's SDK can abort a process that ends while they wait for a silent service
        ("FATAL: exception not rethrown", status 134), so a server that has drained its calls should await this
        and then end with ``os._exit`` once its logs are flushed.
        """
        await asyncio.gather(self.stt.close(), self.tts.close())


def open_speech(settings: Settings) -> Speech:
    """Recognition and the voice as the settings have them; whoever opens them starts and closes them.

    Another vendor is an adapter behind ``RecognitionProvider`` or ``VoiceProvider`` and a choice here.

    Raises:
        ConfigError: the settings name no service.
    """
    return azure_speech(speech_service(settings.azure), speech_limits(settings.voice))


def azure_speech(service: SpeechService, limits: SpeechLimits, credential: TokenCredential | None = None) -> Speech:
    """Both from Azure, with one sign-in.

    Args:
        service: endpoint or region, key or identity.
        limits: pool sizes and limits.
        credential: instead of ``DefaultAzureCredential`` where there is no key. Synchronous: the SDK asks
            it on threads of its own.

    Raises:
        ConfigError: neither an endpoint nor a region is named.
    """
    access = SpeechAccess(service, credential)
    return Speech(AzureSpeechToText(access, limits), AzureTextToSpeech(access, limits))


def speech_service(azure: AzureSettings) -> SpeechService:
    """Where the service of the settings is."""
    return SpeechService(
        endpoint=azure.azure_speech_endpoint,
        region=azure.azure_speech_region,
        key=azure.azure_speech_key.get_secret_value(),
        resource_id=azure.azure_speech_resource_id,
    )


def speech_limits(voice: VoiceSettings) -> SpeechLimits:
    """The limits of the settings, in seconds where those have milliseconds."""
    return SpeechLimits(
        recognizers=voice.stt_pool_size,
        most_recognizers=voice.stt_pool_max,
        synthesizers=voice.tts_pool_size,
        most_synthesizers=voice.tts_pool_max,
        wait_s=voice.pool_wait_ms / 1000,
        start_s=voice.stt_start_timeout_ms / 1000,
        silence_s=voice.stt_silence_timeout_ms / 1000,
        first_audio_s=voice.tts_first_audio_ms / 1000,
        text_streaming=voice.tts_text_streaming,
    )
