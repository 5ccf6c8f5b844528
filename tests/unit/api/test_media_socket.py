"""The short way for frames: whatever a client does, the application gets what it would get from uvicorn alone."""

import asyncio
import contextlib
import gc
import os
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.api.media_socket import SHORT_WAY, MediaSocket

LIMIT = 4096


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class Ear:
    """An application that listens the short way, after the first message came the long one."""

    heard: list[bytes] = field(default_factory=list)
    long_way: list[str] = field(default_factory=list)
    socket: MediaSocket | None = None
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope, receive, send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.socket = scope["extensions"][SHORT_WAY]
        while True:
            if not self.listening.is_set() and self.long_way and self.socket.listen(self._hear):
                self.listening.set()
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self.closed.set()
                return
            self.long_way.append(message["text"])
            self.changed.set()

    def _hear(self, text: bytes) -> None:
        self.heard.append(text)
        self.changed.set()

    async def until_heard(self, count: int) -> None:
        async with asyncio.timeout(25):
            while len(self.heard) < count:
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Ear, ClientConnection]]:
    ear = Ear()
    config = uvicorn.Config(
        ear, port=0, ws=MediaSocket, ws_max_size=LIMIT, ws_per_message_deflate=False, lifespan="off", log_config=None
    )
    server = _Uvicorn(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with connect(f"ws://127.0.0.1:{port}/", compression=None) as client:
            await client.send("first")
            await asyncio.wait_for(ear.listening.wait(), 25)
            yield ear, client
    finally:
        server.should_exit = True
        await serving


def frame(payload: bytes, *, first: int = 0x81, masked: bool = True) -> bytes:
    size = len(payload)
    length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2)
    if not masked:
        return bytes([first]) + length + payload
    mask = os.urandom(4)
    covered = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return bytes([first, length[0] | 0x80]) + length[1:] + mask + covered


async def test_frames_of_any_size_come_whole_and_in_order() -> None:
    texts = [b"", b"a", b"b" * 125, b"c" * 126, b"d" * LIMIT, "drei \u00e4".encode()]
    async with listening() as (ear, client):
        client.transport.write(b"".join(frame(text) for text in texts))
        await ear.until_heard(len(texts))
        assert ear.heard == texts
        assert ear.long_way == ["first"]


@pytest.mark.parametrize("step", [1, 3, 7, 131])
async def test_a_stream_cut_anywhere_is_put_together_again(step: int) -> None:
    texts = [b"x" * 200, b"y" * 5, b"z" * 300]
    stream = b"".join(frame(text) for text in texts)
    async with listening() as (ear, client):
        socket = ear.socket
        assert socket is not None
        for at in range(0, len(stream), step):
            socket.data_received(stream[at : at + step])
        assert ear.heard == texts
        assert client.state.name == "OPEN"


async def test_pings_are_answered_between_frames() -> None:
    async with listening() as (ear, client):
        await client.send("one")
        await asyncio.wait_for(await client.ping(), 25)
        await client.send("two")
        await ear.until_heard(2)
        assert ear.heard == [b"one", b"two"]


async def test_a_fragmented_message_takes_the_long_way_whole() -> None:
    async with listening() as (ear, client):
        await client.send(["one ", "in ", "pieces"])
        await client.send("after")
        await ear.until_heard(1)
        async with asyncio.timeout(25):
            while len(ear.long_way) < 2:
                await asyncio.sleep(0.005)
        assert ear.long_way == ["first", "one in pieces"]
        assert ear.heard == [b"after"]


def send(client: ClientConnection, raw: bytes) -> None:
    """What nobody reads any more goes nowhere."""
    if not client.transport.is_closing():
        client.transport.write(raw)


