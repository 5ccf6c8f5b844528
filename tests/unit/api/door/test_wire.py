"""The wire: a real uvicorn, spoken to byte by byte by clients that mean no good."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
import uvicorn

from backend.api.door.wire import HEALTH_PATHS, WireLimits, wire_options

LIMITS = WireLimits(head_s=0.4, unread_s=0.4, idle=8, at_once=4)
PATIENCE_S = 25
UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class Place:
    """A server, and what it was asked."""

    port: int = 0
    server: uvicorn.Server | None = None
    seen: list[dict] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def __call__(self, scope, receive, send) -> None:
        self.seen.append(scope)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await receive()
            return
        if scope["path"] == "/held":
            await self.held.wait()
        if scope["path"] == "/long":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(200):
                await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
            return
        more = scope["method"] == "POST"
        while more:
            more = (await receive()).get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writers.append(writer)
        return reader, writer

    async def leave(self) -> None:
        for writer in self.writers:
            writer.transport.abort()
        for writer in self.writers:
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def ask(self, request: bytes) -> bytes:
        """What comes until the server closes, or has nothing more to say of one answer."""
        reader, writer = await self.connect()
        writer.write(request)
        return await until_closed(reader)

    @property
    def connections(self) -> int:
        return len(self.server.server_state.connections)


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    """Everything until the other side closes; it must."""
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE_S)
    except ConnectionError:
        return b""


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def place(limits: WireLimits = LIMITS) -> AsyncIterator[Place]:
    one = Place()
    config = uvicorn.Config(one, port=0, log_level="critical", **wire_options(limits))
    one.server = _Uvicorn(config)
    serving = asyncio.create_task(one.server.serve())
    await until(lambda: one.server.started)
    one.port = one.server.servers[0].sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        one.held.set()
        await one.leave()
        one.server.should_exit = True
        await serving


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (b"X: " + b"a" * 8_300 + b"\r\n", b"431"),
        (b"".join(b"X%d: 1\r\n" % n for n in range(130)), b"431"),
        (b"".join(b"X%d: " % n + b"a" * 4000 + b"\r\n" for n in range(12)), b"431"),
        (b"X: " + b"a" * 1_000_000 + b"\r\n", b"431"),
        (b"Transfer-Encoding: chunked\r\n", b"400"),
    ],
    ids=["line", "count", "sum", "megabyte", "body"],
)
async def test_an_upgrade_that_is_too_large_is_answered_and_closed(more: bytes, status: bytes) -> None:
    async with place() as one:
        answer = await one.ask(UPGRADE + more + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 " + status) or (not answer and len(more) > 500_000), answer[:100]
        await until(lambda: one.connections == 0)
        assert one.seen == []


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET http://evil.example/x HTTP/1.1\r\nHost: x", b"400"),
        (b"GET http://x:81/x HTTP/1.1\r\nHost: x", b"400"),
        (b"GET http://evil.example?/x HTTP/1.1\r\nHost: x", b"400"),
        (b"GET http://evil.example/x HTTP/1.1\r\nY: x", b"400"),
        (b"GET http://X/x HTTP/1.1\r\nHost: x", b"200"),
        (b"GET /http://evil.example/x HTTP/1.1\r\nHost: x", b"200"),
    ],
)
async def test_a_request_names_one_host(line: bytes, status: bytes) -> None:
    async with place() as one:
        answer = await one.ask(line + b"\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 " + status), answer[:100]


async def test_a_path_that_is_too_long_is_answered_and_closed() -> None:
    async with place() as one:
        for head in (UPGRADE, UPGRADE.partition(b"Upgrade")[0]):
            answer = await one.ask(head.replace(b"/ws", b"/" + b"a" * 9000) + b"\r\n")
            assert answer.startswith(b"HTTP/1.1 431")


async def test_an_upgrade_of_the_usual_size_is_let_in() -> None:
    async with place() as one:
        reader, writer = await one.connect()
        writer.write(UPGRADE + b"Authorization: Bearer " + b"a" * 6000 + b"\r\n\r\n")
        assert (await asyncio.wait_for(reader.readline(), PATIENCE_S)).startswith(b"HTTP/1.1 101")


async def test_a_header_that_never_ends_is_not_kept() -> None:
    async with place(replace(LIMITS, head_s=PATIENCE_S)) as one:
        reader, writer = await one.connect()
        writer.write(b"GET / HTTP/1.1\r\nX: ")
        sent = 0
        with contextlib.suppress(ConnectionError):
            while not reader.at_eof() and sent < 100_000_000:
                writer.write(b"a" * 65_536)
                sent += 65_536
                await writer.drain()
                await asyncio.sleep(0)
        assert sent < 10_000_000
        assert one.seen == []


async def test_a_second_request_behind_a_slow_first_has_the_same_limits() -> None:
    async with place(replace(LIMITS, head_s=PATIENCE_S)) as one:
        reader, writer = await one.connect()
        writer.write(b"GET /held HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX: ")
        sent = 0
        with contextlib.suppress(ConnectionError):
            while not reader.at_eof() and sent < 50_000_000:
                writer.write(b"a" * 65_536)
                sent += 65_536
                await writer.drain()
                await asyncio.sleep(0)
        assert sent < 10_000_000


async def test_trailers_are_no_headers_and_no_place_for_bytes() -> None:
    async with place() as one:
        post = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
        reader, writer = await one.connect()
        writer.write(post + b"Authorization: Bearer k\r\n\r\n")
        assert (await asyncio.wait_for(reader.readline(), PATIENCE_S)).startswith(b"HTTP/1.1 200")
        assert b"authorization" not in dict(one.seen[0]["headers"])
        answer = await one.ask(post + b"".join(b"X%d: " % n + b"a" * 4000 + b"\r\n" for n in range(12)) + b"\r\n")
        assert b" 431 " in answer or b" 200 " not in answer


@pytest.mark.parametrize(
    "drips",
    [(), (b"\r\n",), (b"GET / HT", b"TP/1.1\r\nA: ", b"1\r\nB: "), (UPGRADE[:60],)],
    ids=["silent", "empty lines", "slow head", "slow upgrade"],
)
async def test_who_sends_no_whole_head_in_time_is_closed(drips: tuple[bytes, ...]) -> None:
    async with place() as one:
        reader, writer = await one.connect()

        async def drip() -> None:
            for part in drips * 1000:
                writer.write(part)
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        answer = await until_closed(reader)
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 431", b"HTTP/1.1 400"))
        await until(lambda: one.connections == 0)


async def test_empty_lines_between_requests_buy_no_time() -> None:
    async with place() as one:
        reader, writer = await one.connect()
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"ok"), PATIENCE_S)

        async def drip() -> None:
            while True:
                writer.write(b"\r\n")
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        await until_closed(reader)
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)


async def test_idle_connections_keep_nobody_out_and_the_oldest_go() -> None:
    limits = replace(LIMITS, head_s=PATIENCE_S)
    async with place(limits) as one:
        idle = [await one.connect() for _ in range(420)]
        await until(lambda: len(idle) - sum(reader.at_eof() for reader, _ in idle) <= limits.idle)
        answer = await one.ask(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200")


async def test_probes_are_answered_when_the_server_is_full() -> None:
    async with place() as one:
        held = [await one.connect() for _ in range(LIMITS.at_once)]
        for _, writer in held:
            writer.write(b"GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
        await until(lambda: len(one.seen) == LIMITS.at_once)
        close = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert (await one.ask(b"GET /api/v1/calls" + close)).startswith(b"HTTP/1.1 503")
        assert (await one.ask(UPGRADE + b"\r\n")).startswith(b"HTTP/1.1 503")
        for path in HEALTH_PATHS:
            assert (await one.ask(b"GET " + path.encode() + b"?x=1" + close)).startswith(b"HTTP/1.1 200")


async def test_who_does_not_read_an_answer_is_closed() -> None:
    async with place() as one:
        _, writer = await one.connect()
        writer.transport.pause_reading()
        writer.write(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        await until(lambda: len(one.seen) == 1)
        await until(lambda: one.connections == 0 and not one.server.server_state.tasks)


async def test_a_connection_is_used_again() -> None:
    async with place() as one:
        reader, writer = await one.connect()
        for n in range(3):
            writer.write(b"POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" % n)
            await asyncio.wait_for(reader.readuntil(b"ok"), PATIENCE_S)
        assert [scope["path"] for scope in one.seen] == ["/0", "/1", "/2"]
