"""The voicebox: what one call speaks with."""

from dataclasses import dataclass

from backend.domain.audio import AudioFormat
from backend.engine.speaking.line_cache import LineCache
from backend.engine.speaking.playout import Playout
from backend.ports import TextToSpeech

__all__ = ["Voicebox"]


@dataclass(frozen=True, slots=True)
class Voicebox:
    """A voice, phrases whose sound is kept, and the way to the caller's ear."""

    tts: TextToSpeech
    lines: LineCache
    playout: Playout
    audio: AudioFormat
