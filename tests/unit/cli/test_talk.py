"""``ringmaster talk``: what goes from the microphone to the server, and what comes back, on a socket of its own."""

import asyncio
import io
import json
import sys
import types
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from aiohttp import WSMsgType, web
from rich.console import Console

from backend.adapters.terminal.printer import Printer
from backend.cli.echo_canceller import EchoCanceller
from backend.cli.loudspeaker import Loudspeaker
from backend.cli.sound_card import sound_card
from backend.cli.talk import TalkSession
from backend.errors import ConfigError
from local_azure.ports import free_port

FRAME = b"\x01\x00" * 320
VOICE = b"\x02\x00" * 320


class Server:
    """A server's end of ``/api/v1/realtime``, which does as it is told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.heard = bytearray()
        self.plays: list[dict[str, Any] | bytes] = []
        self.until: Callable[[], bool] = lambda: True
        self.ends = True
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != "Bearer key":
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for one in self.plays:
            await (socket.send_bytes(one) if isinstance(one, bytes) else socket.send_json(one))
        async for message in socket:
            if message.type == WSMsgType.BINARY:
                self.heard += message.data
            else:
                self.told.append(json.loads(message.data))
            if self.until():
                break
        if self.ends:
            await socket.send_json({"type": "end", "outcome": "completed", "detail": ""})
        await socket.close()
        return socket

    def types(self) -> list[str]:
        return [message["type"] for message in self.told]


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    made = Server()
    application = web.Application()
    application.router.add_get("/api/v1/realtime", made.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    made.url = f"http://127.0.0.1:{port}"
    yield made
    await runner.cleanup()


class Card:
    """A microphone that hears some frames, and a loudspeaker that plays when it is let."""

    def __init__(self, frames: int = 3) -> None:
        self.frames = frames
        self.loudspeaker: Loudspeaker | None = None
        self.open = False

    @contextmanager
    def __call__(self, rate: int, heard: Callable[[bytes], None], loudspeaker: Loudspeaker) -> Generator[None]:
        assert rate == 16_000
        self.loudspeaker, self.open = loudspeaker, True
        for _ in range(self.frames):
            heard(FRAME)
        try:
            yield
        finally:
            self.open = False


async def talk(server: Server, card: Card, *typed: str, key: str = "key", **wish: str) -> str:
    """Have a call, and give what the terminal shows."""
    screen, lines = io.StringIO(), asyncio.Queue[str]()
    printer = Printer(Console(file=screen, width=100))
    for line in typed:
        lines.put_nowait(line)
    try:
        async with asyncio.timeout(10):
            await TalkSession(server.url, wish, key, printer, card, lines).run()
    finally:
        await asyncio.to_thread(printer.close)
    assert not card.open
    return screen.getvalue()


async def test_the_microphone_goes_out_and_the_call_is_shown(server: Server) -> None:
    server.plays = [
        {"type": "call", "call_id": "c1", "line": "insurance", "agent": ""},
        {"type": "speaks", "agent": "auth"},
        {"type": "caller", "segment": "1", "text": "my na", "final": False},
        {"type": "caller", "segment": "1", "text": "my name is john", "final": True},
        {"type": "tool", "turn": 1, "name": "verify_caller", "ok": None},
        {"type": "tool", "turn": 1, "name": "verify_caller", "ok": True},
        {"type": "speaks", "agent": "fnol_intake"},
        {"type": "agent", "segment": "a", "text": "What happened?", "final": True},
        {"type": "turn", "turn": 1, "waits": {"first_frame_ms": 840.0}},
        {"type": "transfer", "to": "+18005550199", "context": {}},
    ]
    server.until = lambda: len(server.heard) >= 3 * len(FRAME)
    shown = await talk(server, Card(), line="insurance", caller="+13125550142")
    assert server.told[0] == {"type": "hello", "rate": 16_000, "line": "insurance", "caller": "+13125550142"}
    assert bytes(server.heard) == FRAME * 3
    rows = [" ".join(row.split()) for row in shown.splitlines()]
    assert rows == [
        "call insurance, c1",
        "understood my name is john",
        "tool verify_caller → done",
        "hand-off auth → fnol_intake",
        "fnol_intake What happened?",
        "wait 0.84 s",
        "transfer a telephone would now be connected to +18005550199",
        "ended completed",
    ]


async def test_typed_words_are_said_keys_are_pressed_and_the_end_hangs_up(server: Server) -> None:
    server.until = lambda: "bye" in server.types()
    server.ends = False
    await talk(server, Card(0), "hello there\n", "\n", "1#\n", "")
    assert server.told[1:] == [
        {"type": "text", "text": "hello there"},
        {"type": "key", "key": "1"},
        {"type": "key", "key": "#"},
        {"type": "bye"},
    ]


async def test_what_was_interrupted_is_not_played_and_how_far_the_voice_has_come_is_told(server: Server) -> None:
    card = Card(0)
    server.plays = [VOICE * 50, {"type": "clear"}, VOICE]

    server.until = lambda: False
    call = asyncio.create_task(talk(server, card))
    async with asyncio.timeout(30):
        while card.loudspeaker is None or card.loudspeaker.waiting_s != 0.02:  # a second came, and was thrown away
            await asyncio.sleep(0.01)
        assert card.loudspeaker.take(len(VOICE)) == VOICE
        while {"type": "played", "ms": 1020} not in server.told:
            await asyncio.sleep(0.01)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    async with asyncio.timeout(10):
        while server.types()[-1] != "bye":  # Ctrl-C hangs up: nobody waits for this caller to come back
            await asyncio.sleep(0.01)


async def test_a_call_that_is_not_taken_says_why(server: Server) -> None:
    server.plays, server.ends = [{"type": "error", "code": "call.refused", "message": "the line is full"}], False
    with pytest.raises(ConfigError, match="broke off: the line is full"):
        await talk(server, Card())
    with pytest.raises(ConfigError, match="key of the role operator"):
        await talk(server, Card(), key="")
    server.url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ConfigError, match="no server answers"):
        await talk(server, Card())


class Devices(types.ModuleType):
    """The sound library, as far as it is used."""

    class PortAudioError(Exception):
        """Its own error."""

    def __init__(self, *, lacking: str = "") -> None:
        super().__init__("sounddevice")
        self.lacking = lacking
        self.streams: list[Any] = []

    def query_devices(self, kind: str) -> None:
        if kind == self.lacking:
            raise ValueError("no such device")

    @contextmanager
    def RawOutputStream(self, callback: Any, **shape: Any) -> Generator[None]:
        if self.lacking == "both":
            raise self.PortAudioError("device unavailable")
        self.streams.append((callback, shape))
        yield

    RawInputStream = RawOutputStream


@pytest.mark.parametrize(
    ("devices", "told"),
    [
        (None, "package sounddevice is needed"),
        (Devices(lacking="input"), "no microphone"),
        (Devices(lacking="output"), "no loudspeaker"),
        (Devices(lacking="both"), "cannot be used: device unavailable"),
    ],
)
def test_a_machine_without_sound_says_what_it_lacks(devices: Any, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", devices)
    with pytest.raises(ConfigError, match=told), sound_card(16_000, lambda _: None, Loudspeaker(16_000)):
        pytest.fail("it was opened")


def test_the_sound_card_plays_what_waits_and_gives_what_it_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    devices, heard, loudspeaker = Devices(), [], Loudspeaker(16_000)
    monkeypatch.setitem(sys.modules, "sounddevice", devices)
    loudspeaker.put(VOICE)
    with sound_card(16_000, heard.append, loudspeaker):
        (play, shape), (listen, _) = devices.streams
        assert shape == {"samplerate": 16_000, "blocksize": 320, "channels": 1, "dtype": "int16"}
        out = bytearray(640)
        play(out, 320, None, None)
        listen(FRAME, 320, None, None)
    assert bytes(out) == VOICE and [len(frame) for frame in heard] == [640]


def test_a_loudspeaker_is_silent_where_there_is_nothing_and_drops_what_is_too_much() -> None:
    loudspeaker = Loudspeaker(16_000)
    loudspeaker.put(b"\x01\x02" * 3)
    assert loudspeaker.take(4) == b"\x01\x02" * 2
    assert loudspeaker.take(4) == b"\x01\x02\x00\x00" and loudspeaker.played_ms == 0
    for _ in range(2000):
        loudspeaker.put(VOICE)
    assert loudspeaker.waiting_s == 30 and loudspeaker.dropped == 500 * len(VOICE)


def test_an_agent_does_not_hear_itself() -> None:
    canceller, rng = EchoCanceller(16_000, delay_ms=20), np.random.default_rng(1)
    played = (rng.normal(0, 3000, 16_000 * 4)).astype(np.int16)
    echo = np.concatenate([np.zeros(320, np.int16), played[:-320] // 2])
    left = bytearray()
    for at in range(0, len(played), 320):
        canceller.played(played[at : at + 320].tobytes())
        left += canceller.clean(echo[at : at + 320].tobytes())
    last = np.frombuffer(bytes(left), np.int16)[-16_000:].astype(float)
    before = echo[-16_000:].astype(float)
    assert np.sqrt(np.mean(last**2)) < 0.1 * np.sqrt(np.mean(before**2))
