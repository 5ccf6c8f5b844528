"""uvicorn's HTTP connection with limits that it lacks: on heads, on idling, on readers that do not read.

Seen on uvicorn 0.54: a head may be of any size and take for ever, an idle connection is never closed, and both count
toward ``limit_concurrency``, so that some hundred of them took the probes away, too. Trailers of a chunked body were
added to the headers after these had been looked at.
"""

import asyncio
import logging
import time
from asyncio import Transport
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from backend.api.media_socket import MediaSocket
from backend.api.reading_round import ReadingRound

__all__ = ["HEALTH_PATHS", "GuardedHttp", "WireLimits", "wire_options"]

log = logging.getLogger(__name__)

HEALTH_PATHS = frozenset({"/livez", "/readyz", "/startupz"})
"""Answered however busy the server is, by whatever name it was asked."""

_REMARK_S = 10.0
_BUSY = b'{"error":{"code":"server.busy","message":"too many requests at once; try again"}}'
_PHRASES = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large", 503: "Unavailable"}


@dataclass(frozen=True, slots=True)
class WireLimits:
    """Limits on what has not been let in yet. Sizes in bytes, times in seconds."""

    at_once: int = 900  # MAX_CALLS * 2 + MAX_CHATS + 200
    """Requests and sockets that are worked on."""
    idle: int = 256
    """Connections that send nothing, or no whole head yet; beyond it the oldest goes."""
    head_s: float = 5.0
    """A request's head must be there within this time of the connection, or of its first byte."""
    head: int = 32 * 1024
    """Whole head."""
    line: int = 8 * 1024
    """One line of it; websockets' parser takes no longer one."""
    lines: int = 100
    """Headers in it."""
    unread_s: float = 20.0
    """Whoever takes nothing of an answer for so long is gone."""


class _Fault(Exception):
    """A head that is not taken; ends the parsing of it."""


class GuardedHttp(HttpToolsProtocol):
    """One connection. Give ``wire_options`` to ``uvicorn.Config``; it makes a class of these with limits."""

    limits: ClassVar[WireLimits] = WireLimits()
    idle: ClassVar[dict["GuardedHttp", None]] = {}
    """Connections without a request, the oldest first."""
    _remarked: ClassVar[float] = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._in_head = True
        self._begun = self._fresh = False
        self._size = self._head = self._lines = 0
        self._fault = 400

    # -- how long, and how many ------------------------------------------------------------

    def connection_made(self, transport: Transport) -> None:
        """asyncio: somebody has connected."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that we are told of every byte that is not taken
        self._await_head()
        self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: it is closed."""
        self._leave()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """asyncio: the other side does not take what we send, for the moment."""
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(self.limits.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        """asyncio: it has taken it."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def on_response_complete(self) -> None:
        """uvicorn: an answer has gone out."""
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._rest()

    def _await_head(self) -> None:
        """From now on a head must come in time. What stands before it, such as empty lines, buys no time."""
        if self._late is None:
            self._late = self.loop.call_later(self.limits.head_s, self._too_late)

    def _rest(self) -> None:
        """Nothing is asked of us on this connection now."""
        idle = self.idle
        idle.pop(self, None)
        idle[self] = None
        if len(idle) > self.limits.idle:
            oldest = next(iter(idle))
            del idle[oldest]
            oldest.transport.abort()

    def _leave(self) -> None:
        self.idle.pop(self, None)
        for timer in (self._late, self._stuck):
            if timer is not None:
                timer.cancel()
        self._late = self._stuck = None

    def _too_late(self) -> None:
        self._late = None
        if self._begun and not self.transport.is_closing():
            self._refuse(408)
        self.transport.close()

    # -- how large ---------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """asyncio: some bytes, cut anywhere."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is None or cycle.response_complete:
            self._await_head()
        super().data_received(data)
        if self._in_head:
            # The parser keeps a line until it is whole. What came with the end of an earlier request is not counted.
            self._size += 0 if self._fresh else len(data)
            self._fresh = False
            if self._size > self.limits.head and not self.transport.is_closing():
                self._refuse(431)

    def on_message_begin(self) -> None:
        """Parser: a request begins."""
        super().on_message_begin()
        self._in_head = self._begun = self._fresh = True
        self._size = self._head = self._lines = 0

    def on_url(self, url: bytes) -> None:
        """Parser: its path, or a part of it."""
        super().on_url(url)
        self._count(len(self.url), len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Parser: a header, or a trailer behind a chunked body, which is none."""
        if self._in_head:
            super().on_header(name, value)
            self._lines += 1
        self._count(len(name) + len(value) + 4, len(name) + len(value) + 4)

    def _count(self, line: int, more: int) -> None:
        self._head += more
        limits = self.limits
        if line > limits.line or self._head > limits.head or self._lines > limits.lines:
            self._fault = 431
            raise _Fault

    def on_headers_complete(self) -> None:
        """Parser: the head is there."""
        self._in_head = self._begun = False
        if not self.url.startswith(b"/") and self._names_two_hosts():
            raise _Fault
        if self._late is not None:
            self._late.cancel()
            self._late = None
        self.idle.pop(self, None)
        self.app = _busy if self._too_busy() else self.config.loaded_app
        super().on_headers_complete()

    def _names_two_hosts(self) -> bool:
        """Is another host in the request's line than in its Host, which the guard looks at (RFC 9112, 3.2.2)?"""
        _, absolute, rest = self.url.partition(b"://")
        asked = rest.replace(b"?", b"/").partition(b"/")[0].lower()
        hosts = [value.lower() for name, value in self.headers if name == b"host"]
        return bool(absolute) and hosts != [asked]

    def _too_busy(self) -> bool:
        if len(self.tasks) < self.limits.at_once or self.url.partition(b"?")[0].decode("latin-1") in HEALTH_PATHS:
            return False
        kind = type(self)
        if time.monotonic() - kind._remarked > _REMARK_S:
            kind._remarked = time.monotonic()
            log.warning("too many requests at once", extra={"event": "door.busy", "at_once": self.limits.at_once})
        return True

    def handle_websocket_upgrade(self) -> None:
        """uvicorn: the connection becomes a WebSocket, which has limits of its own."""
        self._leave()
        if self.app is _busy:
            self._refuse(503)
            return
        self.transport.set_write_buffer_limits()
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """uvicorn: what came is no request, or ours is the limit that it breaks."""
        self._refuse(self._fault)

    def _refuse(self, status: int) -> None:
        head = f"HTTP/1.1 {status} {_PHRASES[status]}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        self.transport.write(head.encode())
        self.transport.close()


async def _busy(_: Any, __: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """The application while there is too much to do."""
    headers = [(b"content-type", b"application/json"), (b"retry-after", b"1"), (b"connection", b"close")]
    headers.append((b"content-length", str(len(_BUSY)).encode()))
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": _BUSY})


def wire_options(limits: WireLimits) -> dict[str, Any]:
    """What ``uvicorn.Config`` needs for a guarded server. Who a proxy speaks for is found out by the guard."""
    guarded = cast("type[GuardedHttp]", type("Http", (GuardedHttp,), {"limits": limits, "idle": {}}))
    socket = cast("type[MediaSocket]", type("Socket", (MediaSocket,), {"together": ReadingRound()}))
    return {
        "http": guarded,
        "ws": socket,
        "ws_max_size": 16 * 1024,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 20,
        "ws_ping_timeout": 20,
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "lifespan": "off",
    }
