"""Where MCP connections go and how much comes back: an httpx transport with pinned addresses and bounded answers."""

import asyncio
from asyncio import sleep
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore2
import httpx2

from backend.adapters.tool_servers.address import Places
from backend.errors import ProtocolError

__all__ = ["BoundedTransport", "answer_limit"]

_ENVELOPE = 256 * 1024
"""Bytes of an answer beyond its result: a list of tools, the envelope."""
_TIMES = 4
"""A result comes as a text and as a structure, each with escapes."""
_LARGEST_STREAM = 16 * 1024 * 1024
"""Bytes of one stream of the server's own messages; then it has to be opened anew."""
_STREAM_PAUSE_S = 0.5
"""Between two streams that are opened, of one connection to a server."""


def answer_limit(max_bytes: int) -> int:
    """Bytes of one whole answer on the wire for a result of ``max_bytes``."""
    return max_bytes * _TIMES + _ENVELOPE


class BoundedTransport(httpx2.AsyncHTTPTransport):
    """Connects to addresses that were judged, and cuts an answer off that is too large.

    Args:
        places: where it may go.
        limit: bytes of one answer.
        encrypted: is it https?
    """

    def __init__(self, places: Places, limit: int, *, encrypted: bool) -> None:
        super().__init__(trust_env=False)
        self._places, self._limit = places, limit
        self._next_stream = 0.0
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=16,
            max_keepalive_connections=4,
            keepalive_expiry=30.0,
            network_backend=_Pinned(places, encrypted=encrypted),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it.

        Raises:
            ProviderRejected: it may not go there.
            ProtocolError: the answer is packed, which cannot be bounded.
        """
        self._places.check(str(request.url))
        if request.method == "GET":
            await self._wait_for_turn()
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity").casefold() != "identity":
            await response.aclose()
            raise ProtocolError("a tool server compresses its answers although it was asked not to")
        stream = response.stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        limit = _LARGEST_STREAM if request.method == "GET" else self._limit
        response.stream = _Bounded(stream, limit)
        return response

    async def _wait_for_turn(self) -> None:
        """A stream is opened now and then, and no more often: how soon it is to be opened anew the server itself says,
        and one that breaks each off and says "at once" would keep us at nothing else."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next_stream)
        self._next_stream = turn + _STREAM_PAUSE_S
        if turn > now:
            await sleep(turn - now)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, limit: int) -> None:
        self._stream, self._limit = stream, limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            if size > self._limit:
                raise httpx2.RemoteProtocolError(f"the answer is larger than {self._limit} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Pinned(httpcore2.AsyncNetworkBackend):
    """Looks a host up once for each connection, which then goes to what was judged and to nothing else."""

    def __init__(self, places: Places, *, encrypted: bool) -> None:
        self._places, self._encrypted = places, encrypted
        self._inner: Any = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address that answers."""
        addresses = await self._places.addresses(host, port, encrypted=self._encrypted)
        for number, address in enumerate(addresses, 1):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore2.ConnectError:
                if number == len(addresses):
                    raise
        raise httpcore2.ConnectError(f"the host name {host} cannot be resolved")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)
