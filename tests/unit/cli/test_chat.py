"""``ringmaster chat``: what it makes of a server that goes away, and of another program at the server's address."""

import asyncio
import io
import json
from collections.abc import AsyncGenerator

import pytest
from aiohttp import web
from rich.console import Console

from backend.cli.chat import _Terminal
from backend.errors import ConfigError

SESSION = '{"type": "session", "session": "chat-1", "line": "main", "agent": "auth"}'


class Server:
    """A server's end of ``/api/v1/chat``: tells what it is to tell, and closes."""

    def __init__(self) -> None:
        self.tells: list[str | bytes] = []
        self.listens = False
        self.heard: list[object] = []
        self.left = asyncio.Event()
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for one in self.tells:
            await (socket.send_bytes(one) if isinstance(one, bytes) else socket.send_str(one))
        if self.listens:
            self.heard = [json.loads(message.data) async for message in socket]
            self.left.set()
        await socket.close(code=1012)
        return socket


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    made = Server()
    application = web.Application()
    application.router.add_get("/api/v1/chat", made.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def terminal_of(server: Server) -> _Terminal:
    """Where nobody types."""
    terminal = _Terminal(server.url, {}, "")
    terminal._console = Console(file=io.StringIO(), width=200)
    terminal._listen_to_keyboard = lambda: None  # pyright: ignore[reportAttributeAccessIssue]
    return terminal


async def chatted(server: Server) -> str:
    """What is shown of a chat with a server."""
    terminal = terminal_of(server)
    await terminal.run()
    assert isinstance(terminal._console.file, io.StringIO)
    return terminal._console.file.getvalue()


@pytest.mark.parametrize(
    ("tells", "why"),
    [
        ([], "the server closed it (1012)"),
        ([SESSION], "the server closed it (1012)"),
        ([SESSION, '{"type": "error", "code": "x", "message": "your key was taken back"}'], "your key was taken back"),
    ],
)
async def test_a_chat_that_breaks_off_has_not_ended_well(server: Server, tells: list[str | bytes], why: str) -> None:
    server.tells = tells
    with pytest.raises(ConfigError) as error:
        await chatted(server)
    assert str(error.value) == f"the chat broke off: {why}"


@pytest.mark.parametrize("tells", ["hello", "[]", "{}", '{"type": 1}', b"\x00\x01", "[" * 100_000])
async def test_another_program_at_the_address_is_called_so(server: Server, tells: str | bytes) -> None:
    server.tells = [tells]
    with pytest.raises(ConfigError, match="is no server of Ringmaster"):
        await chatted(server)


async def test_nothing_that_is_said_moves_the_cursor(server: Server) -> None:
    said = '{"type": "%s", "agent": "auth", "text": "Hello\\u001b[2J\\u0007 there", "message": "no\\u001b[2J"}'
    server.tells = [SESSION, said % "token", said % "said", said % "error", '{"type": "over", "outcome": "completed"}']
    shown = await chatted(server)
    assert "Hello" in shown
    assert "\x1b" not in shown and "\x07" not in shown


async def test_who_presses_ctrl_c_has_left_the_chat(server: Server) -> None:
    """It would stay open, and count, until nobody has written for long."""
    server.tells, server.listens = [SESSION, '{"type": "ready"}'], True
    terminal = terminal_of(server)
    chat = asyncio.create_task(terminal.run())
    async with asyncio.timeout(10):
        while not terminal._begun:
            await asyncio.sleep(0.01)
        chat.cancel()
        await asyncio.gather(chat, return_exceptions=True)
        await server.left.wait()
    assert server.heard == [{"type": "bye"}]
