"""Recordings in a container of Azure Blob Storage: an append blob for each segment, over the service's REST protocol.

An append blob is readable up to its last block whatever becomes of its writer, and needs no list to be committed
(learn.microsoft.com/rest/api/storageservices: Put Blob, Append Block, Get Blob, List Blobs, Delete Blob).
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from email.utils import formatdate
from html import unescape
from http import HTTPStatus
from urllib.parse import quote

import aiohttp

from backend.domain.recording import SegmentName
from backend.errors import ProviderRejected, Unavailable

__all__ = ["SCOPE", "BlobRecordings"]

SCOPE = "https://storage.azure.com/.default"
"""What a token for it is asked for."""

_PROVIDER = "recordings"
_VERSION = "2023-11-03"
_NAME = re.compile(r"^(?P<call>[A-Za-z0-9][A-Za-z0-9_-]{0,127})/(?P<began>\d{15})\.rec$")
_LISTED = re.compile(r"<Name>([A-Za-z0-9_.\-/]+)</Name>")
"""Names of blobs in a list; ours have nothing in them that XML writes otherwise."""
_NEXT = re.compile(r"<NextMarker>([^<]*)</NextMarker>")
_LIMIT = aiohttp.ClientTimeout(total=10, connect=5)
_PAUSES_S = (0.5, 1.0, 2.0, 4.0)
"""Before it is tried again. All of it is less than what the queue of a recording holds."""
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_MOST_LENGTHS = 4096
_Params = Mapping[str, str]


class BlobRecordings:
    """``RecordingStore`` in a container. Lives on one event loop, that of the recording thread.

    Args:
        container: its address, such as ``https://ACCOUNT.blob.core.windows.net/recordings``.
        token: gives a token for ``SCOPE``.
        close_token: lets go of what gives tokens.
    """

    def __init__(
        self,
        container: str,
        token: Callable[[], Awaitable[str]],
        close_token: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._container = container.rstrip("/")
        self._token = token
        self._close_token = close_token
        self._session: aiohttp.ClientSession | None = None
        self._lengths: dict[SegmentName, int] = {}
        """How long the segments are that this worker writes."""

    async def begin(self, segment: SegmentName) -> None:
        """Make an empty append blob. One that is there and empty is ours: it was made, unanswered."""
        status, _, _ = await self._tried(
            "PUT", _blob(segment), headers={"x-ms-blob-type": "AppendBlob", "If-None-Match": "*"},
            fine=(HTTPStatus.CONFLICT,),
        )  # fmt: skip
        if status == HTTPStatus.CONFLICT and await self.size(segment):
            raise ProviderRejected(_PROVIDER, "this segment is there already")
        self._written(segment, 0)

    async def append(self, segment: SegmentName, data: bytes) -> None:
        """Append a block where the blob ends, as far as this worker has written it."""
        at = self._lengths.get(segment)
        if at is None:
            at = await self.size(segment)
        status, _, _ = await self._tried(
            "PUT", _blob(segment), {"comp": "appendblock"}, data=data,
            headers={"x-ms-blob-condition-appendpos": str(at)}, fine=(HTTPStatus.PRECONDITION_FAILED,),
        )  # fmt: skip
        if status == HTTPStatus.PRECONDITION_FAILED and await self.size(segment) != at + len(data):
            raise ProviderRejected(_PROVIDER, "somebody else writes this segment")  # else: it was written, unanswered
        self._written(segment, at + len(data))

    async def segments(self, call_id: str) -> Sequence[SegmentName]:
        """What there is of a call."""
        found: list[SegmentName] = []
        async for name in self._listed(f"{call_id}/"):
            if (match := _NAME.match(name)) and match["call"] == call_id:
                found.append(SegmentName(call_id, int(match["began"])))
        return sorted(found, key=lambda one: one.began_ms)

    async def size(self, segment: SegmentName) -> int:
        """Length of its blob."""
        status, headers, _ = await self._tried("HEAD", _blob(segment), fine=(HTTPStatus.NOT_FOUND,))
        return 0 if status == HTTPStatus.NOT_FOUND else int(headers.get("Content-Length", 0))

    async def read(self, segment: SegmentName, start: int, length: int) -> bytes:
        """A stretch of it."""
        part = {"x-ms-range": f"bytes={start}-{start + length - 1}"}
        beyond = (HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,)
        status, _, body = await self._tried("GET", _blob(segment), headers=part, fine=beyond)
        return b"" if status in beyond else body

    async def delete(self, call_id: str) -> int:
        """Delete every blob of a call."""
        found = await self.segments(call_id)
        for segment in found:
            await self._tried("DELETE", _blob(segment), fine=(HTTPStatus.NOT_FOUND,))
            self._lengths.pop(segment, None)
        return len(found)

    async def check(self) -> None:
        """Can the container be listed?"""
        await self._tried("GET", "", {"restype": "container", "comp": "list", "maxresults": "1"})

    async def close(self) -> None:
        """Close connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        if self._close_token is not None:
            await self._close_token()

    def _written(self, segment: SegmentName, length: int) -> None:
        self._lengths.pop(segment, None)
        self._lengths[segment] = length
        if len(self._lengths) > _MOST_LENGTHS:
            del self._lengths[next(iter(self._lengths))]  # untouched for longest; if it is not over, the service knows

    async def _listed(self, prefix: str) -> AsyncIterator[str]:
        marker = ""
        while True:
            params = {"restype": "container", "comp": "list", "prefix": prefix} | ({"marker": marker} if marker else {})
            _, _, body = await self._tried("GET", "", params)
            text = body.decode("utf-8", "replace")
            for name in _LISTED.findall(text):
                yield name
            found = _NEXT.search(text)
            if found is None or not found[1]:
                return
            marker = unescape(found[1])

    async def _tried(
        self,
        method: str,
        path: str,
        params: _Params | None = None,
        *,
        headers: _Params | None = None,
        data: bytes = b"",
        fine: tuple[int, ...] = (),
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Ask, and ask again where the service, or the way to it, has a bad moment."""
        for pause in (*_PAUSES_S, None):
            try:
                async with self._asked(method, path, params or {}, headers or {}, data) as answer:
                    if answer.status < 400 or answer.status in fine:
                        return answer.status, answer.headers, await answer.read()
                    why = f"status {answer.status}"
                    if answer.status not in _AGAIN:
                        raise ProviderRejected(_PROVIDER, f"{why} {answer.headers.get('x-ms-error-code', '')}".strip())
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                why = type(error).__name__
            if pause is None:
                raise Unavailable(_PROVIDER, why)
            await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def _asked(
        self, method: str, path: str, params: _Params, headers: _Params, data: bytes
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=_LIMIT)
        own = {
            "Authorization": f"Bearer {await self._token()}",
            "x-ms-version": _VERSION,
            "x-ms-date": formatdate(usegmt=True),
        }
        url = f"{self._container}/{path}" if path else self._container
        body = data if method == "PUT" else None
        async with self._session.request(method, url, params=params, headers={**headers, **own}, data=body) as answer:
            yield answer


def _blob(segment: SegmentName) -> str:
    return f"{quote(segment.call_id, safe='')}/{segment.file}"
