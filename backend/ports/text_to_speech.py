"""Speaks."""

from collections.abc import AsyncGenerator
from typing import Protocol

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechEvent, Voice

__all__ = ["TextToSpeech"]


class TextToSpeech(Protocol):
    """Speaks."""

    def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Audio and word boundaries as they are made. Closing the generator stops the synthesis.

        Word boundaries arrive before, or in, the audio they describe where the service gives them.

        Raises (while iterating):
            PoolExhausted, ProviderError: also in the middle; what came before stands.
        """
        ...