@pytest.mark.parametrize("pieces", [2, 5, 40])
async def test_a_message_that_is_too_long_in_fragments_is_refused_with_a_reason(pieces: int) -> None:
    async with listening() as (ear, client):
        size = LIMIT // pieces + 10
        client.transport.write(frame(b"x" * size, first=0x01))
        for _ in range(pieces - 1):
            send(client, frame(b"x" * size, first=0x00))
            await asyncio.sleep(0)
        send(client, frame(b"x" * LIMIT, first=0x80) * 900)  # who sends too much does not stop at once
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(client.recv(), 25)
        assert closed.value.rcvd is not None, "it was cut off without a close frame"
        assert closed.value.rcvd.code == 1009
        await asyncio.wait_for(ear.closed.wait(), 25)
        assert ear.heard == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (frame(b"bare", masked=False), 1002),
        (frame(b"reserved", first=0xC1), 1002),
        (frame(b"x" * (LIMIT + 1)), 1009),
    ],
    ids=["not masked", "reserved bits", "too long"],
)
async def test_what_the_protocol_forbids_closes_the_socket(raw: bytes, code: int) -> None:
    async with listening() as (ear, client):
        client.transport.write(raw)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(client.recv(), 25)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == code
        await asyncio.wait_for(ear.closed.wait(), 25)
        assert ear.heard == []


async def test_what_is_sent_arrives_in_order_whichever_way_it_goes() -> None:
    async with listening() as (ear, client):
        socket = ear.socket
        assert socket is not None
        await socket.send_text(b"one")
        await socket.send_text(b"x" * 126)
        await socket.send_text(b"y" * 70_000)
        await socket.send({"type": "websocket.send", "text": "two"})
        await socket.send_text(b"three")
        got = [await asyncio.wait_for(client.recv(), 5) for _ in range(5)]
        assert got == ["one", "x" * 126, "y" * 70_000, "two", "three"]


async def test_sending_after_the_client_went_is_an_error() -> None:
    async with listening() as (ear, client):
        await client.close()
        await asyncio.wait_for(ear.closed.wait(), 25)
        assert ear.socket is not None
        with pytest.raises(ConnectionError):
            await ear.socket.send_text(b"anybody there?")


async def test_who_does_not_read_is_waited_for_and_nothing_piles_up() -> None:
    piece, sent = b"z" * 60_000, 0
    async with listening() as (ear, client):
        socket = ear.socket
        assert socket is not None

        async def talk() -> None:
            nonlocal sent
            while True:
                await socket.send_text(b"%d " % sent + piece)
                sent += 1

        client.transport.pause_reading()
        talking = asyncio.create_task(talk())
        try:
            async with asyncio.timeout(25):
                while socket.writable.is_set():
                    await asyncio.sleep(0)
            stood = sent
            assert socket.transport.get_write_buffer_size() < 20 * len(piece)
            for _ in range(100):
                await asyncio.sleep(0)  # the loop goes on with everybody else, and they get nothing more
            assert sent == stood < 1000
            client.transport.resume_reading()
            got = [str(await asyncio.wait_for(client.recv(), 25)).split()[0] for _ in range(stood)]
            assert got == [str(number) for number in range(stood)]
        finally:
            talking.cancel()
            await asyncio.wait({talking})


async def test_a_refusal_that_says_try_again_is_no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def refuses(_, receive, send) -> None:
        await receive()
        await send({"type": "websocket.http.response.start", "status": 503, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})

    config = uvicorn.Config(refuses, port=0, ws=MediaSocket, lifespan="off", log_config=None)
    server = _Uvicorn(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/", proxy=None)
        assert refused.value.response.status_code == 503
    finally:
        server.should_exit = True
        await serving
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


class Listener:
    def __call__(self, text: bytes) -> None: ...


async def test_a_socket_that_is_closed_holds_nothing_of_a_call_and_is_gone() -> None:
    gc.disable()
    try:
        async with listening() as (ear, client):
            socket, listener = ear.socket, Listener()
            assert socket is not None
            assert socket.listen(listener)
            call, connection = weakref.ref(listener), weakref.ref(socket)
            del listener
            assert call() is not None
            await client.close()
            await asyncio.wait_for(ear.closed.wait(), 25)
            assert call() is None
            ear.socket = socket = None
        async with asyncio.timeout(25):
            while connection() is not None:
                await asyncio.sleep(0.01)
    finally:
        gc.enable()
