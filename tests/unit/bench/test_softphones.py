"""A softphone of the benchmark: it answers what it is asked, and counts where the voice falls silent."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

from backend.testing.virtual_time import run_virtual
from bench.softphone_caller import Heard, SoftphoneCaller
from bench.softphones import table
from local_azure.phone.persona import load_persona

PERSONA = load_persona(Path("tests/personas/rear_end"))
ASKED = "Thank you for calling. How can I help you today?"


class Socket:
    """The server's side of one, as it is written down here."""

    def __init__(self, *told: tuple[float, bytes | dict[str, Any]]) -> None:
        self._told = told
        self.closed = False
        self.sent: list[dict[str, Any]] = []
        self.loud = 0

    async def __aiter__(self) -> AsyncIterator[aiohttp.WSMessage]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for at, what in self._told:
            await asyncio.sleep(max(0.0, began + at - loop.time()))
            binary = isinstance(what, bytes)
            kind = aiohttp.WSMsgType.BINARY if binary else aiohttp.WSMsgType.TEXT
            yield aiohttp.WSMessage(kind, what if binary else json.dumps(what), None)

    async def send_str(self, text: str) -> None:
        self.sent.append(json.loads(text))

    async def send_bytes(self, pcm: bytes) -> None:
        assert len(pcm) == 640
        self.loud += any(pcm)


def call(*told: tuple[float, bytes | dict[str, Any]]) -> tuple[Heard, Socket, list[str]]:
    async def story() -> tuple[Heard, Socket, list[str]]:
        socket, announced = Socket(*told), list[str]()
        caller = SoftphoneCaller(socket, PERSONA, lambda _, text: announced.append(text))  # type: ignore[arg-type]
        return await caller.run(60), socket, announced

    return run_virtual(story())


def voice(first: float, *, frames: int = 25, late: float = 0.0) -> list[tuple[float, bytes | dict[str, Any]]]:
    """A stretch of voice as it comes; half way through it comes late."""
    return [(first + place * 0.02 + (late if place >= frames // 2 else 0.0), bytes(640)) for place in range(frames)]


def test_it_answers_once_the_agent_has_asked_and_tells_how_long_it_waited() -> None:
    heard, socket, announced = call(
        *voice(1.0), (1.6, {"type": "agent", "segment": "1", "text": ASKED, "final": True}), *voice(12.0),
        (13.0, {"type": "turn", "waits": {"first_frame_ms": 640}}), (14.0, {"type": "form", "status": "filed"}),
        (15.0, {"type": "end", "outcome": "completed"}),
    )  # fmt: skip
    assert (heard.outcome, heard.filed, heard.said, heard.gaps) == ("completed", True, 1, 0)
    assert announced == [PERSONA.find("greeting").text]  # type: ignore[union-attr]
    assert socket.loud > 50
    assert heard.waits_ms == [640] and len(heard.answers_ms) == 1
    assert socket.sent[0] == {"type": "hello", "line": "insurance", "rate": 16_000}
    assert max(one["ms"] for one in socket.sent if one["type"] == "played") == 1000


def test_a_voice_that_comes_late_has_a_gap_and_one_that_begins_anew_has_none() -> None:
    heard, *_ = call(*voice(1.0, late=0.1), *voice(3.0), (5.0, {"type": "end", "outcome": "completed"}))
    assert heard.gaps == 1
    heard, *_ = call(*voice(1.0), *voice(3.0), (5.0, {"type": "end", "outcome": "completed"}))
    assert heard.gaps == 0


def test_whose_time_is_over_hangs_up() -> None:
    heard, socket, _ = call((100.0, {"type": "end", "outcome": "completed"}))
    assert heard.outcome == "" and socket.sent[-1] == {"type": "bye"}


def test_all_of_them_together() -> None:
    one, other = (
        Heard("a", "completed", filed=True, answers_ms=[600.0]),
        Heard("b", late_ms=[80.0], broke="call.refused"),
    )
    found = table([one, other])
    assert (found["answered"], found["filed"], found["over"], found["gaps_over_60_ms"]) == (1, 1, 1, 1)
    assert found["broke"] == ["b: call.refused"]
