"""Speaks."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Protocol

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechEvent, Voice
from backend.errors import ProviderRejected

__all__ = ["TextToSpeech"]


class TextToSpeech(Protocol):
    """Speaks. Whoever cannot take text that is still being written inherits the rest from here."""

    def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Audio and word boundaries as they are made. Closing the generator stops the synthesis.

        Word boundaries arrive before, or in, the audio they describe where the service gives them.

        Raises (while iterating):
            PoolExhausted, ProviderError: also in the middle; what came before stands.
        """
        ...

    def streams(self, voice: Voice) -> bool:
        """May ``speak_stream`` be used for this voice?"""
        return False

    def speak_stream(
        self, pieces: AsyncIterator[str], voice: Voice, audio: AudioFormat
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Like ``speak``, for text that is still being written; only where ``streams`` says so.

        ``pieces`` is read ahead of the audio, on the event loop. ``offset_ms`` and ``text_offset`` of the words
        count in all pieces together. Closing the generator stops the synthesis and the reading.

        Raises (while iterating):
            PoolExhausted, ProviderError: also in the middle; what came before stands. Nothing is tried twice.
        """
        raise ProviderRejected("speech", "this voice takes no text that is still being written")
