"""What one call speaks with."""

from dataclasses import dataclass, field

from backend.domain.audio import AudioFormat
from backend.domain.call_use import CallUse
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.speaking.playout import Playout
from backend.ports import TextToSpeech

__all__ = ["SpeechOutput"]


@dataclass(frozen=True, slots=True)
class SpeechOutput:
    """A voice, phrases whose sound is kept, and the way to the caller's ear."""

    tts: TextToSpeech
    phrases: PhraseCache
    playout: Playout
    audio: AudioFormat
    use: CallUse = field(default_factory=CallUse)
    """Where it is counted what the voice is given."""
