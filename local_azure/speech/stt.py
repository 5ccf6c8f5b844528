"""Speech to text over USP: one socket, one turn for as long as the client sends audio.

The order of messages is the one that azure-cognitiveservices-speech 1.53.0 was seen to take. One turn stays open
for the whole stream: at ``turn.end`` the SDK would open the next and send again all audio after the last
acknowledged offset, so offsets must follow the audio that was received.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable

from starlette.websockets import WebSocket

from backend.errors import ProtocolError
from local_azure.speech.context import read_recognition, read_sample_rate
from local_azure.speech.engine import (
    HeardEvent,
    Hypothesis,
    Listener,
    Recognizer,
    SpeechBegan,
)
from local_azure.speech.hearing import Hearing
from local_azure.speech.mishap import Mishap, admit
from local_azure.speech.speech_socket import SpeechSocket
from local_azure.speech.usp import BinaryMessage, TextMessage
from local_azure.state import EmulatorState

__all__ = ["RecognitionConnection", "serve_recognition"]

_log = logging.getLogger(__name__)

_PIECE_MS = 100
_RIFF_HEADER_BYTES = 44


async def serve_recognition(
    websocket: WebSocket, state: EmulatorState, recognizer: Callable[[WebSocket], Recognizer]
) -> None:
    """Serve one socket until the client leaves, an injected fault ends it, or it talks nonsense (1007)."""
    fault = state.faults.take("stt", websocket.url.path)
    if not await admit(websocket, fault):
        return
    language = websocket.query_params.get("language", "")
    async with SpeechSocket(websocket) as socket:
        connection = RecognitionConnection(socket, recognizer(websocket), language, state, Mishap(fault))
        try:
            await connection.run()
        except ProtocolError as error:
            _log.warning(
                "a speech client sent a message outside the protocol", extra={"code": error.code, "detail": str(error)}
            )
            await socket.close(1007, "malformed message")
        finally:
            await connection.close()


class RecognitionConnection:
    """One client's socket: at most one turn at a time, usually one in all."""

    def __init__(
        self,
        socket: SpeechSocket,
        recognizer: Recognizer,
        language: str,
        state: EmulatorState,
        mishap: Mishap,
    ) -> None:
        self._socket = socket
        self._recognizer = recognizer
        self._language = language
        self._state = state
        self._mishap = mishap
        self._context: TextMessage | None = None
        self._turn: _Turn | None = None

    async def run(self) -> None:
        """Read until the client leaves.

        Raises:
            ProtocolError: a malformed message.
        """
        while (message := await self._socket.receive()) is not None:
            if isinstance(message, TextMessage):
                await self._on_text(message)
            elif message.path == "audio" and await self._on_audio(message):
                return

    async def close(self) -> None:
        """End the turn that is open."""
        turn, self._turn = self._turn, None
        if turn is not None:
            await turn.listener.close()

    async def _on_text(self, message: TextMessage) -> None:
        if message.path == "speech.context":
            message.json()
            await self.close()
            self._context = message

    async def _on_audio(self, message: BinaryMessage) -> bool:
        if self._context is None:
            raise ProtocolError("audio before speech.context")
        turn = self._turn
        if turn is None:
            if not message.payload:
                return False
            turn = self._turn = self._begin(self._context, message.payload)
            if message.payload[:4] == b"RIFF":
                turn.feed(message.payload[_RIFF_HEADER_BYTES:])
                return await self._mishap.strike(self._socket, turn.pieces, turn.request_id)
        if not message.payload:
            await turn.finish()
            self._turn = None
            return False
        turn.feed(message.payload)
        return await self._mishap.strike(self._socket, turn.pieces, turn.request_id)

    def _begin(self, context: TextMessage, first: bytes) -> "_Turn":
        body = context.json()
        rate = read_sample_rate(first) if first[:4] == b"RIFF" else 16_000
        request = read_recognition(body, self._language, rate)
        hearing = Hearing(request)
        if not self._mishap.pending:
            self._mishap = Mishap(self._state.faults.take("stt", self._socket.path))
        return _Turn(self._socket, context.request_id, hearing, self._recognizer)


class _Turn:
    """From the first audio to the empty one."""

    def __init__(self, socket: SpeechSocket, request_id: str, hearing: Hearing, recognizer: Recognizer) -> None:
        self._socket = socket
        self.request_id = request_id
        self._hearing = hearing
        self._piece = hearing.request.sample_rate * 2 // 1000 * _PIECE_MS
        self._started = False
        self.pieces = 0
        self._bytes = 0
        self.listener: Listener = recognizer.listen(hearing.request, self._on_heard)
        self._post("turn.start", {"context": {"serviceTag": uuid.uuid4().hex}})

    def feed(self, pcm: bytes) -> None:
        """Take audio of any length; a rate we do not know is the client's business."""
        for start in range(0, len(pcm), self._piece):
            piece = pcm[start : start + self._piece]
            self.pieces += 1
            self._bytes += len(piece)
            self.listener.feed(piece)
            silence = self._hearing.silence(self._received_ms)
            if silence is not None:
                self._post("speech.phrase", silence)

    async def finish(self) -> None:
        """The client has sent all: report the rest and end the turn."""
        await self.listener.finish()
        await self.listener.close()
        if self._started:
            self._post("speech.endDetected", self._hearing.mark(self._received_ms))
        self._post("speech.phrase", self._hearing.end_of_dictation(self._received_ms))
        self._post("turn.end", {})
        await asyncio.sleep(0)

    @property
    def _received_ms(self) -> float:
        return self._bytes * 1000 / (self._hearing.request.sample_rate * 2)

    def _on_heard(self, event: HeardEvent) -> None:
        if isinstance(event, SpeechBegan):
            self._hearing.began()
            if not self._started:
                self._started = True
                self._post("speech.startDetected", self._hearing.mark(event.offset_ms))
        elif isinstance(event, Hypothesis):
            self._post("speech.hypothesis", self._hearing.hypothesis(event), event.delay_ms)
        else:
            self._hearing.ended(event.offset_ms + event.duration_ms)
            self._post("speech.phrase", self._hearing.phrase(event), event.delay_ms)

    def _post(self, path: str, body: dict[str, object], delay_ms: float = 0.0) -> None:
        self._socket.post(path, self.request_id, body, delay_ms)
