"""A simulated caller: a microphone of 50 frames a second and an ear, on a WebSocket of its own making.

The load must cost less than what it measures, so frames are built once (masked with zeros, which is a mask) and
what comes back is looked at only as far as its kind. RFC 6455 has the framing.
"""

import asyncio
import base64
import secrets
import time
from collections import deque
from collections.abc import Iterable
from typing import ClassVar, Self, cast

from bench import wire

__all__ = ["Phone", "framed"]

now = time.perf_counter_ns

_CLOSE, _PING, _PONG = 0x8, 0x9, 0xA
_AUDIO, _STOP = b'{"kind":"A', b'{"kind":"S'
_CONNECT_S = 20.0


def _masked(payload: bytes, opcode: int = 0x1) -> bytes:
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2)
    return bytes([0x80 | opcode]) + length + bytes(4) + payload


def framed(pcm: bytes) -> bytes:
    """One frame of a caller's audio, ready for the socket."""
    return _masked(wire.caller_audio(pcm).encode())


_QUIET = framed(wire.NOISE)
_START = framed(wire.START_FRAME)
_END = framed(wire.END_FRAME)


class Phone(asyncio.Protocol):
    """One call. Moments are ``perf_counter_ns``."""

    looks_at: ClassVar[int] = 10
    """Bytes of a message that are looked at."""
    quiet: ClassVar[bytes] = _QUIET
    """What is sent while the caller says nothing; see ``framed``."""

    def __init__(self, phase: float = 0.0) -> None:
        self._loop = asyncio.get_running_loop()
        self._phase = phase
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._next: bytes | None = None
        self._saying: deque[bytes] = deque()
        self.said = asyncio.Event()
        """Everything that was to be said is out."""
        self.sent_at: list[int] = []
        """When each frame of the last ``say`` went out."""
        self._marked = asyncio.Event()
        self.marker_sent = 0
        self.sent = self.received = 0
        self.heard = asyncio.Event()
        self.stopped = asyncio.Event()
        self.first_heard = self.last_heard = self.stopped_at = 0
        self.frames = self.late_frames = 0
        self.gaps: list[float] = []
        self.lost = False
        """The server has closed the connection."""
        self.lateness: list[float] = []
        """How late this caller's own microphone was, in milliseconds: what the load cannot promise."""

    @classmethod
    async def dial(cls, port: int, path: str, phase: float = 0.0) -> Self:
        """Connect and begin to speak. ``phase`` (0 to 1) spreads many callers over a frame's time."""
        loop = asyncio.get_running_loop()
        _, phone = await loop.create_connection(lambda: cls(phase), "127.0.0.1", port)
        phone._upgrade(path)
        async with asyncio.timeout(_CONNECT_S):
            await phone._opened
        phone._write(_masked(wire.metadata().encode()))
        phone._due = loop.time() + phone._phase * wire.FRAME_SECONDS
        phone._timer = loop.call_at(phone._due, phone._speak)
        return phone

    def hang_up(self) -> None:
        """Close the socket."""
        self.fall_silent()
        if self._transport:
            self._transport.write(_masked(b"\x03\xe8", _CLOSE))
            self._transport.close()

    def fall_silent(self) -> None:
        """Send nothing more, but stay on the line."""
        if self._timer:
            self._timer.cancel()

    async def start_speaking(self) -> None:
        """The next frame carries the marker of speech that begins."""
        await self._mark(_START)

    async def stop_speaking(self) -> None:
        """The next frame carries the marker of speech that has ended."""
        await self._mark(_END)

    def interrupt(self) -> None:
        """Like ``start_speaking``, without waiting for the frame to go."""
        self._next = _START

    def say(self, frames: Iterable[bytes]) -> None:
        """Send these frames (see ``framed``) instead of silence, from the next on."""
        self.sent_at = []
        self.said.clear()
        self._saying.extend(frames)

    async def _mark(self, frame: bytes) -> None:
        self._marked.clear()
        self._next = frame
        await self._marked.wait()

    def expect_answer(self) -> None:
        """Forget what was heard before."""
        self.heard.clear()
        self.stopped.clear()
        self.frames = self.late_frames = 0
        self.gaps = []

    async def until_quiet(self, seconds: float) -> None:
        """Wait until nothing has been heard for so long."""
        left = seconds
        while left > 0:
            await asyncio.sleep(left + 0.002)
            left = seconds - (now() - self.last_heard) / 1e9

    # -- speaking -------------------------------------------------------------------------

    def _speak(self) -> None:
        frame, self._next = self._next, None
        if self._saying:
            self._write(self._saying.popleft())
            self.sent_at.append(now())
            if not self._saying:
                self.said.set()
        else:
            self._write(frame or self.quiet)
        self.sent += 1
        if frame:
            self.marker_sent = now()
            self._marked.set()
        self.lateness.append((self._loop.time() - self._due) * 1000)
        self._due += wire.FRAME_SECONDS
        self._timer = self._loop.call_at(self._due, self._speak)

    def _write(self, data: bytes) -> None:
        if self._transport:
            self._transport.write(data)

    def _upgrade(self, path: str) -> None:
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self._write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    # -- hearing --------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the connection is there."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is gone."""
        self.fall_silent()
        self._transport = None
        self.lost = True
        self.said.set()
        if not self._opened.done():
            self._opened.set_exception(exc or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        """asyncio: some bytes, cut anywhere."""
        data = self._buffer + data if self._buffer else data
        if not self._opened.done():
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = data
                return
            if b" 101 " not in data[:20]:
                self._opened.set_exception(ConnectionError(data[: data.find(b"\r\n")].decode(errors="replace")))
                return
            self._opened.set_result(None)
            data = data[end + 4 :]
        self._buffer = data[self._frames(data) :]

    def _frames(self, data: bytes) -> int:
        """Read whole frames; gives the place after the last one."""
        at, size = 0, len(data)
        while size - at >= 2:
            length, head = data[at + 1], 2
            if length == 126:
                if size - at < 4:
                    break
                length, head = int.from_bytes(data[at + 2 : at + 4]), 4
            if size - at < head + length:
                break
            self.on_frame(data[at] & 0xF, data[at + head : at + head + min(length, self.looks_at)])
            at += head + length
        return at

    def on_frame(self, opcode: int, start: bytes) -> None:
        """A frame of the server, as far as it is looked at."""
        if start.startswith(_AUDIO):
            self._audio()
        elif start.startswith(_STOP):
            self.stopped_at = now()
            self.stopped.set()
        elif opcode == _PING:
            self._write(_masked(start, _PONG))

    def _audio(self) -> None:
        at = now()
        if self.frames:
            self.gaps.append((at - self.last_heard) / 1e6)
        else:
            self.first_heard = at
        self.last_heard = at
        self.frames += 1
        self.received += 1
        if self.stopped.is_set():
            self.late_frames += 1
        else:
            self.heard.set()
