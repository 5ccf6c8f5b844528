"""One call's media path by itself: from the bytes of the socket to the recognizer's audio, and back.

The socket, the link, the conversation, voice activity and the recognition of a call are the server's own. The network,
the service and the other calls are left out, so that what a frame costs can be counted: see ``bench.profile`` and
``tests/unit/bench/test_budgets.py``.
"""

import asyncio
import base64
import os
import select
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from backend.adapters.acs.media_link import AcsMediaLink
from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.recognition import CallerRecognition
from backend.api.media_socket import SHORT_WAY, MediaSocket
from backend.domain.audio import PCM_16K
from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.domain.speech import RecognitionEvent, RecognitionOptions
from backend.engine.listening.voice_activity import local_voice_activity
from bench.fakes import InstantControl, current_probe
from bench.probe import CallProbe
from bench.server import NUMBER, bench_desk
from bench.wire import script

__all__ = ["MediaPath", "media_path", "packed"]

_HANDSHAKE = (
    b"GET /api/v1/media/stream/token HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_METADATA = (
    b'{"kind":"AudioMetadata","audioMetadata":{"subscriptionId":"s","encoding":"PCM","sampleRate":16000,"channels":1}}'
)
_FRAME = (
    b'{"kind":"AudioData","audioData":{"timestamp":"2026-11-26T10:00:00.000Z",'
    b'"participantRawID":"4:+12065550123","data":"%b","silent":false}}'
)
_SILENCE_S = 5.0
_SENTENCE_FRAMES = 150
_PIECE = 3200
"""Bytes that the SDK asks for at once."""


def packed(pcm: bytes) -> bytes:
    """A frame of the caller's as ACS sends it, masked, as it comes from the network."""
    return _masked(_FRAME % base64.b64encode(pcm))


def _masked(payload: bytes) -> bytes:
    mask = os.urandom(4)
    covered = int.from_bytes(payload) ^ int.from_bytes((mask * (len(payload) // 4 + 1))[: len(payload)])
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2)
    return head + mask + covered.to_bytes(size)


class _Wire(asyncio.Transport):
    """A network that takes everything."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.written = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += len(data)

    def is_closing(self) -> bool:
        return False

    def close(self) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


class _Recognizer:
    """Takes audio as the SDK's does, and says what it is told to."""

    def __init__(self, tell: Callable[[RecognitionEvent], None]) -> None:
        self._source = AudioSource(PCM_16K)
        self._out_of = self._source.open()
        self.tell = tell
        self.taken = 0

    def write(self, pcm: bytes, *, within_ms: int) -> None:
        self._source.write(pcm, within_ms=within_ms)
        self.take()

    def take(self) -> None:
        """Fetch what there is, as a thread of the SDK does."""
        while select.select((self._out_of,), (), (), 0)[0]:
            self.taken += len(os.read(self._out_of, _PIECE))

    def close(self) -> None:
        self._source.close()


class _Speech:
    """``SpeechToText`` and ``RecognizerSource`` of the one call."""

    recognizer: _Recognizer

    async def open(
        self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]
    ) -> CallerRecognition:
        recognition = CallerRecognition(self, options, on_event, _SILENCE_S)
        await recognition.begin(_SILENCE_S)
        return recognition

    async def obtain(
        self, options: RecognitionOptions, base_ms: float, listener: Callable[[RecognitionEvent], None], limit_s: float
    ) -> Any:
        self.recognizer = _Recognizer(listener)
        return self.recognizer

    def let_go(self, recognizer: Any) -> None:
        recognizer.close()

    def replaced(self) -> None: ...


class MediaPath:
    """A call under way."""

    def __init__(self, socket: MediaSocket, wire: _Wire, speech: _Speech) -> None:
        self._socket = socket
        self._wire = wire
        self._speech = speech

    def receive(self, frame: bytes) -> None:
        """A frame of the caller comes from the network; see ``packed``."""
        self._socket.data_received(frame)

    def hear(self, event: RecognitionEvent) -> None:
        """The recognizer says this."""
        self._speech.recognizer.tell(event)

    def fetch(self) -> int:
        """The recognizer takes what there is for it; gives how many bytes it has had so far."""
        self._speech.recognizer.take()
        return self._speech.recognizer.taken

    @property
    def written(self) -> int:
        """Bytes that went out to the caller."""
        return self._wire.written


@asynccontextmanager
async def media_path() -> AsyncGenerator[MediaPath]:
    """A call on the running loop, which may be one of virtual time."""
    script.apply({"sentence_frames": _SENTENCE_FRAMES})
    speech, wire, control, ready = _Speech(), _Wire(), InstantControl(), asyncio.Event()
    current_probe.set(CallProbe())
    desk = bench_desk(control, speech, lambda link: local_voice_activity(link.audio))
    await desk.incoming(IncomingCall("bench", "bench", Private("+12065550123"), Private(NUMBER)))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        ready.set()
        link = await AcsMediaLink.open(receive, send, scope["extensions"][SHORT_WAY])
        await desk.attach(control.tokens["bench"], link)

    config = uvicorn.Config(app, ws=MediaSocket, ws_per_message_deflate=False, lifespan="off", log_config=None)
    config.load()
    socket = MediaSocket(config, ServerState(), {})
    socket.connection_made(wire)
    socket.data_received(_HANDSHAKE)
    await ready.wait()
    socket.data_received(_masked(_METADATA))
    await asyncio.sleep(1.0)
    try:
        yield MediaPath(socket, wire, speech)
    finally:
        socket.connection_lost(None)
        await desk.close()
        script.apply({})
