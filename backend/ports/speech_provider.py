"""What a worker needs of a vendor's recognition or voice beside the words: to be started, asked and closed."""

from collections.abc import Iterable
from typing import Any, Protocol

from backend.domain.speech import RecognitionOptions
from backend.ports.speech_to_text import SpeechToText
from backend.ports.text_to_speech import TextToSpeech

__all__ = ["RecognitionProvider", "SpeechProvider", "VoiceProvider"]


class SpeechProvider(Protocol):
    """One service's connections, of recognition or of a voice. Each vendor's stands by itself."""

    async def start(self) -> None:
        """Begin to keep connections open. A service that is down raises nothing; ``ping`` tells it."""
        ...

    def ping(self) -> None:
        """Can a caller be served? From what is known; nobody is called.

        Raises:
            ProviderError: nothing is connected, and the last attempt failed so.
        """
        ...

    def stats(self) -> dict[str, Any]:
        """Figures for /stats; ``warm``, ``in_use`` and ``waiting`` are metrics, too."""
        ...

    async def close(self) -> None:
        """Let go of everything, what is in use included."""
        ...


class RecognitionProvider(SpeechToText, SpeechProvider, Protocol):
    """A vendor's speech recognition. Which one is used is chosen in ``backend/boot/speech.py``."""

    async def warm(self, options: Iterable[RecognitionOptions]) -> None:
        """Have connections ready that suit these options, as far as it matters to the vendor."""
        ...


class VoiceProvider(TextToSpeech, SpeechProvider, Protocol):
    """A vendor's voices. Which one is used is chosen in ``backend/boot/speech.py``."""
