"""One address for a whole LiveKit deployment: the SIP API is answered here, everything else by the real server.

``LIVEKIT_URL`` may name the local Azure: API requests and the WebSockets of SDKs and workers go on to the server; audio
takes its own way, past this process.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from google.protobuf.message import DecodeError, Message
from livekit.protocol import sip
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from local_azure.livekit.access import LiveKitAccess
from local_azure.livekit.refusal import Refusal
from local_azure.livekit.sip_service import SipService

__all__ = ["LiveKitRoutes"]

_FORWARDED = ("authorization", "content-type", "accept", "x-livekit-request-id")
_LARGEST = 16 * 1024 * 1024
_BAD_GATEWAY = 502


class LiveKitRoutes:
    """Answers for LiveKit."""

    def __init__(self, access: LiveKitAccess, service: SipService, web: aiohttp.ClientSession) -> None:
        self._access = access
        self._web = web
        trunks = service.trunks
        self._methods: dict[str, tuple[type[Message], Callable[[Any], Message | Awaitable[Message]], str]] = {
            "CreateSIPInboundTrunk": (sip.CreateSIPInboundTrunkRequest, trunks.create_inbound, "admin"),
            "CreateSIPOutboundTrunk": (sip.CreateSIPOutboundTrunkRequest, trunks.create_outbound, "admin"),
            "UpdateSIPInboundTrunk": (sip.UpdateSIPInboundTrunkRequest, trunks.update_inbound, "admin"),
            "UpdateSIPOutboundTrunk": (sip.UpdateSIPOutboundTrunkRequest, trunks.update_outbound, "admin"),
            "ListSIPInboundTrunk": (sip.ListSIPInboundTrunkRequest, trunks.list_inbound, "admin"),
            "ListSIPOutboundTrunk": (sip.ListSIPOutboundTrunkRequest, trunks.list_outbound, "admin"),
            "DeleteSIPTrunk": (sip.DeleteSIPTrunkRequest, trunks.delete_trunk, "admin"),
            "CreateSIPDispatchRule": (sip.CreateSIPDispatchRuleRequest, trunks.create_rule, "admin"),
            "UpdateSIPDispatchRule": (sip.UpdateSIPDispatchRuleRequest, trunks.update_rule, "admin"),
            "ListSIPDispatchRule": (sip.ListSIPDispatchRuleRequest, trunks.list_rules, "admin"),
            "DeleteSIPDispatchRule": (sip.DeleteSIPDispatchRuleRequest, trunks.delete_rule, "admin"),
            "CreateSIPParticipant": (sip.CreateSIPParticipantRequest, service.create_participant, "call"),
            "TransferSIPParticipant": (sip.TransferSIPParticipantRequest, service.transfer, "call"),
        }

    def routes(self) -> list[BaseRoute]:
        """All of LiveKit's own."""
        return [
            Route("/twirp/livekit.SIP/{method}", self._sip, methods=["POST"]),
            Route("/twirp/{rest:path}", self._forward, methods=["POST"]),
            Route("/rtc/{rest:path}", self._forward),
            Route("/settings/regions", self._forward),
            WebSocketRoute("/rtc", self._socket),
            WebSocketRoute("/rtc/{rest:path}", self._socket),
            WebSocketRoute("/agent", self._socket),
        ]

    async def _sip(self, request: Request) -> Response:
        try:
            answer = await self._answered(request.path_params["method"], request)
        except Refusal as refusal:
            return refusal.answer()
        return Response(answer.SerializeToString(), media_type="application/protobuf")

    async def _answered(self, method: str, request: Request) -> Message:
        if method not in self._methods:
            raise Refusal("bad_route", f"no handler for path /twirp/livekit.SIP/{method}")
        kind, handler, right = self._methods[method]
        self._check(request, right)
        message = kind()
        try:
            message.ParseFromString(await request.body())
        except DecodeError as error:
            raise Refusal("malformed", "the protobuf request could not be decoded") from error
        answer = handler(message)
        return answer if isinstance(answer, Message) else await answer

    def _check(self, request: Request, right: str) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            grants = self._access.claims(token).sip
        except Exception as error:  # whatever is wrong with it
            raise Refusal("unauthenticated", "invalid token") from error
        if grants is None or not (grants.admin if right == "admin" else grants.call):
            raise Refusal("permission_denied", f"permissions denied: sip.{right} is required")

    async def _forward(self, request: Request) -> Response:
        headers = {name: value for name in _FORWARDED if (value := request.headers.get(name))}
        url = f"{self._access.http_url}{request.url.path}"
        try:
            async with self._web.request(
                request.method,
                url,
                params=list(request.query_params.multi_items()),
                data=await request.body(),
                headers=headers,
            ) as answer:
                kind = answer.headers.get("content-type", "application/octet-stream")
                # pages of apps ask from an address of their own
                allowed = {"access-control-allow-origin": "*"} if request.method == "GET" else {}
                return Response(await answer.read(), answer.status, media_type=kind, headers=allowed)
        except aiohttp.ClientError:
            return Refusal("unavailable", "no LiveKit server answers").answer()

    async def _socket(self, socket: WebSocket) -> None:
        headers = {name: value for name in _FORWARDED[:1] if (value := socket.headers.get(name))}
        url = f"{self._access.url}{socket.url.path}"
        query = list(socket.query_params.multi_items())
        try:
            async with self._web.ws_connect(url, params=query, headers=headers, max_msg_size=_LARGEST) as server:
                await socket.accept()
                await _joined(socket, server)
        except aiohttp.WSServerHandshakeError as error:
            await socket.send_denial_response(Response(status_code=error.status))
        except aiohttp.ClientError:
            await socket.send_denial_response(Response(status_code=_BAD_GATEWAY))


async def _joined(socket: WebSocket, server: aiohttp.ClientWebSocketResponse) -> None:
    """Hand messages on both ways until one side goes."""
    ways = {asyncio.create_task(_to_server(socket, server)), asyncio.create_task(_to_client(socket, server))}
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await socket.close()


async def _to_server(socket: WebSocket, server: aiohttp.ClientWebSocketResponse) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        if (data := message.get("bytes")) is not None:
            await server.send_bytes(data)
        else:
            await server.send_str(message["text"])


async def _to_client(socket: WebSocket, server: aiohttp.ClientWebSocketResponse) -> None:
    async for message in server:
        if message.type is aiohttp.WSMsgType.BINARY:
            await socket.send_bytes(message.data)
        elif message.type is aiohttp.WSMsgType.TEXT:
            await socket.send_text(message.data)
