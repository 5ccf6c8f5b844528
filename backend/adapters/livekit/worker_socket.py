"""One connection to a LiveKit server as a worker: protobuf messages over a WebSocket (livekit_agent.proto)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
from google.protobuf.message import DecodeError
from livekit.protocol import agent as wire

from backend.errors import AuthError, ProtocolError, TimedOut, Unavailable

__all__ = ["WorkerSocket", "worker_socket"]

_PROVIDER = "calls"
_CONNECT_S = 8.0
_HEARTBEAT_S = 10.0
"""A server that answers no ping within half of that is gone."""
_LONGEST = 1 << 20
_REFUSED = frozenset({401, 403})


class WorkerSocket:
    """Messages to and from the server."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def send(self, message: wire.WorkerMessage) -> None:
        """Send one message.

        Raises:
            Unavailable: the connection is gone.
        """
        try:
            await self._socket.send_bytes(message.SerializeToString())
        except (aiohttp.ClientError, ConnectionError) as error:
            raise Unavailable(_PROVIDER, "the LiveKit server is gone") from error

    async def receive(self) -> wire.ServerMessage:
        """The next message.

        Raises:
            Unavailable: the connection is gone.
            ProtocolError: what came is no message.
        """
        got = await self._socket.receive()
        if got.type is not aiohttp.WSMsgType.BINARY:
            raise Unavailable(_PROVIDER, "the LiveKit server closed the worker's connection")
        message = wire.ServerMessage()
        try:
            message.ParseFromString(got.data)
        except DecodeError as error:
            raise ProtocolError("a message of the LiveKit server could not be read") from error
        return message


@asynccontextmanager
async def worker_socket(url: str, token: str) -> AsyncGenerator[WorkerSocket]:
    """Connect, and close at the end.

    Raises:
        AuthError: the server does not take our key.
        TimedOut, Unavailable: it cannot be reached.
    """
    async with aiohttp.ClientSession() as session:
        try:
            async with asyncio.timeout(_CONNECT_S):
                socket = await session.ws_connect(
                    f"{url}/agent",
                    headers={"Authorization": f"Bearer {token}"},
                    heartbeat=_HEARTBEAT_S,
                    max_msg_size=_LONGEST,
                )
        except TimeoutError as error:
            raise TimedOut(_PROVIDER, "the LiveKit server does not answer") from error
        except aiohttp.WSServerHandshakeError as error:
            if error.status in _REFUSED:
                raise AuthError("the LiveKit server does not accept LIVEKIT_API_KEY and LIVEKIT_API_SECRET") from error
            raise Unavailable(_PROVIDER, f"the LiveKit server answers {error.status}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unavailable(_PROVIDER, "the LiveKit server cannot be reached") from error
        try:
            yield WorkerSocket(socket)
        finally:
            await socket.close()
