"""The local Azure as one ASGI process on one port, for tests in their own process and for the command line."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from backend.errors import ConfigError
from local_azure.acs.switchboard import Switchboard
from local_azure.address import DEFAULT_PORT
from local_azure.door import LocalDoor
from local_azure.entra_people import sign_in_environment
from local_azure.event_grid import EventGrid
from local_azure.latency import LatencyProfile, latency
from local_azure.livekit.access import LiveKitAccess
from local_azure.local_azure import LocalAzure
from local_azure.message_socket import MessageSocket
from local_azure.phone.desk import Desk
from local_azure.state import EmulatorState, SttEngine, TtsEngine

if TYPE_CHECKING:
    from local_azure.livekit.sip_service import SipService

__all__ = ["EmulatorServer", "emulator"]

_START_SECONDS = 10.0
_STOP_SECONDS = 2
_LARGEST_MESSAGE = 64 * 1024 * 1024
"""Personas come with their recordings in one message."""


async def _gone(_: Request, __: Exception) -> Response:
    """The client went before its request had come; nobody reads this, and it is nobody's fault."""
    return Response(status_code=499)


class _Uvicorn(uvicorn.Server):
    """A server inside somebody else's process: signals are that one's business."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class EmulatorServer:
    """A local Azure that listens. ``port`` 0 takes any free one."""

    def __init__(self, state: EmulatorState, *, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> None:
        self.state = state
        self._host = host
        self._port = port
        self._azure: LocalAzure | None = None
        self._server: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """``http://host:port``."""
        return self.state.base_url

    @property
    def ws_url(self) -> str:
        """``ws://host:port``."""
        return self.state.base_url.replace("http", "ws", 1)

    @property
    def azure(self) -> LocalAzure:
        """The parts, once it was started."""
        if self._azure is None:
            raise RuntimeError("the local Azure is not running")
        return self._azure

    @property
    def phones(self) -> Desk:
        """Where calls are dialled from: ``azure.phones.dial("+18005550100")``."""
        return self.azure.desk

    @property
    def switchboard(self) -> Switchboard:
        """Calls as ACS sees them."""
        return self.azure.switchboard

    @property
    def livekit_sip(self) -> "SipService":
        """LiveKit's SIP service, where there is a LiveKit server."""
        return self.azure.livekit.sip

    @property
    def event_grid(self) -> EventGrid:
        """Subscriptions and deliveries."""
        return self.azure.grid

    async def start(self) -> None:
        """Listen.

        Raises:
            ConfigError: the address is taken or is none.
        """
        bound = self._bind()
        host, port = bound.getsockname()[:2]
        self.state.base_url = f"http://{host}:{port}"
        self._azure = LocalAzure(self.state)
        routes = self._azure.routes()
        app = Starlette(routes=routes, exception_handlers={ClientDisconnect: _gone})
        config = uvicorn.Config(
            LocalDoor(app, self._host),
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws=MessageSocket,
            ws_max_size=_LARGEST_MESSAGE,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        self._server = _Uvicorn(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[bound]), name="local-azure")
        async with asyncio.timeout(_START_SECONDS):
            while not self._server.started:
                if self._task.done():
                    await self._task
                    raise ConfigError("the local Azure did not start")
                await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """End everything. Safe to call twice."""
        azure, self._azure = self._azure, None
        if azure is not None:
            await azure.close()
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
            self._server = None

    async def serve_forever(self) -> None:
        """Wait until the server ends or the task is cancelled."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def environment(self, server_url: str) -> dict[str, str]:
        """Environment variables that make a server at ``server_url`` use this local Azure."""
        livekit = self.state.livekit
        more = (
            {
                "LIVEKIT_URL": self.ws_url,
                "LIVEKIT_API_KEY": livekit.api_key,
                "LIVEKIT_API_SECRET": livekit.api_secret,
            }
            if livekit
            else {}
        )
        return {
            **more,
            "PUBLIC_BASE_URL": server_url,
            "ACS_ENDPOINT": self.url,
            "ACS_ACCESS_KEY": self.state.access_key,
            "ACS_RESOURCE_ID": self.state.acs_resource_id,
            "ACS_JWKS_URL": f"{self.url}/calling/keys",
            "ACS_SOURCE_NUMBER": "+18005550100",
            "ACS_SMS_NUMBER": "+18005550100",
            "AZURE_SPEECH_ENDPOINT": self.ws_url,
            "AZURE_SPEECH_KEY": "local",
            "AZURE_OPENAI_ENDPOINT": self.url,
            "AZURE_OPENAI_API_KEY": "local",
        }

    def sign_in_environment(self) -> dict[str, str]:
        """Those that let people of this local Azure's directory sign in to the server's console."""
        return sign_in_environment(self.url)

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((self._host, self._port))
        except OSError as error:
            bound.close()
            raise ConfigError(f"{self._host}:{self._port} cannot be listened on: {error.strerror}") from error
        return bound


@asynccontextmanager
async def emulator(
    *,
    port: int = 0,
    stt: SttEngine = "scripted",
    tts: TtsEngine = "tone",
    latency: LatencyProfile = "none",
    access_key: str | None = None,
    livekit: LiveKitAccess | None = None,
) -> AsyncGenerator[EmulatorServer]:
    """A local Azure in this process for as long as the block lasts."""
    state = EmulatorState(engine_stt=stt, engine_tts=tts, latency=_latency(latency), livekit=livekit)
    if access_key is not None:
        state.access_key = access_key
    server = EmulatorServer(state, port=port)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


_latency = latency
