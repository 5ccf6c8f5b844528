"""What one frame and one turn may cost, in calls and in memory: counted, so that no busy machine can change it.

A budget that is too small for a change that is worth it is raised here, with the change. ``make profile`` shows where
calls come from.
"""

import asyncio
import gc
import sys
import tracemalloc
import wave
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, cast

import numpy as np
import pytest

from backend.adapters.openai.chat_model import ModelAddress, OpenAiChatModel
from backend.agents.sandbox import forget_compiled
from backend.agents.spec_file import forget_specs
from backend.agents.store import load_store
from backend.agents.uses import uses_of, walked
from backend.agents.yaml_file import forget_yaml
from backend.domain.agent import TurnsSpec
from backend.domain.model import ChatMessage, ModelRequest
from backend.domain.speech import Final, Partial
from backend.engine.conversation.interruption import confirms
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import tool_names
from bench.media_path import MediaPath, media_path, packed
from bench.probe import CallProbe
from local_azure.phone.phone import Phone
from local_azure.soundbook import SoundBook
from local_azure.voices import Voices
from tests.bench.store_load import write_store

FRAME_S = 0.02
SILENCE = np.random.default_rng(1).normal(0, 25, 16_000 * 4).astype(np.int16).tobytes()
CALLER = Path("tests/personas/rear_end/what.wav")


NOT_OURS = ("/asyncio/", "/selectors.py", "/testing/virtual_time.py", "/bench/", "/contextlib.py")
"""Of the loop of the tests, which is not the server's, and of the test itself."""


