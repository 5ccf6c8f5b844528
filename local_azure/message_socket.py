"""uvicorn's WebSocket with a shorter way for whole messages, which are nearly all that speech consists of.

A message of audio costs uvicorn a parser of generators on its way in and another on its way out: more than all that
the local Azure does with it. What is not a whole message (handshake, pings, close, fragments, whatever is forbidden)
goes uvicorn's own way, a frame at a time. RFC 6455 has the framing.
"""

from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without websockets' C part
    from websockets.utils import apply_mask

__all__ = ["MessageSocket"]

_TEXT, _BINARY = 0x81, 0x82
"""First bytes of whole messages."""
_MASKED = 0x80
_MEDIUM, _LARGE = 126, 127
"""Lengths that stand for "two more bytes have it" and "eight more bytes have it"."""
_HANDSHAKE_END = b"\r\n\r\n"


class MessageSocket(WebSocketsSansIOProtocol):
    """One connection. For ``uvicorn.Config(ws=...)`` without compression."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rest = b""
        self._theirs = False  # uvicorn's parser holds a part of something, so all that follows is for it

    def data_received(self, data: bytes) -> None:
        """asyncio: some bytes, cut anywhere."""
        if self._theirs or not self.handshake_complete:
            self._theirs = self._theirs or not data.endswith(_HANDSHAKE_END)
            super().data_received(data)
            return
        data = self._rest + data if self._rest else data
        at = 0
        while span := _frame(data, at, self.config.ws_max_size):
            payload, end = span
            self._take(data, at, payload, end)
            at = end
        self._theirs = span is None
        if self._theirs:
            super().data_received(data[at:])
        self._rest = b"" if self._theirs else data[at:]

    def _take(self, data: bytes, at: int, payload: int, end: int) -> None:
        first = data[at]
        if first not in (_TEXT, _BINARY) or self.frames or self.close_sent:
            super().data_received(data[at:end])
            return
        self.curr_msg_data_type = "text" if first == _TEXT else "bytes"
        self.frames = [apply_mask(data[payload:end], data[payload - 4 : payload])]
        self.send_receive_event_to_app()

    async def send(self, message: Any) -> None:
        """ASGI: send."""
        usual = message["type"] == "websocket.send" and self.handshake_complete
        if not usual or self.close_sent or self.initial_response is not None:
            await super().send(message)
            return
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected or self.close_sent or self.transport.is_closing():
            raise ClientDisconnected
        data = message.get("bytes")
        if data is None:
            data = message["text"].encode()
            self.transport.write(_head(_TEXT, len(data)) + data)
        else:
            self.transport.write(_head(_BINARY, len(data)) + data)


def _frame(data: bytes, at: int, most: int) -> tuple[int, int] | tuple[()] | None:
    """Where the payload of the frame at ``at`` begins and ends.

    Nothing while it has not all come, and ``None`` where it must not be: uvicorn knows how to refuse it.
    """
    size = len(data) - at
    if size < 2:
        return ()
    length, head = data[at + 1] - _MASKED, 2
    if length < 0:
        return None
    if length >= _MEDIUM:
        head = 4 if length == _MEDIUM else 10
        if size < head:
            return ()
        length = int.from_bytes(data[at + 2 : at + head])
    if length > most:
        return None
    payload = at + head + 4
    return (payload, payload + length) if len(data) >= payload + length else ()


def _head(first: int, length: int) -> bytes:
    if length < _MEDIUM:
        return bytes((first, length))
    if length < 1 << 16:
        return bytes((first, _MEDIUM)) + length.to_bytes(2)
    return bytes((first, _LARGE)) + length.to_bytes(8)
