"""Where the sound of fixed phrases outlives a process."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechEvent, Voice

__all__ = ["PhraseSounds"]


class PhraseSounds(Protocol):
    """Keeps what a voice has said once. Nothing here raises for a disk that is full or a file that is broken."""

    async def load(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """What it sounds like; empty where it is not kept."""
        ...

    async def save(self, text: str, voice: Voice, audio: AudioFormat, events: Sequence[SpeechEvent]) -> None:
        """Keep it."""
        ...
