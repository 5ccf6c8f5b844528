"""uvicorn's WebSocket with a short way for the frames of a call.

Of what a media frame costs on its way through websockets' parser, uvicorn's queue, a task and Starlette, less than a
tenth is ours. Whole text frames of a socket whose owner asks for it go straight to a function; everything else
(handshake, pings, close, fragments, whatever is unusual) takes uvicorn's own way. RFC 6455 has the framing.
"""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from backend.api.reading_round import ReadingRound

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without websockets' C part
    from websockets.utils import apply_mask

__all__ = ["SHORT_WAY", "MediaSocket"]

SHORT_WAY = "ringmaster.short_way"
"""Name of the ASGI extension under which a socket's application finds it."""

_WHOLE_TEXT = 0x81
_USUAL_HEAD = b"\x81\xfe"
"""Of a whole text frame of 126 to 65,535 bytes that is masked, as those with audio are. Most often one comes alone."""

_DATA_OPCODES = frozenset({0, 1, 2})
_HANDSHAKE_END = b"\r\n\r\n"
_NOT_TAKEN = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_UNREAD_S = 60.0
"""Whoever takes nothing of what we send for so long is gone; uvicorn would wait for ever to say good-bye."""


class MediaSocket(WebSocketsSansIOProtocol):
    """One connection. Give the class, or one of it with a ``together`` of its own, to ``uvicorn.Config(ws=...)``."""

    together: ClassVar[ReadingRound | None] = None
    """Reads the sockets of calls, where there are many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on_text: Callable[[bytes], None] | None = None
        self._rest = b""
        self._most = self.config.ws_max_size
        self._fragmented = False
        self._plain = False  # uvicorn's parser holds a part of a frame, so all that follows is for it
        self._stuck: asyncio.TimerHandle | None = None
        self._offers: dict[str, Any] = {}
        """Extensions of ASGI under which the application finds us."""

    # -- what the application asks for ----------------------------------------------------

    def handle_connect(self, event: Request) -> None:
        """uvicorn: the handshake has come; the application will find us in its scope."""
        super().handle_connect(event)
        if not self.handshake_complete and not self.config.ws_per_message_deflate:
            self._offers = cast("dict[str, Any]", self.scope.setdefault("extensions", {}))
            self._offers[SHORT_WAY] = self

    def listen(self, on_text: Callable[[bytes], None]) -> bool:
        """Give every text frame to ``on_text`` from now on; false while some wait in the ASGI queue."""
        if not self.queue.empty():
            return False
        if self._on_text is None and self.together is not None:
            self.together.join(self)
        self._on_text = on_text
        return True

    async def send_text(self, frame: bytes) -> None:
        """Send a text frame. Those of one turn of the loop leave together, as uvloop has it.

        Raises:
            ConnectionError: the socket is closed, or closes.
        """
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected or self.close_sent or self.transport.is_closing():
            raise ConnectionError("the WebSocket is closed")
        self.write(_head(len(frame)) + frame)

    async def receive(self) -> Any:
        """ASGI: the next message that took the long way. uvicorn reads from the loop again when it has been fetched."""
        message = await super().receive()
        if self._on_text is not None and self.together is not None:
            self.together.keep(self)
        return message

    async def send(self, message: Any) -> None:
        """ASGI: send."""
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            self.handshake_complete = True  # else uvicorn logs a refusal that has been sent as an error of ours

    def write(self, data: bytes) -> None:
        """Hand bytes to the operating system."""
        self.transport.write(data)

    # -- what comes in --------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """asyncio: some bytes, cut anywhere."""
        if self._plain or not self.handshake_complete:
            # A client that sends frames before it was let in leaves uvicorn's parser in the middle of one.
            self._plain = self._plain or not data.endswith(_HANDSHAKE_END)
            super().data_received(data)
            if self.conn.handshake_exc is not None and not self.handshake_initiated:
                self._refuse_handshake()
            return
        data = self._rest + data if self._rest else data
        at, size = 0, len(data)
        on_text = self._on_text
        usual = data[:2] == _USUAL_HEAD and size == 8 + int.from_bytes(data[2:4]) <= self._most
        if usual and on_text is not None and not (self._fragmented or self.close_sent):
            self._rest = b""
            on_text(apply_mask(data[8:], data[4:8]))
            return
        while at < size and not self._plain and (end := self._frame_end(data, at)):
            self._frame(data, at, end)
            at = end
        if self._plain:
            self._rest = b""
            super().data_received(data[at:])
        else:
            self._rest = data[at:]

    def _refuse_handshake(self) -> None:
        """uvicorn looks for faults in frames only: such a handshake was never answered, and its socket never closed."""
        self.handshake_initiated = self.handshake_complete = self.close_sent = True
        self.transport.write(b"".join(self.conn.data_to_send()) or _NOT_TAKEN)
        self.transport.close()

    def pause_writing(self) -> None:
        """asyncio: the other side does not take what we send, for the moment."""
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(_UNREAD_S, self.transport.abort)

    def resume_writing(self) -> None:
        """asyncio: it has taken it."""
        super().resume_writing()
        self._unstick()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: it is closed. Nothing of the call is held any more, and it is gone without Python's collector."""
        self._unstick()
        self._on_text = None
        self._offers.pop(SHORT_WAY, None)
        if self.together is not None:
            self.together.leave(self)
        super().connection_lost(exc)

    def _unstick(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _frame_end(self, data: bytes, at: int) -> int:
        """Where the frame at ``at`` ends; 0 when it has not all come."""
        size = len(data) - at
        if size < 2:
            return 0
        length, head = data[at + 1], 6
        if length == 0xFE:
            if size < 8:
                return 0
            length, head = int.from_bytes(data[at + 2 : at + 4]), 8
        elif 0x80 <= length < 0xFE:
            length -= 0x80
        else:  # not masked, or more than 64 KiB: neither is allowed, and uvicorn knows how to refuse it
            self._plain = True
            return 0
        if length > self._most:
            self._plain = True
            return 0
        return at + head + length if size >= head + length else 0

    def _frame(self, data: bytes, at: int, end: int) -> None:
        on_text = self._on_text
        if data[at] == _WHOLE_TEXT and on_text is not None and not self._fragmented and not self.close_sent:
            payload = at + (8 if data[at + 1] == 0xFE else 6)
            on_text(apply_mask(data[payload:end], data[payload - 4 : payload]))
            return
        if data[at] & 0xF in _DATA_OPCODES:
            self._fragmented = not data[at] & 0x80
        super().data_received(data[at:end])


def _head(length: int) -> bytes:
    """The head of a whole text frame from a server."""
    if length < 126:
        return bytes((_WHOLE_TEXT, length))
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2)
    return b"\x81\x7f" + length.to_bytes(8)
