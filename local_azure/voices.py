"""A voice for whoever on the local lines speaks from text: callers without a recording, and ``:play``."""

from local_azure.soundbook import Kind
from local_azure.speech.engine import Segment, VoiceEngine
from local_azure.speech.tone import ToneVoice
from local_azure.state import EmulatorState

__all__ = ["CALLER_VOICE", "Voices"]

CALLER_VOICE = "en-US-GuyNeural"
"""Callers sound unlike our agents."""


class Voices:
    """Speaks text and writes it into the sound book."""

    def __init__(self, state: EmulatorState) -> None:
        self._state = state
        self._made: dict[str, VoiceEngine] = {}

    async def speak(self, text: str, kind: Kind, sample_rate: int, voice: str = CALLER_VOICE) -> bytes:
        """16-bit mono PCM that says ``text``.

        Tones will do where nobody has to understand them by ear: with the scripted recognizer.
        """
        rendering = await self._engine().render(Segment(text=text, voice=voice), sample_rate)
        self._state.sounds.learn(rendering.pcm, text, rendering.words, kind, sample_rate)
        return rendering.pcm

    async def close(self) -> None:
        """End the engines."""
        made = list(self._made.values())
        self._made.clear()
        for engine in made:
            await engine.close()

    def _engine(self) -> VoiceEngine:
        tone = self._state.engine_tts == "tone" and self._state.engine_stt == "scripted"
        name = "tone" if tone else "espeak"
        if name not in self._made:
            self._made[name] = ToneVoice() if tone else _espeak()
        return self._made[name]


def _espeak() -> VoiceEngine:
    from local_azure.speech.espeak import EspeakVoice

    return EspeakVoice()
