"""The connections of the model's SDK: aiohttp's, whose parser is C.

The SDK's usual transport reads each piece of an answer by a parser in Python, a cancel scope and nine generators. What
is asked, authorization, retries and errors stay the SDK's: a transport takes a request and gives a response.
"""

from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from urllib.request import getproxies

import aiohttp
import httpx2
from yarl import URL

__all__ = ["ModelTransport", "model_transport"]

_KEPT_S = 30.0
"""A connection is kept so long for the next turn: another handshake would be in the wait for its answer."""

_FAULTS: tuple[tuple[type[Exception], type[httpx2.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx2.ConnectTimeout),
    (aiohttp.ServerTimeoutError, httpx2.ReadTimeout),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.ServerDisconnectedError, httpx2.RemoteProtocolError),
    (aiohttp.ClientPayloadError, httpx2.RemoteProtocolError),
    (aiohttp.ClientConnectionError, httpx2.ReadError),
    (aiohttp.ClientError, httpx2.RemoteProtocolError),
    (TimeoutError, httpx2.ReadTimeout),
    (OSError, httpx2.ReadError),
)
"""aiohttp's errors and what the SDK knows them as; the first that fits."""


@contextmanager
def _known_to_sdk(request: httpx2.Request) -> Generator[None]:
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        known = next(known for kind, known in _FAULTS if isinstance(error, kind))
        raise known(str(error) or type(error).__name__, request=request) from error


class _Body(httpx2.AsyncByteStream):
    """What comes of an answer, as it comes."""

    def __init__(self, request: httpx2.Request, answer: aiohttp.ClientResponse) -> None:
        self._request = request
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _known_to_sdk(self._request):
            async for data in self._answer.content.iter_any():
                yield data

    async def aclose(self) -> None:
        """The connection is used again if all of it has come, and closed if not."""
        self._answer.release()


class ModelTransport(httpx2.AsyncBaseTransport):
    """HTTP/1.1, with connections that are kept."""

    def __init__(self) -> None:
        self._trusted = httpx2.create_ssl_context()  # reads a file; no call may wait for that
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask, and give the answer once its headers are there."""
        limits = request.extensions.get("timeout", {})
        with _known_to_sdk(request):
            answer = await self._connections().request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=request.headers.multi_items(),
                data=await request.aread() or None,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    connect=limits.get("pool"), sock_connect=limits.get("connect"), sock_read=limits.get("read")
                ),
            )
        return httpx2.Response(
            answer.status, headers=list(answer.raw_headers), stream=_Body(request, answer), request=request
        )

    async def aclose(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _connections(self) -> aiohttp.ClientSession:
        """Made at the first request, since aiohttp wants a running loop for it."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_S, ssl=self._trusted),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session


def model_transport() -> ModelTransport | None:
    """The transport; ``None`` where the way to the model leads through a proxy, of which the SDK's own knows more."""
    return None if getproxies().keys() & {"http", "https", "all"} else ModelTransport()
