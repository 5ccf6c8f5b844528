"""The local Azure's WebSocket: whatever a client sends, the application gets what uvicorn alone would give it."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from local_azure.message_socket import MessageSocket

LIMIT = 70_000


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class Echo:
    """Keeps what comes, and says it again."""

    heard: list[Any] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    send: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.send = send
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message.get("bytes", message.get("text")))
            await send({**message, "type": "websocket.send"})
        self.closed.set()


@asynccontextmanager
async def echoing() -> AsyncIterator[tuple[Echo, ClientConnection, MessageSocket]]:
    echo, made = Echo(), list[MessageSocket]()

    class Noted(MessageSocket):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

    config = uvicorn.Config(
        echo, port=0, ws=Noted, ws_max_size=LIMIT, ws_per_message_deflate=False, lifespan="off", log_config=None
    )
    server = _Uvicorn(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        address = f"ws://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
        async with asyncio.timeout(15), connect(address, compression=None) as client:
            yield echo, client, made[0]
    finally:
        server.should_exit = True
        await serving


def frame(payload: bytes, *, first: int = 0x82, masked: bool = True) -> bytes:
    size = len(payload)
    longer = b"\x7e" + size.to_bytes(2) if size < 1 << 16 else b"\x7f" + size.to_bytes(8)
    length = bytes([size]) if size < 126 else longer
    if not masked:
        return bytes([first]) + length + payload
    mask = os.urandom(4)
    covered = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return bytes([first, length[0] | 0x80]) + length[1:] + mask + covered


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, LIMIT])
async def test_messages_of_any_size_come_and_go_whole(size: int) -> None:
    async with echoing() as (echo, client, _):
        for message in (os.urandom(size), "ä" * (size // 2)):
            await client.send(message)
            assert await client.recv() == message
            assert echo.heard.pop() == message


@pytest.mark.parametrize("step", [1, 3, 7, 131])
async def test_a_stream_cut_anywhere_is_put_together_again(step: int) -> None:
    messages = [b"x" * 200, b"y" * 5, b"z" * 300]
    stream = frame(messages[0]) + frame(b"ping", first=0x89) + frame(messages[1]) + frame(messages[2])
    async with echoing() as (_, client, socket):
        for at in range(0, len(stream), step):
            socket.data_received(stream[at : at + step])
        assert [await client.recv() for _ in messages] == messages


async def test_pings_are_answered_between_messages() -> None:
    async with echoing() as (echo, client, _):
        await client.send("one")
        await (await client.ping())
        await client.send("two")
        assert [await client.recv(), await client.recv()] == ["one", "two"] == echo.heard


async def test_fragments_come_as_one_message_with_a_ping_in_their_midst() -> None:
    async with echoing() as (_, client, _):
        pieces = (frame(b"one ", first=0x01), frame(b"p", first=0x89), frame(b"two", first=0x80), frame(b"\0after"))
        client.transport.write(b"".join(pieces))
        assert [await client.recv(), await client.recv()] == ["one two", b"\0after"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(b"plain", masked=False), 1002),
        (frame(b"x" * (LIMIT + 1)), 1009),
        (frame(b"\xff\xfe", first=0x81), 1007),
        (frame(b"x", first=0x80), 1002),
        (frame(b"x", first=0xC2), 1002),
        (frame(b"one", first=0x02) + frame(b"another"), 1002),
    ],
    ids=["unmasked", "too large", "no UTF-8", "fragment of nothing", "reserved bit", "within a fragment"],
)
async def test_what_is_forbidden_is_refused_with_its_code(sent: bytes, code: int) -> None:
    async with echoing() as (echo, client, _):
        await client.send("before")
        assert await client.recv() == "before"
        client.transport.write(sent)
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == code
        await echo.closed.wait()
        assert echo.heard == ["before"]


async def test_who_has_gone_is_told_nothing_more() -> None:
    async with echoing() as (echo, client, _):
        await client.send("before")
        await client.recv()
        await client.close()
        await echo.closed.wait()
        with pytest.raises(ClientDisconnected):
            await echo.send({"type": "websocket.send", "bytes": b"after"})
