"""The media socket of ACS as a ``MediaLink``. Runs 50 times a second and call, each way: kept lean."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from backend.domain.audio import AudioFormat
from backend.errors import ProtocolError, TimedOut, Unavailable
from backend.ports import MediaSink
from backend.protocol.acs_media import AudioData, AudioMetadata, Tone, audio_frame, read_frame, stop_frame

__all__ = ["AcsMediaLink"]

log = logging.getLogger(__name__)

_METADATA_LIMIT_S = 10.0
_MOST_MALFORMED = 50
_BAD_DATA = 1007

Message = MutableMapping[str, Any]


class AcsMediaLink:
    """One accepted media socket.

    Args:
        receive, send: the ASGI callables of the socket, already accepted.
        audio: format that the service announced.
    """

    def __init__(
        self,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
        audio: AudioFormat,
    ) -> None:
        self._receive = receive
        self._send = send
        self._audio = audio
        self._closed = False
        self.malformed = 0

    @classmethod
    async def open(
        cls, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
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
                        return cls(receive, send, frame.audio)
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
        receive, frame_bytes = self._receive, self._audio.frame_bytes
        while not self._closed:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self._closed = True
                return
            try:
                text = message.get("text")
                if not isinstance(text, str):
                    raise ProtocolError("binary media frame")
                frame = read_frame(text)
                if isinstance(frame, AudioData):
                    if len(frame.pcm) != frame_bytes:
                        raise ProtocolError(f"audio frame of {len(frame.pcm)} bytes, expected {frame_bytes}")
                    sink.on_audio(frame.pcm)
                elif isinstance(frame, Tone):
                    sink.on_tone(frame.tone)
            except ProtocolError as error:
                await self._count(error)

    async def _count(self, error: ProtocolError) -> None:
        self.malformed += 1
        if self.malformed == 1:
            log.warning("malformed media frame", extra={"code": error.code, "why": str(error)[:120]})
        if self.malformed > _MOST_MALFORMED:
            log.error("too many malformed media frames, closing")
            await self.close(_BAD_DATA)

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame."""
        if self._closed:
            raise Unavailable("calls", "the media socket is closed")
        try:
            await self._send({"type": "websocket.send", "text": audio_frame(pcm)})
        except Exception as error:
            self._closed = True
            raise Unavailable("calls", "the media socket broke") from error

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard."""
        if self._closed:
            return
        try:
            await self._send({"type": "websocket.send", "text": stop_frame()})
        except Exception as error:
            self._closed = True
            log.info("StopAudio on a broken socket", extra={"error": type(error).__name__})

    async def close(self, code: int = 1000) -> None:
        """Close the socket."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._send({"type": "websocket.close", "code": code})
        except Exception as error:
            log.info("close on a broken socket", extra={"error": type(error).__name__})
