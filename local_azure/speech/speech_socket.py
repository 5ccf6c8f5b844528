"""One USP WebSocket, the service's side: reads messages, writes answers in order and in time."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from backend.errors import ProtocolError
from local_azure.speech.usp import (
    BinaryMessage,
    TextMessage,
    decode_binary,
    decode_text,
    encode_binary,
    encode_json,
    encode_text,
)

__all__ = ["SpeechSocket"]

_OUTBOX = 4096
"""Answers waiting for their time. More than that is a client that does not read."""


class SpeechSocket:
    """Frames messages and keeps answers in order even when they are due later.

    Enter it as a context manager; leaving it stops the sending task.
    """

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._outbox: asyncio.Queue[tuple[float, str | bytes]] = asyncio.Queue(_OUTBOX)
        self._sender: asyncio.Task[None] | None = None
        self._muted_until = 0.0
        self.lag_ms = 0.0
        """Added to every answer: a slow service."""

    @property
    def path(self) -> str:
        """Path of the address that the client asked for."""
        return self._websocket.url.path

    async def __aenter__(self) -> "SpeechSocket":
        self._sender = asyncio.create_task(self._send_all())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._sender is not None:
            self._sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sender

    async def receive(self) -> TextMessage | BinaryMessage | None:
        """The next message; ``None`` when the client has gone.

        Raises:
            ProtocolError: the message is malformed.
        """
        try:
            event = await self._websocket.receive()
        except (WebSocketDisconnect, RuntimeError):
            return None
        if event["type"] == "websocket.disconnect":
            return None
        text, data = event.get("text"), event.get("bytes")
        if text is not None:
            return decode_text(text)
        if data is not None:
            return decode_binary(data)
        raise ProtocolError("neither text nor bytes")

    def post(self, path: str, request_id: str, body: Mapping[str, Any], delay_ms: float = 0.0) -> None:
        """Send a JSON message ``delay_ms`` from now, never before what was posted earlier."""
        self._put(encode_json(path, request_id, body), delay_ms)

    def post_audio(
        self, request_id: str, pcm: bytes, stream_id: str, *, first: bool = False, delay_ms: float = 0.0
    ) -> None:
        """Send audio ``delay_ms`` from now; no audio ends the stream."""
        kind = "audio/x-wav" if first else ""
        self._put(encode_binary("audio", request_id, pcm, stream_id=stream_id, content_type=kind), delay_ms)

    def post_broken(self, path: str, request_id: str) -> None:
        """Send a message whose body is cut in the middle."""
        self._put(encode_text(path, request_id, '{"Text":"the quick bro'), 0.0)

    async def drained(self) -> None:
        """Wait until everything posted has been sent."""
        await self._outbox.join()

    def mute(self, seconds: float) -> None:
        """Send nothing for so long; 0 is for ever."""
        self._muted_until = time.monotonic() + (seconds or 1e9)

    async def close(self, code: int, reason: str = "") -> None:
        """Close with a code. Safe when the client has gone."""
        if self._websocket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await self._websocket.close(code, reason)

    def _put(self, message: str | bytes, delay_ms: float) -> None:
        due = time.monotonic() + (delay_ms + self.lag_ms) / 1000
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait((due, message))

    async def _send_all(self) -> None:
        while True:
            due, message = await self._outbox.get()
            try:
                wait = max(due, self._muted_until) - time.monotonic()
                if wait > 0:
                    await asyncio.sleep(wait)
                await self._send(message)
            finally:
                self._outbox.task_done()

    async def _send(self, message: str | bytes) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            if isinstance(message, str):
                await self._websocket.send_text(message)
            else:
                await self._websocket.send_bytes(message)
