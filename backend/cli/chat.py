"""``ringmaster chat``: speaks with a running server's agents in the terminal."""

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import aiohttp
import typer

from backend.adapters.terminal.screen import as_written, screen
from backend.api.door.local_key import key_for
from backend.cli.guard import guarded
from backend.cli.leaving import say_bye
from backend.cli.server_event import server_event
from backend.errors import ConfigError
from config import Settings

__all__ = ["chat"]

_CONNECT_S = 10.0
_LONGEST = 2000


def chat(
    line: Annotated[str, typer.Option(help="Line to chat on. Default: the first line.")] = "",
    to: Annotated[str, typer.Option(help="Number of the line, instead of its name, such as +18005550100.")] = "",
    server: Annotated[
        str, typer.Option(help="Address of the server. Default: http:// with HOST and PORT of the settings.")
    ] = "",
    api_key: Annotated[str, typer.Option(envvar="API_KEY", help="API key. Default: API_KEY of the settings.")] = "",
) -> None:
    """Chat with the agents of a running server. The chat is stored as a test. An empty line or Ctrl-D ends it."""

    def run(settings: Settings) -> None:
        connections = settings.connections
        given = api_key or settings.security.api_key.get_secret_value()
        address = server or f"http://{connections.host}:{connections.port}"
        wanted = {key: value for key, value in (("line", line), ("to", to)) if value} | {"test": "true"}
        try:
            asyncio.run(_Terminal(address, wanted, key_for(address, given)).run())
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    guarded(run)


class _Terminal:
    """The reader's side of a chat."""

    def __init__(self, server: str, wanted: dict[str, str], api_key: str) -> None:
        self._server = server.rstrip("/")
        self._wanted = wanted
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._console = screen()
        self._typed: asyncio.Queue[str] = asyncio.Queue(100)
        self._in_words = False
        self._begun = self._over = False
        self._failure = ""

    async def run(self) -> None:
        """Chat until it is over.

        Raises:
            ConfigError: no server answers there, it does not take the chat, or it went away in the middle of it.
        """
        async with self._connected() as socket:
            self._listen_to_keyboard()
            typing: asyncio.Task[None] | None = None
            try:
                async for message in socket:
                    event = server_event(self._server, message.data)
                    if event["type"] == "error" and not self._begun:
                        raise ConfigError(event["message"])
                    self._begun = True
                    if event["type"] == "ready" and (typing is None or typing.done()):
                        typing = asyncio.create_task(self._ask(socket))
                    self._show(event)
            except asyncio.CancelledError:  # Ctrl-C
                await say_bye(socket)
                raise
            finally:
                if typing is not None:
                    typing.cancel()
                    await asyncio.gather(typing, return_exceptions=True)
            if not self._over:
                why = self._failure or f"the server closed it ({socket.close_code})"
                raise ConfigError(f"the chat broke off: {why}")

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[aiohttp.ClientWebSocketResponse]:
        async with aiohttp.ClientSession(headers=self._headers) as web:
            try:
                async with asyncio.timeout(_CONNECT_S):
                    socket = await web.ws_connect(f"{self._server}/api/v1/chat", params=self._wanted)
            except aiohttp.WSServerHandshakeError as error:
                raise ConfigError(_refusal(self._server, error.status)) from error
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise ConfigError(f"no server answers at {self._server}; `ringmaster dev` starts one") from error
            try:
                yield socket
            finally:
                await socket.close()

    async def _ask(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._console.print("[bold]you:[/] ", end="")
        words = (await self._typed.get()).strip()
        if not sys.stdin.isatty():
            self._console.print(words, markup=False)
        await socket.send_json({"type": "say", "text": words[:_LONGEST]} if words else {"type": "bye"})

    def _listen_to_keyboard(self) -> None:
        """Lines come from a thread of their own, so that the end of a chat need not wait for the next one."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            for typed in sys.stdin:
                asyncio.run_coroutine_threadsafe(self._typed.put(typed), loop).result()
            asyncio.run_coroutine_threadsafe(self._typed.put(""), loop).result()

        def listen() -> None:
            try:
                read()
            except (RuntimeError, asyncio.CancelledError):
                return  # the chat is over

        threading.Thread(target=listen, name="keyboard", daemon=True).start()

    def _show(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "token":
                if not self._in_words:
                    self._console.print(f"[cyan]{event['agent']}:[/] ", end="")
                self._in_words = True
                self._console.print(*as_written(event["text"]), end="", soft_wrap=True)
            case "said":
                if not self._in_words:
                    self._console.print(f"[cyan]{event['agent']}:[/] ", end="")
                    self._console.print(*as_written(event["text"]), end="", soft_wrap=True)
                self._console.print()
                self._in_words = False
            case "tool":
                self._console.print(f"  {event['name']} {'done' if event['ok'] else 'not done'}", style="dim")
            case "agent":
                self._console.print(f"  handed over to {event['agent']}", style="dim")
            case "error":
                self._failure = str(event["message"])
                self._console.print(*as_written(f"  {self._failure}"), style="red")
            case "over":
                self._over = True
                self._console.print(f"[dim]the chat is over: {event['outcome']}[/]")
            case _:
                pass


def _refusal(server: str, status: int) -> str:
    if status in (401, 403):
        return (
            "the server does not let you in; run this in the folder of `make run`, or set API_KEY or --api-key to the "
            "key of its operations API"
        )
    return f"the server at {server} takes no chats (HTTP {status})"
