"""Which recogniser and which voice serve a socket; each is made when it is first needed."""

from starlette.websockets import WebSocket

from backend.errors import ConfigError
from local_azure.speech.engine import Recogniser, VoiceEngine
from local_azure.speech.espeak import EspeakVoice
from local_azure.speech.scripted import ScriptedRecogniser
from local_azure.speech.tone import ToneVoice
from local_azure.state import EmulatorState

__all__ = ["Engines"]


class Engines:
    """The engines of one emulator process."""

    def __init__(self, state: EmulatorState) -> None:
        self._state = state
        self._recognisers: dict[str, Recogniser] = {}
        self._voices: dict[str, VoiceEngine] = {}

    def recogniser(self, websocket: WebSocket) -> Recogniser:
        """The recogniser for a socket: the one in its address, else the one that the state names."""
        return self._recogniser(websocket.query_params.get("engine") or self._state.engine_stt)

    async def warm(self) -> None:
        """Load what the recogniser that the state names needs, before the first caller speaks."""
        await self._recogniser(self._state.engine_stt).warm()

    def voice(self, websocket: WebSocket) -> VoiceEngine:
        """The voice for a socket, chosen in the same way."""
        name = websocket.query_params.get("engine") or self._state.engine_tts
        if name not in self._voices:
            self._voices[name] = self._make_voice(name)
        return self._voices[name]

    async def close(self) -> None:
        """End worker processes and threads."""
        made = [*self._recognisers.values(), *self._voices.values()]
        self._recognisers.clear()
        self._voices.clear()
        for engine in made:
            await engine.close()

    def _recogniser(self, name: str) -> Recogniser:
        if name not in self._recognisers:
            self._recognisers[name] = self._make_recogniser(name)
        return self._recognisers[name]

    def _make_recogniser(self, name: str) -> Recogniser:
        if name == "scripted":
            return ScriptedRecogniser(self._state.sounds, lambda: self._state.latency)
        if name == "sphinx":
            from local_azure.speech.sphinx import SphinxRecogniser

            return SphinxRecogniser(lambda: self._state.latency)
        raise ConfigError(f"engine_stt: expected sphinx or scripted, got {name!r}")

    def _make_voice(self, name: str) -> VoiceEngine:
        if name == "tone":
            return ToneVoice()
        if name == "espeak":
            return EspeakVoice()
        raise ConfigError(f"engine_tts: expected espeak or tone, got {name!r}")
