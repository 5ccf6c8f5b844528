"""What every route of Call Automation does alike: faults, signature, repeated requests, error bodies."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local_azure.acs.signature import signature_fault, token_fault
from local_azure.faults import Fault, Service
from local_azure.state import EmulatorState
from local_azure.wire_faults import misbehave

__all__ = ["ApiError", "ApiRequest", "Rest", "empty"]

_REMEMBERED = 2000


class ApiError(Exception):
    """A request that Call Automation refuses."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def response(self) -> JSONResponse:
        """The error body as the SDK reads it."""
        body = {"error": {"code": self.code, "message": self.message, "target": None, "details": []}}
        return JSONResponse(body, self.status)


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request that has passed the checks."""

    path: Mapping[str, str]
    body: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str | None:
        """A string of the body, if it is there."""
        value = self.body.get(name)
        return str(value) if value is not None else None

    def section(self, name: str) -> Mapping[str, Any] | None:
        """An object of the body, if it is there."""
        value = self.body.get(name)
        return cast("Mapping[str, Any]", value) if isinstance(value, dict) else None

    def url(self, name: str) -> str:
        """An address that the service is to call.

        Raises:
            ApiError: it is missing or no address. (The real service takes https only.)
        """
        value = str(self.body.get(name) or "")
        if urlsplit(value).scheme not in ("http", "https"):
            raise ApiError(400, "BadRequest", f"The field {name[0].upper()}{name[1:]} is invalid.")
        return value


Handler = Callable[[ApiRequest], Awaitable[Response]]


def empty(status: int) -> Response:
    """An answer without a body."""
    return Response(status_code=status)


class Rest:
    """Makes routes of handlers. Requests repeated with the same ``Repeatability-Request-ID`` get the first answer."""

    def __init__(self, state: EmulatorState, service: Service = "acs") -> None:
        self._state = state
        self._service: Service = service
        self._repeats: OrderedDict[str, asyncio.Future[Response]] = OrderedDict()
        self.handled = 0
        """Requests that did something, repeats not counted."""

    def route(self, method: str, path: str, handler: Handler, *, versioned: bool = True) -> Route:
        """A route that checks first and then lets ``handler`` work; ``versioned``: must say of which version it is."""

        async def endpoint(request: Request) -> Response:
            raw = await request.body()
            fault = self._state.faults.take(self._service, request.url.path)
            if not _works_first(fault) and (broken := await misbehave(fault, request)) is not None:
                return broken
            by_token = request.headers.get("authorization", "").startswith("Bearer ")
            refusal = (
                token_fault(request, self._state.signer)
                if by_token
                else signature_fault(request, raw, self._state.access_key)
            )
            if refusal is not None:
                return ApiError(401, "Denied", f"Denied by the resource provider: {refusal}.").response()
            await asyncio.sleep(self._state.latency.acs_request / 1000)
            answer = await self._once(request, raw, handler, versioned=versioned)
            return (await misbehave(fault, request) or answer) if _works_first(fault) else answer

        return Route(path, endpoint, methods=[method])

    async def _once(self, request: Request, raw: bytes, handler: Handler, *, versioned: bool) -> Response:
        repeat_id = request.headers.get("repeatability-request-id")
        if repeat_id is None:
            return await self._handle(request, raw, handler, versioned=versioned)
        key = f"{request.url.path} {repeat_id}"
        known = self._repeats.get(key)
        if known is not None:
            return _copy(await asyncio.shield(known))
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._repeats[key] = answer
        while len(self._repeats) > _REMEMBERED:
            self._repeats.popitem(last=False)
        try:
            answer.set_result(await self._handle(request, raw, handler, versioned=versioned))
        finally:
            if not answer.done():
                answer.cancel()
                self._repeats.pop(key, None)
        return _copy(answer.result())

    async def _handle(self, request: Request, raw: bytes, handler: Handler, *, versioned: bool) -> Response:
        if versioned and not request.query_params.get("api-version"):
            return ApiError(
                400, "MissingApiVersionParameter", "The api-version query parameter is required."
            ).response()
        try:
            body: object = json.loads(raw) if raw else {}
        except ValueError:
            return ApiError(400, "BadRequest", "The body is not JSON.").response()
        if not isinstance(body, dict):
            return ApiError(400, "BadRequest", "The body must be an object.").response()
        self.handled += 1
        try:
            return await handler(ApiRequest(request.path_params, cast("dict[str, Any]", body)))
        except ApiError as error:
            return error.response()


def _copy(response: Response) -> Response:
    """A response may be sent once only."""
    return Response(response.body, response.status_code, media_type=response.media_type)


def _works_first(fault: Fault | None) -> bool:
    """Is the request carried out, and only its answer goes wrong?"""
    return fault is not None and fault.after > 0
