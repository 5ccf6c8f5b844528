"""Where Azure Speech listens: the addresses that azure-cognitiveservices-speech 1.53.0 was seen to use."""

from collections.abc import Awaitable, Callable

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from local_azure.speech import voice_list
from local_azure.speech.engines import Engines
from local_azure.speech.stt import serve_recognition
from local_azure.speech.tts import serve_synthesis
from local_azure.state import EmulatorState

__all__ = ["routes"]

_STT_PATHS = (
    "/stt/speech/universal/v2",
    "/speech/universal/v2",
    "/speech/recognition/{mode}/cognitiveservices/v1",
)
_TTS_PATHS = (
    "/tts/cognitiveservices/websocket/v1",
    "/tts/cognitiveservices/websocket/v2",
    "/cognitiveservices/websocket/v1",
    "/cognitiveservices/websocket/v2",
)


def routes(state: EmulatorState, engines: Engines | None = None) -> list[BaseRoute]:
    """WebSocket routes of speech to text and text to speech, and the list of voices.

    ``engines`` is for whoever wants to end the worker processes (``await engines.close()``) or to look at them.
    A client may pick the engine of its own socket with ``?engine=scripted`` in the address.
    """
    made = engines or Engines(state)

    async def recognize(websocket: WebSocket) -> None:
        await serve_recognition(websocket, state, made.recognizer)

    async def speak(websocket: WebSocket) -> None:
        await serve_synthesis(websocket, state, made.voice)

    found: list[BaseRoute] = [_route(path, recognize) for path in _STT_PATHS]
    return [*found, *(_route(path, speak) for path in _TTS_PATHS), *voice_list.routes()]


def _route(path: str, endpoint: Callable[[WebSocket], Awaitable[None]]) -> WebSocketRoute:
    return WebSocketRoute(path, endpoint)
