"""``ringmaster talk``: speaks with a running server's agents by microphone, in the terminal (docs/softphone.md)."""

import asyncio
import sys
import threading
from collections.abc import Mapping
from typing import Annotated, Any

import aiohttp
import typer

from backend.adapters.terminal.printer import Printer
from backend.adapters.terminal.screen import screen
from backend.api.door.local_key import key_for
from backend.cli.guard import guarded
from backend.cli.leaving import say_bye
from backend.cli.loudspeaker import Loudspeaker
from backend.cli.server_event import server_event
from backend.cli.sound_card import SoundCard, sound_card
from backend.cli.talk_view import TalkView
from backend.errors import ConfigError
from config import Settings

__all__ = ["TalkSession", "talk"]

_RATE = 16_000
_CONNECT_S = 10.0
_PLAYED_S = 0.2
_MOST_FRAMES = 100
"""Two seconds of the microphone; what the network is too slow for is left out."""
_LONGEST = 1000
_KEYS = frozenset("0123456789*#")
_LAST_WORDS_S = 10.0


def talk(
    line: Annotated[str, typer.Option(help="Line to call. Default: the first line.")] = "",
    caller: Annotated[str, typer.Option("--from", help="Number of the caller, such as +13125550142.")] = "",
    agent: Annotated[str, typer.Option(help="Agent that answers. Default: the line's own.")] = "",
    server: Annotated[
        str, typer.Option(help="Address of the server. Default: http:// with HOST and PORT of the settings.")
    ] = "",
    api_key: Annotated[str, typer.Option(envvar="API_KEY", help="API key. Default: API_KEY of the settings.")] = "",
) -> None:
    """Speak with the agents of a running server by microphone. What you type is said, too; keys are pressed.

    The call is stored as a test. Ctrl-C or Ctrl-D hangs up.
    """

    def run(settings: Settings) -> None:
        connections = settings.connections
        given = api_key or settings.security.api_key.get_secret_value()
        address = server or f"http://{connections.host}:{connections.port}"
        wish = {key: value for key, value in (("line", line), ("caller", caller), ("agent", agent)) if value}
        printer = Printer(screen())
        try:
            asyncio.run(TalkSession(address, wish, key_for(address, given), printer).run())
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        finally:
            printer.close()

    guarded(run)


class TalkSession:
    """One call.

    Args:
        server: its address.
        wish: what ``hello`` says besides the rate: line, caller, agent.
        api_key: the key to show; may be empty.
        printer: where the call is shown.
        card: opens microphone and loudspeaker.
        typed: lines from the keyboard; read from the terminal unless given.
    """

    def __init__(
        self,
        server: str,
        wish: Mapping[str, str],
        api_key: str,
        printer: Printer,
        card: SoundCard = sound_card,
        typed: asyncio.Queue[str] | None = None,
    ) -> None:
        self._server = server.rstrip("/")
        self._wish = wish
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._view = TalkView(printer)
        self._card = card
        self._typed = typed
        self._loudspeaker = Loudspeaker(_RATE)
        self._over = False
        """Has the call ended, by either side?"""
        self._failure = ""

    async def run(self) -> None:
        """Speak until the call is over.

        Raises:
            ConfigError: there is no microphone, no server there, or it does not take the call.
        """
        loop = asyncio.get_running_loop()
        microphone: asyncio.Queue[bytes] = asyncio.Queue(_MOST_FRAMES)

        def note(pcm: bytes) -> None:
            if not microphone.full():
                microphone.put_nowait(pcm)

        def heard(pcm: bytes) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(note, pcm)

        with self._card(_RATE, heard, self._loudspeaker):
            async with aiohttp.ClientSession(headers=self._headers) as web:
                socket = await self._connected(web)
                tasks = [
                    loop.create_task(work)
                    for work in (self._send(socket, microphone), self._tell_played(socket), self._type(socket))
                ]
                try:
                    await self._receive(socket)
                    await self._hear_last_words()
                except asyncio.CancelledError:  # Ctrl-C
                    await say_bye(socket)
                    raise
                finally:
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
                    await socket.close()

    async def _connected(self, web: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        try:
            async with asyncio.timeout(_CONNECT_S):
                socket = await web.ws_connect(f"{self._server}/api/v1/realtime")
                await socket.send_json({"type": "hello", "rate": _RATE, **self._wish})
                return socket
        except aiohttp.WSServerHandshakeError as error:
            raise ConfigError(_refusal(self._server, error.status)) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise ConfigError(f"no server answers at {self._server}; `ringmaster dev` starts one") from error

    # -- what comes -----------------------------------------------------------------------

    async def _receive(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type == aiohttp.WSMsgType.BINARY:
                self._loudspeaker.put(message.data)
            elif message.type == aiohttp.WSMsgType.TEXT:
                self._take(server_event(self._server, message.data))
        if not self._over:
            why = self._failure or f"the server closed it ({socket.close_code})"
            raise ConfigError(f"the call broke off: {why}")

    async def _hear_last_words(self) -> None:
        """The goodbye is heard to its end."""
        await asyncio.sleep(min(_LAST_WORDS_S, self._loudspeaker.waiting_s))

    def _take(self, event: Mapping[str, Any]) -> None:
        match event["type"]:
            case "clear":
                self._loudspeaker.clear()
            case "error":
                self._failure = str(event.get("message", ""))
            case "end":
                self._over = True
            case _:
                pass
        self._view.show(event)

    # -- what goes ------------------------------------------------------------------------

    @staticmethod
    async def _send(socket: aiohttp.ClientWebSocketResponse, microphone: asyncio.Queue[bytes]) -> None:
        while True:
            await socket.send_bytes(await microphone.get())

    async def _tell_played(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        told = 0
        while True:
            await asyncio.sleep(_PLAYED_S)
            if (played := self._loudspeaker.played_ms) != told:
                told = played
                await socket.send_json({"type": "played", "ms": played})

    async def _type(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Typed words are said; a line of keys presses them; the end of what is typed hangs up."""
        typed = self._typed or _keyboard()
        while (words := await typed.get()) != "":
            words = words.strip()[:_LONGEST]
            if words and _KEYS.issuperset(words):
                for key in words:
                    await socket.send_json({"type": "key", "key": key})
            elif words:
                await socket.send_json({"type": "text", "text": words})
        self._over = True
        await socket.send_json({"type": "bye"})


def _keyboard() -> asyncio.Queue[str]:
    """Lines from a thread of their own, so that the end of a call need not wait for the next one; "" is the end."""
    loop, typed = asyncio.get_running_loop(), asyncio.Queue[str](100)
    if not sys.stdin.isatty():
        return typed  # nobody types

    def read() -> None:
        try:
            for line in sys.stdin:
                asyncio.run_coroutine_threadsafe(typed.put(line), loop).result()
            asyncio.run_coroutine_threadsafe(typed.put(""), loop).result()
        except (RuntimeError, asyncio.CancelledError):
            return  # the call is over

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    return typed


def _refusal(server: str, status: int) -> str:
    if status in (401, 403):
        return (
            "the server does not let you in; run this in the folder of `make run`, or set API_KEY or --api-key to a "
            "key of the role operator"
        )
    return f"the server at {server} takes no calls by microphone (HTTP {status})"
