"""An application in small that the local Azure can call: webhook, callbacks and media socket."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from azure.communication.callautomation import (
    AudioFormat,
    MediaStreamingAudioChannelType,
    MediaStreamingContentType,
    MediaStreamingOptions,
    StreamingTransportType,
)
from azure.communication.callautomation.aio import CallAutomationClient
from azure.core.credentials import AzureKeyCredential

from local_azure.server import EmulatorServer, emulator
from local_azure.state import Subscription

LINE = "+18005550100"


@dataclass
class Socket:
    """One media socket from the application's side."""

    web: web.WebSocketResponse
    headers: dict[str, str]
    messages: list[dict[str, Any]] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def speak(self, pcm: bytes) -> None:
        """Send it all at once; the service queues it."""
        await self.web.send_str(
            json.dumps({"kind": "AudioData", "audioData": {"data": base64.b64encode(pcm).decode()}})
        )

    async def stop(self) -> None:
        await self.web.send_str(json.dumps({"Kind": "StopAudio", "AudioData": None, "StopAudio": {}}))

    async def until(self, condition: Callable[["Socket"], bool], limit: float = 30.0) -> None:
        async with asyncio.timeout(limit), self.arrived:
            await self.arrived.wait_for(lambda: condition(self))

    def audio(self) -> bytes:
        """Everything heard from the caller."""
        frames = [one["audioData"]["data"] for one in self.messages if one["kind"] == "AudioData"]
        return b"".join(base64.b64decode(frame) for frame in frames)

    def keys(self) -> list[str]:
        return [one["dtmfData"]["data"] for one in self.messages if one["kind"] == "DtmfData"]


class Application:
    """Takes events and callbacks, answers by itself unless told otherwise, and keeps the sockets."""

    def __init__(self, azure: EmulatorServer) -> None:
        self.azure = azure
        self.client = CallAutomationClient(
            azure.url, AzureKeyCredential(azure.state.access_key), retry_total=1, retry_backoff_factor=0.05
        )
        self.url = ""
        self.grid: list[tuple[dict[str, str], list[dict[str, Any]]]] = []
        self.events: list[dict[str, Any]] = []
        self.callback_headers: list[dict[str, str]] = []
        self.sockets: list[Socket] = []
        self.grid_statuses: list[int] = []
        """Answers to the next notifications; 200 when there are no more."""
        self.validate = True
        self.media_status = 0
        self.media_may_open = asyncio.Event()
        self.media_may_open.set()
        self.on_socket: Callable[[Socket], Awaitable[None]] | None = None
        self.on_ring: Callable[[dict[str, Any]], Awaitable[None]] | None = self.answer
        self.options: dict[str, Any] = {}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/events", self._event_grid)
        app.router.add_post("/callbacks", self._callbacks)
        app.router.add_get("/media", self._media)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def close(self) -> None:
        for socket in self.sockets:
            await socket.web.close()
        await self.client.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def media_options(self) -> MediaStreamingOptions:
        options: dict[str, Any] = {
            "transport_url": self.url.replace("http", "ws") + "/media",
            "transport_type": StreamingTransportType.WEBSOCKET,
            "content_type": MediaStreamingContentType.AUDIO,
            "audio_channel_type": MediaStreamingAudioChannelType.MIXED,
            "start_media_streaming": True,
            "enable_bidirectional": True,
            "enable_dtmf_tones": True,
            "audio_format": AudioFormat.PCM16_K_MONO,
        }
        return MediaStreamingOptions(**{**options, **self.options})

    async def answer(self, event: dict[str, Any]) -> None:
        await self.client.answer_call(
            event["data"]["incomingCallContext"],
            self.url + "/callbacks",
            media_streaming=self.media_options(),
            operation_context="ours",
        )

    async def until(self, condition: Callable[[], bool], limit: float = 30.0) -> None:
        async with asyncio.timeout(limit), self._changed:
            await self._changed.wait_for(condition)

    async def event(self, name: str, limit: float = 30.0) -> dict[str, Any]:
        """The data of the first event with this name, once it is there."""
        wanted = f"Microsoft.Communication.{name}"
        await self.until(lambda: any(event["type"] == wanted for event in self.events), limit)
        return next(event["data"] for event in self.events if event["type"] == wanted)

    async def socket(self, count: int = 1) -> Socket:
        """The socket number ``count``, once it is open."""
        await self.until(lambda: len(self.sockets) >= count)
        return self.sockets[count - 1]

    def names(self) -> list[str]:
        return [event["type"].removeprefix("Microsoft.Communication.") for event in self.events]

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _event_grid(self, request: web.Request) -> web.Response:
        events = await request.json()
        self.grid.append((dict(request.headers), events))
        await self._note()
        if request.headers["aeg-event-type"] == "SubscriptionValidation":
            code = events[0]["data"]["validationCode"] if self.validate else "no"
            return web.json_response({"validationResponse": code})
        status = self.grid_statuses.pop(0) if self.grid_statuses else 200
        if status == 200 and self.on_ring is not None:
            for event in events:
                if event["eventType"] == "Microsoft.Communication.IncomingCall":
                    await self.on_ring(event)
        return web.Response(status=status)

    async def _callbacks(self, request: web.Request) -> web.Response:
        self.callback_headers.append(dict(request.headers))
        self.events.extend(await request.json())
        await self._note()
        return web.Response()

    async def _media(self, request: web.Request) -> web.StreamResponse:
        if self.media_status:
            return web.Response(status=self.media_status)
        await self.media_may_open.wait()
        response = web.WebSocketResponse()
        await response.prepare(request)
        socket = Socket(response, dict(request.headers))
        self.sockets.append(socket)
        await self._note()
        talk = asyncio.create_task(self.on_socket(socket)) if self.on_socket is not None else None
        async for message in response:
            if message.type is WSMsgType.TEXT:
                try:
                    socket.messages.append(json.loads(message.data))
                except ValueError:
                    socket.messages.append({"kind": "broken"})
                async with socket.arrived:
                    socket.arrived.notify_all()
        if talk is not None:
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)
        return response


@pytest.fixture
async def azure() -> AsyncGenerator[EmulatorServer]:
    async with emulator() as server:
        yield server


@pytest.fixture
async def application(azure: EmulatorServer) -> AsyncGenerator[Application]:
    app = Application(azure)
    await app.start()
    assert await azure.event_grid.subscribe(Subscription("calls", app.url + "/events"))
    yield app
    await app.close()
