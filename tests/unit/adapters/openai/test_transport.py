"""The transport of the model's SDK, against a host that does as each test says."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest

from backend.adapters.openai.transport import ModelTransport, model_transport

Does = Callable[[asyncio.StreamWriter], Awaitable[None]]

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


def piece(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@asynccontextmanager
async def host(does: Does) -> AsyncGenerator[tuple[str, list[bytes]]]:
    """Does the same for every request; gives its address and, of each connection, its requests."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = len(asked)
        asked.append(b"")
        try:
            while True:
                asked[number] += await reader.readuntil(b"\r\n\r\n")
                await does(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


def client(read_s: float = 5.0) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=ModelTransport(), timeout=httpx2.Timeout(5.0, read=read_s))


async def test_pieces_are_given_as_they_come() -> None:
    goes_on = asyncio.Event()

    async def does(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + piece(b"one"))
        await goes_on.wait()
        writer.write(piece(b"two") + END)

    async with host(does) as (url, asked), client() as web, web.stream("GET", f"{url}/a%20b?c=d%2Fe") as answer:
        got = list[bytes]()
        async for data in answer.aiter_raw():
            got.append(data)
            goes_on.set()
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream")
    assert got == [b"one", b"two"]
    assert asked[0].startswith(b"GET /a%20b?c=d%2Fe HTTP/1.1\r\n")


async def test_a_body_and_its_headers_are_sent_as_they_are() -> None:
    bodies: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(7))
        writer.write(b"HTTP/1.1 429 Slow down\r\nretry-after: 3\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, client() as web:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        answer = await web.post(url, content=b'{"a":1}', headers={"api-key": "k", "content-type": "application/json"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    head, _, body = bodies[0].lower().partition(b"\r\n\r\n")
    assert body == b'{"a":1}'
    lines = head.split(b"\r\n")
    assert {b"api-key: k", b"content-type: application/json", b"content-length: 7"} <= set(lines)
    assert [line.split(b":")[0] for line in lines].count(b"host") == 1


async def test_a_connection_is_used_again_after_a_whole_answer_and_closed_after_half_of_one() -> None:
    async def does(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + piece(b"one") + END)

    async with host(does) as (url, asked), client() as web:
        for _ in range(3):
            assert (await web.get(url)).text == "one"
        assert len(asked) == 1

    async def does_half(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + piece(b"one"))

    async with host(does_half) as (url, asked), client() as web:
        for _ in range(2):
            async with web.stream("GET", url) as answer:
                assert await anext(answer.aiter_raw()) == b"one"
        assert len(asked) == 2


async def hangs_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def breaks_off(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + piece(b"one"))
    writer.close()


async def talks_nonsense(writer: asyncio.StreamWriter) -> None:
    writer.write(b"this is no HTTP\r\n\r\n")


async def falls_silent(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + piece(b"one"))


async def says_nothing(_: asyncio.StreamWriter) -> None: ...


@pytest.mark.parametrize(
    ("does", "error"),
    [
        (hangs_up, httpx2.RemoteProtocolError),
        (breaks_off, httpx2.RemoteProtocolError),
        (talks_nonsense, httpx2.RemoteProtocolError),
        (falls_silent, httpx2.ReadTimeout),
        (says_nothing, httpx2.ReadTimeout),
    ],
)
async def test_what_goes_wrong_is_told_as_the_sdk_knows_it(does: Does, error: type[Exception]) -> None:
    async with host(does) as (url, _), client(read_s=0.05) as web:
        with pytest.raises(error):
            await web.get(url)


async def test_a_host_that_takes_no_connection_is_no_slow_one() -> None:
    async with host(hangs_up) as (url, _):
        pass
    async with client() as web:
        with pytest.raises(httpx2.ConnectError):
            await web.get(url)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
def test_the_way_through_a_proxy_is_left_to_the_sdk(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for known in ("http", "https", "all"):
        monkeypatch.delenv(f"{known}_proxy", raising=False)
        monkeypatch.delenv(f"{known}_proxy".upper(), raising=False)
    assert model_transport() is not None
    monkeypatch.setenv(name, "http://proxy.example:8080")
    assert model_transport() is None
