"""Joins the settings and the speech service."""

from backend.adapters.speech.azure_speech import AzureSpeech
from backend.adapters.speech.service import SpeechLimits, SpeechService
from config import Settings
from config.azure import AzureSettings
from config.voice import VoiceSettings

__all__ = ["open_speech", "speech_limits", "speech_service"]


def open_speech(settings: Settings) -> AzureSpeech:
    """Recognition and synthesis as the settings have them; whoever opens it starts and closes it.

    Raises:
        ConfigError: the settings name no service.
    """
    return AzureSpeech(speech_service(settings.azure), speech_limits(settings.voice))


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
