"""A softphone without a browser: speaks the protocol of docs/softphone.md from Python."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

__all__ = ["SoftphoneClient", "softphone"]

FRAME_S = 0.02


class SoftphoneClient:
    """One connection. What comes is kept: events in their order, and the agent's voice."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, rate: int = 16_000) -> None:
        self._socket = socket
        self.frame = bytes(rate // 50 * 2)
        self.events: list[dict[str, Any]] = []
        self.voice = bytearray()
        self.first_voice_at = 0.0
        self.voice_at: list[float] = []
        """When each message with voice came, in seconds since 1970."""
        self.closed: tuple[int | None, str] = (None, "")
        self._tasks = [asyncio.create_task(self._read())]
        self._news = asyncio.Event()

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.first_voice_at = self.first_voice_at or asyncio.get_running_loop().time()
                self.voice += message.data
                self.voice_at.append(time.time())
            elif message.type is aiohttp.WSMsgType.TEXT:
                self.events.append(json.loads(message.data))
            self._news.set()
        self.closed = (self._socket.close_code, "")
        self._news.set()

    async def send(self, kind: str, **told: Any) -> None:
        """One message."""
        await self._socket.send_json({"type": kind} | told)

    async def say(self, pcm: bytes) -> None:
        """Speak, at the pace of time; then be silent until something else is said."""
        size, loop = len(self.frame), asyncio.get_running_loop()
        due = loop.time()
        for at in range(0, len(pcm) - size + 1, size):
            await self._socket.send_bytes(pcm[at : at + size])
            due += FRAME_S
            await asyncio.sleep(max(0.0, due - loop.time()))

    async def raw(self, data: bytes) -> None:
        """Some bytes as they are."""
        await self._socket.send_bytes(data)

    async def until(self, kind: str, limit_s: float = 60.0, **wanted: Any) -> dict[str, Any]:
        """The first event of this kind that tells this, be it here already or yet to come."""
        async with asyncio.timeout(limit_s):
            while True:
                self._news.clear()
                for event in self.events:
                    if event["type"] == kind and all(event.get(name) == value for name, value in wanted.items()):
                        return event
                if self._socket.closed:
                    raise AssertionError(f"closed with {self._socket.close_code} before {kind}: {self.events}")
                await self._news.wait()

    async def until_closed(self, limit_s: float = 60.0) -> int | None:
        """The code that the socket was closed with."""
        async with asyncio.timeout(limit_s):
            await asyncio.gather(*self._tasks)
        return self._socket.close_code

    def said(self) -> str:
        """What the agents have been heard to say."""
        segments: dict[str, str] = {}
        for event in self.events:
            if event["type"] == "agent":
                segments[event["segment"]] = event["text"]
        return " ".join(segments.values())

    async def left(self) -> None:
        """Nothing comes any more."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def drop(self) -> None:
        """Be gone without a word, as a network is."""
        transport = self._socket._writer.transport  # pyright: ignore
        transport.abort()
        await self.left()


@asynccontextmanager
async def softphone(
    url: str, *, headers: dict[str, str] | None = None, rate: int = 16_000, **hello: Any
) -> AsyncGenerator[SoftphoneClient]:
    """A connection that has said hello."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}/api/v1/realtime", headers=headers or {}) as socket,
    ):
        client = SoftphoneClient(socket, rate)
        await client.send("hello", rate=rate, **hello)
        yield client
        await socket.close()
        await client.left()