class Counter:
    """Counts calls of functions, Python's and those that it makes of C."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> "Counter":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        if event in ("call", "c_call") and not any(name in frame.f_code.co_filename for name in NOT_OURS):
            self.calls += 1


def frames_of(pcm: bytes) -> list[bytes]:
    return [packed(pcm[at : at + 640]) for at in range(0, len(pcm) - 639, 640)]


def spoken() -> bytes:
    with wave.open(str(CALLER)) as file:
        return file.readframes(file.getnframes())


def play(story: Callable[[MediaPath], Any]) -> Any:
    async def run() -> Any:
        async with media_path() as path:
            return await story(path)

    return run_virtual(run())


async def heard(path: MediaPath, frames: Sequence[bytes]) -> float:
    """Calls a frame."""
    with Counter() as counter:
        for frame in frames:
            path.receive(frame)
    path.fetch()
    path.hear(Final("", 1000, 10))
    await asyncio.sleep(1)
    return counter.calls / len(frames)


@pytest.mark.parametrize(("pcm", "budget"), [(SILENCE, 41), (spoken(), 72)], ids=["silence", "speech"])
def test_a_frame_of_the_caller_makes_so_many_calls(pcm: bytes, budget: float) -> None:
    async def story(path: MediaPath) -> float:
        frames = frames_of(pcm)
        await heard(path, frames)
        return await heard(path, frames)

    assert play(story) <= budget


def test_a_turn_makes_so_many_calls_and_a_frame_that_is_played_few() -> None:
    async def story(path: MediaPath) -> tuple[float, float]:
        path.hear(Final("hello there", 1000, 400))
        await asyncio.sleep(20)
        with Counter() as turn:
            path.hear(Final("how are you", 22_000, 400))
            await asyncio.sleep(0.5)
        before = path.written
        with Counter() as played:
            await asyncio.sleep(1.0)
        assert path.written > before
        return turn.calls, played.calls / 50

    turn, played = play(story)
    assert turn <= 5_900
    assert played <= 26  # all of it ours: a task that slept made as many again, in asyncio, where nothing is counted


def test_a_turn_makes_so_many_calls_until_the_voice_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(path: MediaPath) -> float:
        asked: list[float] = []
        path.hear(Partial("hello", 1000, 100))
        path.hear(Final("hello there", 1000, 400))
        await asyncio.sleep(20)
        with Counter() as turn:

            def noted(_: CallProbe) -> None:
                asked.append(turn.calls)

            monkeypatch.setattr(CallProbe, "tts_requested", noted)
            path.hear(Partial("how", 22_000, 100))
            await asyncio.sleep(0.15)
            before = turn.calls
            path.hear(Final("how are you", 22_000, 400))
            await asyncio.sleep(0.5)
        return asked[0] - before

    # 850 before who is in a bad way was told by what has become of them and when, 880 before who may be was asked, 900
    # before who talks as people in danger do was asked
    assert play(story) <= 920


def test_a_partial_over_the_agent_s_voice_makes_so_many_calls() -> None:
    turns = TurnsSpec()
    confirms("where is", turns, partial=True)
    with Counter() as counter:
        assert confirms("where is my order", turns, partial=True)
    assert counter.calls <= 125


async def test_an_answer_of_the_model_makes_so_many_calls() -> None:
    piece = b'data: {"choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}\n\n'
    end = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    body = piece * 11 + end
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)

    served: list[asyncio.Task[Any]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(cast("asyncio.Task[Any]", asyncio.current_task()))
        with suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
                writer.write(answer)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as host:
        port = host.sockets[0].getsockname()[1]
        model = OpenAiChatModel(ModelAddress(endpoint=f"http://127.0.0.1:{port}", api_key="local"))
        request = ModelRequest((ChatMessage("user", "hello"),), deadline_ms=10_000)
        assert len([event async for event in model.answer(request)]) == 12  # the first connects
        with Counter() as counter:
            async for _ in model.answer(request):
                pass
        await model.close()
        await asyncio.wait_for(asyncio.gather(*served), 10)
    assert counter.calls <= 4_500


async def test_a_frame_that_a_phone_hears_makes_few_calls_while_somebody_waits_for_silence() -> None:
    """The phones share the cores with what is measured."""
    sounds, frame = SoundBook(), np.random.default_rng(2).normal(0, 4000, 320 * 400).astype(np.int16).tobytes()
    sounds.learn(frame, "so it says all that it knows for eight seconds", kind="agent")
    phone = Phone("+14255550100", sounds, cast("Voices", None))
    phone.connected("c1", 16_000)
    waiting = asyncio.create_task(phone.until_silent(700.0))
    await asyncio.sleep(0)
    with Counter() as counter:
        for at in range(0, len(frame), 640):
            phone.speak()
            phone.hear(frame[at : at + 640])
    assert phone.answer == "so it says all that it knows for eight seconds"
    waiting.cancel()
    assert counter.calls / 400 <= 52


def test_a_frame_takes_little_memory_and_keeps_none() -> None:
    async def story(path: MediaPath) -> tuple[float, float]:
        frames = frames_of(SILENCE) * 4
        for frame in frames:  # the last ten seconds are kept, to be said again to another recognizer
            path.receive(frame)
        path.fetch()
        gc.collect()
        tracemalloc.start()
        try:
            for frame in frames:
                path.receive(frame)
            path.fetch()
            kept = tracemalloc.get_traced_memory()[0]
            for frame in frames:
                path.receive(frame)
            path.fetch()
            grown = tracemalloc.get_traced_memory()[0] - kept
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            path.receive(frames[0])
            return grown / len(frames), tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()

    grown, peak = play(story)
    assert grown < 8
    assert peak < 3200


def test_an_agent_of_a_store_makes_so_many_calls_to_be_read_and_fewer_when_another_has_changed(tmp_path: Path) -> None:
    def calls(count: int) -> tuple[int, int]:
        forget_compiled()
        forget_specs()
        forget_yaml()
        walked.cache_clear()
        uses_of.cache_clear()
        places = write_store(tmp_path / str(count), count)
        with Counter() as first:
            load_store(*places, tool_names())
        with Counter() as again:
            load_store(*places, tool_names())
        return first.calls, again.calls

    calls(2)  # what is loaded once in a process
    few, more = calls(5), calls(15)
    assert (more[0] - few[0]) / 10 <= 17_500
    assert (more[1] - few[1]) / 10 <= 5_200
