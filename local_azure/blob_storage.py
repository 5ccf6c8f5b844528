"""Blob Storage: append blobs in memory, as far as recordings need them.

Put Blob, Append Block with its condition, Get Blob with a range, Get Blob Properties, List Blobs by prefix in pages,
and Delete Blob, with the service's statuses and error codes (learn.microsoft.com/rest/api/storageservices). Who asks
shows a bearer token; what it says is not looked at.
"""

import re
from collections.abc import Awaitable, Callable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

__all__ = ["BlobStorage"]

_PAGE = 2
"""Blobs in one answer to a list. Few, so that whoever asks has to ask for the next page."""
_LARGEST = 100 << 20
_RANGE = re.compile(r"^bytes=(\d+)-(\d*)$")


class BlobStorage:
    """One storage account; its containers are there when they are first used."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        """By container and name."""
        self.failures: list[int] = []
        """Statuses for the next requests, in order; 0: the request is done and its answer is a 503."""

    def routes(self) -> list[BaseRoute]:
        """Under ``/storage/CONTAINER``."""
        of_blob = ["PUT", "GET", "HEAD", "DELETE"]
        return [
            Route("/storage/{container}", self._answer(self._list), methods=["GET"]),
            Route("/storage/{container}/{name:path}", self._answer(self._blob), methods=of_blob),
        ]

    def _answer(self, handle: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            if not request.headers.get("authorization", "").startswith("Bearer "):
                return _fault(401, "NoAuthenticationInformation")
            if "x-ms-version" not in request.headers:
                return _fault(400, "MissingRequiredHeader")
            failure = self.failures.pop(0) if self.failures else None
            if failure:
                return _fault(failure, "ServerBusy")
            done = await handle(request)
            return _fault(503, "ServerBusy") if failure == 0 else done

        return answered

    async def _blob(self, request: Request) -> Response:
        key = f"{request.path_params['container']}/{request.path_params['name']}"
        if request.method == "PUT":
            if request.query_params.get("comp") == "appendblock":
                return self._append(key, await request.body(), request.headers.get("x-ms-blob-condition-appendpos"))
            return self._put(key, request)
        blob = self.blobs.get(key)
        if blob is None:
            return _fault(404, "BlobNotFound")
        if request.method == "DELETE":
            del self.blobs[key]
            return Response(status_code=202)
        if request.method == "HEAD":
            return Response(headers={"content-length": str(len(blob)), "x-ms-blob-type": "AppendBlob"})
        return _part(blob, request.headers.get("x-ms-range") or request.headers.get("range"))

    def _put(self, key: str, request: Request) -> Response:
        if request.headers.get("x-ms-blob-type") != "AppendBlob":
            return _fault(400, "InvalidHeaderValue")
        if request.headers.get("if-none-match") == "*" and key in self.blobs:
            return _fault(409, "BlobAlreadyExists")
        self.blobs[key] = b""
        return Response(status_code=201)

    def _append(self, key: str, block: bytes, position: str | None) -> Response:
        if key not in self.blobs:
            return _fault(404, "BlobNotFound")
        if not block or len(block) > _LARGEST:
            return _fault(413 if block else 400, "RequestBodyTooLarge" if block else "InvalidHeaderValue")
        if position is not None and int(position) != len(self.blobs[key]):
            return _fault(412, "AppendPositionConditionNotMet")
        self.blobs[key] += block
        return Response(status_code=201)

    async def _list(self, request: Request) -> Response:
        wanted = request.query_params
        if (wanted.get("restype"), wanted.get("comp")) != ("container", "list"):
            return _fault(400, "InvalidQueryParameterValue")
        first = f"{request.path_params['container']}/"
        names = sorted(
            key.removeprefix(first) for key in self.blobs if key.startswith(first + wanted.get("prefix", ""))
        )
        left = [name for name in names if name >= wanted.get("marker", "")]
        page, after = left[:_PAGE], left[_PAGE : _PAGE + 1]
        blobs = "".join(f"<Blob><Name>{escape(name)}</Name></Blob>" for name in page)
        marker = f"<NextMarker>{escape(''.join(after))}</NextMarker>"
        head = '<?xml version="1.0" encoding="utf-8"?>'
        body = f"{head}<EnumerationResults><Blobs>{blobs}</Blobs>{marker}</EnumerationResults>"
        return Response(body, media_type="application/xml")


def _part(blob: bytes, wanted: str | None) -> Response:
    match = _RANGE.match(wanted) if wanted else None
    if match is None:
        return Response(blob, media_type="application/octet-stream")
    start = int(match[1])
    if start >= len(blob):
        return _fault(416, "InvalidRange")
    return Response(blob[start : int(match[2]) + 1 if match[2] else None], status_code=206)


def _fault(status: int, code: str) -> Response:
    return Response(status_code=status, headers={"x-ms-error-code": code})
