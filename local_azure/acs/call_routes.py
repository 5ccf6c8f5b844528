"""Routes that take, place, move and end calls."""

import re
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from local_azure.acs.arrival import Arrival
from local_azure.acs.call import Call
from local_azure.acs.identifiers import number_of
from local_azure.acs.media import MediaOptions
from local_azure.acs.rest import ApiError, ApiRequest, Rest, empty
from local_azure.acs.switchboard import Switchboard

__all__ = ["CallRoutes", "find_call"]

_ROOT = "/calling/callConnections"
_HEADER = re.compile(r"X-(?!MS-(?!Custom-))[A-Za-z0-9.!%*_+~-]{1,62}", re.IGNORECASE)
"""Custom headers that the service lets pass; other names of ``X-MS-`` are its own."""


def find_call(board: Switchboard, request: ApiRequest, *, live: bool = True) -> Call:
    """The call that the path names.

    Raises:
        ApiError: there is none, or it is over.
    """
    call = board.calls.get(request.path["connection_id"])
    if call is None or (live and call.state == "disconnected"):
        raise ApiError(404, "8522", "Call not found.")
    return call


class CallRoutes:
    """Answer, create, reject, redirect, get, hang up, transfer, participants."""

    def __init__(self, board: Switchboard, rest: Rest) -> None:
        self._board = board
        self._rest = rest

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        one = _ROOT + "/{connection_id}"
        route = self._rest.route
        return [
            route("POST", f"{_ROOT}:answer", self.answer),
            route("POST", f"{_ROOT}:redirect", self.redirect),
            route("POST", f"{_ROOT}:reject", self.reject),
            route("POST", _ROOT, self.create),
            route("GET", one, self.get),
            route("DELETE", one, self.hang_up),
            route("POST", f"{one}:terminate", self.hang_up),
            route("POST", f"{one}:transferToParticipant", self.transfer),
            route("GET", f"{one}/participants", self.participants),
            route("GET", f"{one}/participants/{{raw_id}}", self.participant),
        ]

    async def answer(self, request: ApiRequest) -> Response:
        """Take a ringing call: 200 with its properties."""
        arrival = self._arrival(request)
        media = _media(request)
        call = self._board.answer(
            arrival, callback_url=request.url("callbackUri"), context=request.text("operationContext"), media=media
        )
        return JSONResponse(call.properties())

    async def reject(self, request: ApiRequest) -> Response:
        """Refuse a ringing call: 204."""
        self._board.reject(self._arrival(request), request.text("callRejectReason") or "none")
        return empty(204)

    async def redirect(self, request: ApiRequest) -> Response:
        """Send a ringing call elsewhere: 204."""
        number = _target(request, "target")
        self._board.redirect(self._arrival(request), number)
        return empty(204)

    async def create(self, request: ApiRequest) -> Response:
        """Call somebody: 201 with the properties of a call that is connecting."""
        targets = request.body.get("targets")
        if not isinstance(targets, list) or len(targets) != 1:
            raise ApiError(400, "BadRequest", "One target is needed.")
        to = number_of(targets[0])
        source = request.section("sourceCallerIdNumber") or {}
        if to.startswith("+") and not source.get("value"):
            raise ApiError(400, "BadRequest", "The field SourceCallerIdNumber is needed to call a phone number.")
        call = self._board.create(
            to=to,
            source=str(source.get("value") or ""),
            callback_url=request.url("callbackUri"),
            context=request.text("operationContext"),
            media=_media(request),
        )
        return JSONResponse(call.properties(), 201)

    async def get(self, request: ApiRequest) -> Response:
        """Properties of a call: 200, and 404 once it is over."""
        return JSONResponse(find_call(self._board, request).properties())

    async def hang_up(self, request: ApiRequest) -> Response:
        """Leave the call, or end it for everyone: 204. With one party both come to the same."""
        self._board.hang_up(find_call(self._board, request))
        return empty(204)

    async def transfer(self, request: ApiRequest) -> Response:
        """Hand the party over: 202; the outcome is an event."""
        call = find_call(self._board, request)
        if call.state != "connected":
            raise ApiError(409, "8501", f"The call is {call.state}.")
        number = _target(request, "targetParticipant")
        context = request.text("operationContext")
        url = request.url("operationCallbackUri") if request.text("operationCallbackUri") else None
        self._board.transfer(call, number, context=context, url=url, headers=_sip_headers(request))
        return JSONResponse({"operationContext": context}, 202)

    async def participants(self, request: ApiRequest) -> Response:
        """Who is on the call: 200."""
        return JSONResponse({"value": find_call(self._board, request).participants()})

    async def participant(self, request: ApiRequest) -> Response:
        """One participant: 200."""
        found = find_call(self._board, request).participants()
        for one in found:
            if one["identifier"]["rawId"] == request.path["raw_id"]:
                return JSONResponse(one)
        raise ApiError(404, "8523", "Participant not found.")

    def _arrival(self, request: ApiRequest) -> Arrival:
        context = request.text("incomingCallContext")
        if not context:
            raise ApiError(400, "BadRequest", "The field IncomingCallContext is required.")
        arrival = self._board.arrivals.get(context)
        if arrival is None:
            raise ApiError(404, "8522", "The call is not ringing any more.")
        return arrival


def _target(request: ApiRequest, name: str) -> str:
    number = number_of(request.section(name))
    if not number:
        raise ApiError(400, "BadRequest", f"The field {name} is required.")
    return number


def _media(request: ApiRequest) -> MediaOptions | None:
    body = request.section("mediaStreamingOptions")
    if body is None:
        return None
    try:
        return MediaOptions.of(body)
    except ValueError as error:
        raise ApiError(400, "BadRequest", f"MediaStreamingOptions: {error}.") from error


def _sip_headers(request: ApiRequest) -> Mapping[str, str]:
    """Custom headers for the other end, within the service's documented limits."""
    context = request.section("customCallingContext") or {}
    headers = {str(name): str(value) for name, value in (context.get("sipHeaders") or {}).items()}
    custom = [name for name in headers if name.lower() != "user-to-user"]
    sound = all(_HEADER.fullmatch(name) and len(headers[name]) <= 256 for name in custom)
    if len(custom) > 5 or not sound:
        raise ApiError(400, "8523", "The field CustomCallingContext.SipHeaders is invalid.")
    return headers
