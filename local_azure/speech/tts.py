"""Text to speech over USP: SSML (v1) and streamed text (v2), one synthesis after the other on one socket.

Messages and their order as captured from azure-cognitiveservices-speech 1.53.0. The SDK ends a synthesis early
(``stop_speaking_async``) by closing the socket.
"""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from starlette.websockets import WebSocket

from backend.errors import ProtocolError
from local_azure.speech.context import SynthesisRequest, read_synthesis
from local_azure.speech.engine import Segment, VoiceEngine
from local_azure.speech.mishap import Mishap, admit
from local_azure.speech.script import Script
from local_azure.speech.speaking import Speaking
from local_azure.speech.speech_socket import SpeechSocket
from local_azure.speech.ssml import read_ssml
from local_azure.speech.usp import TextMessage
from local_azure.state import EmulatorState

__all__ = ["SynthesisConnection", "serve_synthesis"]

_log = logging.getLogger(__name__)

_WAITING = 256
"""Pieces of text and requests that may wait on one socket."""


async def serve_synthesis(
    websocket: WebSocket, state: EmulatorState, voice: Callable[[WebSocket], VoiceEngine]
) -> None:
    """Serve one socket until the client leaves, an injected fault ends it, or it talks nonsense (1007)."""
    fault = state.faults.take("tts", websocket.url.path)
    if not await admit(websocket, fault):
        return
    async with SpeechSocket(websocket) as socket:
        connection = SynthesisConnection(socket, voice(websocket), state, Mishap(fault))
        try:
            await connection.run()
        except ProtocolError as error:
            _log.warning(
                "a speech client sent a message outside the protocol", extra={"code": error.code, "detail": str(error)}
            )
            await socket.close(1007, str(error))


@dataclass(slots=True)
class _Turn:
    """One synthesis: ``None`` in ``segments`` ends it."""

    request_id: str
    request: SynthesisRequest
    segments: asyncio.Queue[Segment | None]
    script: Script


class SynthesisConnection:
    """One client's socket."""

    def __init__(self, socket: SpeechSocket, voice: VoiceEngine, state: EmulatorState, mishap: Mishap) -> None:
        self._socket = socket
        self._voice = voice
        self._state = state
        self._mishap = mishap
        self._turns: asyncio.Queue[_Turn] = asyncio.Queue(_WAITING)
        self._turn: _Turn | None = None
        self._request: tuple[str, SynthesisRequest] | None = None

    async def run(self) -> None:
        """Read until the client leaves; speak in a task of its own so that leaving is noticed at once.

        Raises:
            ProtocolError: a malformed message or malformed SSML.
        """
        speaking = asyncio.create_task(self._speak_all())
        reading = asyncio.create_task(self._read_all())
        try:
            done, _ = await asyncio.wait((speaking, reading), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (speaking, reading):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, ProtocolError):
                    await task

    async def _read_all(self) -> None:
        while (message := await self._socket.receive()) is not None:
            if not isinstance(message, TextMessage):
                raise ProtocolError("audio sent to the voice")
            self._on_text(message)

    def _on_text(self, message: TextMessage) -> None:
        match message.path:
            case "synthesis.context":
                self._request = (message.request_id, read_synthesis(message.json()))
                self._turn = None
            case "ssml":
                turn = self._begin(message)
                self._put(turn, [*read_ssml(message.body), None])
            case "text.piece":
                turn = self._turn or self._begin(message)
                self._put(turn, turn.script.add(message.body))
            case "text.end":
                turn = self._turn or self._begin(message)
                self._put(turn, [*turn.script.end(), None])
            case _:
                return

    def _begin(self, message: TextMessage) -> _Turn:
        if self._request is None:
            raise ProtocolError("text before synthesis.context")
        request_id, request = self._request
        script = Script(request.voice)
        turn = self._turn = _Turn(message.request_id or request_id, request, asyncio.Queue(_WAITING), script)
        try:
            self._turns.put_nowait(turn)
        except asyncio.QueueFull as error:
            raise ProtocolError("too many syntheses at once") from error
        return turn

    def _put(self, turn: _Turn, segments: list[Segment] | list[Segment | None]) -> None:
        try:
            for segment in segments:
                turn.segments.put_nowait(segment)
        except asyncio.QueueFull as error:
            raise ProtocolError("too much text at once") from error

    async def _speak_all(self) -> None:
        while True:
            turn = await self._turns.get()
            if not self._mishap.pending:
                self._mishap = Mishap(self._state.faults.take("tts", self._socket.path))
            if await self._speak(turn):
                return

    async def _speak(self, turn: _Turn) -> bool:
        """Speak one turn; True when a fault ended the connection."""
        speaking = Speaking(self._socket, turn.request_id, turn.request, self._state)
        if await self._mishap.strike(self._socket, 0, turn.request_id):
            return True
        speaking.begin(uuid.uuid4().hex)
        while (segment := await turn.segments.get()) is not None:
            rendering = await self._voice.render(segment, turn.request.sample_rate)
            for piece in speaking.pieces(segment, rendering):
                await piece
                if await self._mishap.strike(self._socket, speaking.sent, turn.request_id):
                    return True
        await speaking.end()
        return False
