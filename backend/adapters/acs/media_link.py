"""The media socket of ACS as a ``MediaLink``. Runs 50 times a second and call, each way: kept lean."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import copy_context
from functools import partial
from typing import Any, Protocol

from starlette.websockets import WebSocketDisconnect

from backend.domain.audio import AudioFormat
from backend.errors import ProtocolError, TimedOut, Unavailable
from backend.ports import MediaSink
from backend.protocol.acs_media import AudioData, AudioMetadata, Tone, audio_frame, read_audio, read_frame, stop_frame

__all__ = ["AcsMediaLink", "ShortWay"]

log = logging.getLogger(__name__)

_METADATA_LIMIT_S = 10.0
_MOST_MALFORMED = 50
_BAD_DATA = 1007
_BROKEN = (OSError, RuntimeError, WebSocketDisconnect)
"""What a socket that is gone raises: its transport, uvicorn and Starlette a kind each."""

Message = MutableMapping[str, Any]


class ShortWay(Protocol):
    """Text frames straight from and to the socket, past the queues and tasks of ASGI."""

    def listen(self, on_text: Callable[[bytes], None]) -> bool:
        """Give every text frame to ``on_text`` from now on; false while some wait in the ASGI queue."""
        ...

    async def send_text(self, frame: bytes) -> None:
        """Send a text frame. Raises ``ConnectionError`` when the socket is gone."""
        ...


class AcsMediaLink:
    """One accepted media socket.

    Args:
        receive, send: the ASGI callables of the socket, already accepted.
        audio: format that the service announced.
        short: the short way for frames, where the server has one. It halves what a call costs.
    """

    def __init__(
        self,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
        audio: AudioFormat,
        short: ShortWay | None = None,
    ) -> None:
        self._receive = receive
        self._send = send
        self._audio = audio
        self._frame_bytes = audio.frame_bytes
        self._short = short
        self._sink: MediaSink | None = None
        self._closing: asyncio.Task[None] | None = None
        self._closed = False
        self.malformed = 0

    @classmethod
    async def open(
        cls,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
        short: ShortWay | None = None,
    ) -> "AcsMediaLink":
        """Wait for AudioMetadata, the first frame of every socket.

        Raises:
            TimedOut: it did not come within ten seconds.
            ProtocolError: something else came.
            Unavailable: the socket closed.
        """
        try:
            async with asyncio.timeout(_METADATA_LIMIT_S):
                while True:
                    message = await receive()
                    if message["type"] == "websocket.disconnect":
                        raise Unavailable("calls", "the media socket closed before it began")
                    text = message.get("text")
                    frame = read_frame(text) if isinstance(text, str) else None
                    if isinstance(frame, AudioMetadata):
                        return cls(receive, send, frame.audio, short)
                    if isinstance(frame, AudioData):
                        raise ProtocolError("audio came before AudioMetadata")
        except TimeoutError as error:
            raise TimedOut("calls", "no AudioMetadata on the media socket") from error

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        return self._audio

    async def receive(self, sink: MediaSink) -> None:
        """Deliver frames to ``sink`` until the service goes away. Malformed frames are counted and skipped."""
        self._sink = sink
        on_text = partial(copy_context().run, self._on_text)  # the socket's callbacks know nothing of this call
        listens = self._short is None
        while not self._closed:
            if self._short is not None and not listens:
                listens = self._short.listen(on_text)
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self._closed = True
                return
            self._on_text(message.get("text"))

    def _on_text(self, text: object) -> None:
        """One frame, by either way. Never raises."""
        sink = self._sink
        if type(text) is bytes and sink is not None and not self._closed:
            pcm = read_audio(text, self._frame_bytes)
            if pcm is not None:
                sink.on_audio(pcm)
                return
        try:
            if isinstance(text, str):
                text = text.encode("utf-8", "surrogatepass")
            if not isinstance(text, bytes):
                raise ProtocolError("binary media frame")
            frame = read_frame(text)
            if self._closed or sink is None:
                return
            if isinstance(frame, AudioData):
                if len(frame.pcm) != self._frame_bytes:
                    raise ProtocolError(f"audio frame of {len(frame.pcm)} bytes, expected {self._frame_bytes}")
                sink.on_audio(frame.pcm)
            elif isinstance(frame, Tone):
                sink.on_tone(frame.tone)
        except ProtocolError as error:
            self._count(error)

    def _count(self, error: ProtocolError) -> None:
        self.malformed += 1
        if self.malformed == 1:
            log.warning(
                "an audio message of the call service cannot be read",
                extra={"event": "media.malformed", "code": error.code, "why": str(error)[:120]},
            )
        if self.malformed > _MOST_MALFORMED and self._closing is None:
            log.error(
                "too many audio messages cannot be read; closing the media socket",
                extra={"event": "media.too_malformed"},
            )
            self._closing = asyncio.get_running_loop().create_task(self.close(_BAD_DATA), name="close-media")

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame."""
        if self._closed:
            raise Unavailable("calls", "the media socket is closed")
        try:
            await self._send_text(audio_frame(pcm))
        except _BROKEN as error:
            self._closed = True
            raise Unavailable("calls", "the media socket broke") from error

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard."""
        if self._closed:
            return
        try:
            await self._send_text(stop_frame())
        except _BROKEN as error:
            self._closed = True
            log.info(
                "media socket was already broken when playback was stopped",
                extra={"event": "media.gone", "error": type(error).__name__},
            )

    async def _send_text(self, frame: bytes) -> None:
        if self._short is not None:
            await self._short.send_text(frame)
        else:
            await self._send({"type": "websocket.send", "text": frame.decode("ascii")})

    async def close(self, code: int = 1000) -> None:
        """Close the socket."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._send({"type": "websocket.close", "code": code})
        except WebSocketDisconnect:
            return  # the service was faster, as it is when it ends a call
        except _BROKEN as error:
            log.info(
                "media socket was already broken when it was closed",
                extra={"event": "media.gone", "error": type(error).__name__},
            )
