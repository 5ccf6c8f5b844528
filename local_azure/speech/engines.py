"""Which recognizer and which voice serve a socket; each is made when it is first needed."""

from starlette.websockets import WebSocket

from backend.errors import ConfigError
from local_azure.speech.engine import Recognizer, VoiceEngine
from local_azure.speech.espeak import EspeakVoice
from local_azure.speech.scripted import ScriptedRecognizer
from local_azure.speech.tone import ToneVoice
from local_azure.state import EmulatorState

__all__ = ["Engines"]


class Engines:
    """The engines of one emulator process."""

    def __init__(self, state: EmulatorState) -> None:
        self._state = state
        self._recognizers: dict[str, Recognizer] = {}
        self._voices: dict[str, VoiceEngine] = {}

    def recognizer(self, websocket: WebSocket) -> Recognizer:
        """The recognizer for a socket: the one in its address, else the one that the state names."""
        return self._recognizer(websocket.query_params.get("engine") or self._state.engine_stt)

    async def warm(self) -> None:
        """Load what the recognizer that the state names needs, before the first caller speaks."""
        await self._recognizer(self._state.engine_stt).warm()

    def voice(self, websocket: WebSocket) -> VoiceEngine:
        """The voice for a socket, chosen in the same way."""
        name = websocket.query_params.get("engine") or self._state.engine_tts
        if name not in self._voices:
            self._voices[name] = self._make_voice(name)
        return self._voices[name]

    async def close(self) -> None:
        """End worker processes and threads."""
        made = [*self._recognizers.values(), *self._voices.values()]
        self._recognizers.clear()
        self._voices.clear()
        for engine in made:
            await engine.close()

    def _recognizer(self, name: str) -> Recognizer:
        if name not in self._recognizers:
            self._recognizers[name] = self._make_recognizer(name)
        return self._recognizers[name]

    def _make_recognizer(self, name: str) -> Recognizer:
        if name == "scripted":
            return ScriptedRecognizer(self._state.sounds, lambda: self._state.latency)
        if name == "moonshine":
            from local_azure.speech.moonshine import MoonshineRecognizer

            return MoonshineRecognizer(lambda: self._state.latency)
        if name == "sphinx":
            from local_azure.speech.sphinx import SphinxRecognizer

            return SphinxRecognizer(lambda: self._state.latency)
        if name == "whisper":
            from local_azure.speech.sphinx import SphinxRecognizer
            from local_azure.speech.whisper import WhisperEars

            return SphinxRecognizer(lambda: self._state.latency, ears=WhisperEars())
        raise ConfigError(f"engine_stt: expected moonshine, sphinx, whisper or scripted, got {name!r}")

    def _make_voice(self, name: str) -> VoiceEngine:
        if name == "tone":
            return ToneVoice()
        if name == "espeak":
            return EspeakVoice()
        raise ConfigError(f"engine_tts: expected espeak or tone, got {name!r}")
