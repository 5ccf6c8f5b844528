"""Somebody at the door of a real LiveKit server with a pass, who need not keep to what LiveKit's own clients do."""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
from livekit.protocol.rtc import JoinResponse, SignalRequest, SignalResponse

from local_azure.livekit.server_process import LiveKitServer

_LIMIT_S = 20.0


class Knock:
    """Who has entered by signals alone: no media, no SDK; what they ask for is theirs to choose."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.told: list[SignalResponse] = []
        self.joined = JoinResponse()

    async def until(self, kind: str) -> SignalResponse:
        """The next message of a kind."""
        async with asyncio.timeout(_LIMIT_S):
            while True:
                told = SignalResponse.FromString(await self._socket.receive_bytes())
                self.told.append(told)
                if told.WhichOneof("message") == kind:
                    return told

    async def say(self, request: SignalRequest) -> None:
        """Ask for something."""
        await self._socket.send_bytes(request.SerializeToString())

    async def out(self) -> bool:
        """Wait until they are put out of the room."""
        await self.until("leave")
        return True


@asynccontextmanager
async def knock(server: LiveKitServer, token: str, **asked: str) -> AsyncGenerator[Knock]:
    """Enter with a pass. ``asked`` goes into the address.

    Raises:
        aiohttp.WSServerHandshakeError: they are not let in.
    """
    params = {"access_token": token, "protocol": "15", "sid": secrets.token_hex(4), **asked}
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{server.url}/rtc", params=params) as socket:
        one = Knock(socket)
        one.joined = (await one.until("join")).join
        yield one
