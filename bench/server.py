"""The benchmark server: our application, call desk and engine, with fakes behind the ports.

``python -m bench.server PORT``
"""

import contextlib
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import uvicorn
import uvloop
from starlette.websockets import WebSocket

from backend.adapters.acs.addresses import CallAddresses
from backend.adapters.acs.media_link import AcsMediaLink
from backend.adapters.redis.session_store import MemorySessionStore
from backend.agents.files import StoreFiles
from backend.agents.store import AgentStore, build_store
from backend.api.application import create_api
from backend.api.media_socket import SHORT_WAY, MediaSocket
from backend.api.reading_round import ReadingRound
from backend.api.services import ApiServices
from backend.boot.collector import spare_the_collector
from backend.domain.agent import AgentSpec
from backend.domain.audio import PCM_16K
from backend.domain.call import IncomingCall
from backend.domain.call_event import CallEvent
from backend.domain.line import LineSpec
from backend.domain.model import ToolSchema
from backend.domain.private import Private
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.phrase_warmer import openers
from backend.engine.listening.voice_activity import VoiceActivity, local_voice_activity
from backend.engine.speaking.at_once import at_once
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import CallNotFound
from backend.ports import MediaLink, SpeechToText
from backend.testing.books import MemoryBooks, MemoryCallbacks, MemoryCases, MemoryCaseSearch
from backend.testing.pauses import note_asked
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner
from bench.fakes import (
    CannedModel,
    InstantControl,
    MarkedSpeech,
    NoRecords,
    NoTelemetry,
    ToneVoice,
    current_expect,
    current_probe,
)
from bench.probe import CallProbe, install, now, record
from bench.wire import script

__all__ = ["NUMBER", "BenchDesk", "bench_desk", "main"]

NUMBER, _TALK_NUMBER = "+18005550100", "+18005550101"
"""Where callers dial; those who speak utterances, the second."""
_MOST_CALLS = 1000
_SAMPLED = 16
"""One frame in so many is timed."""

_AGENT = b"""
name: helper
description: answers callers of the benchmark
prompt: helper.jinja
turns: {endpointing: service, idle_seconds: 120}
tools: [end_call, transfer_to_person]
"""
_TALKER = _AGENT.replace(b"helper\n", b"talker\n", 1).replace(b"endpointing: service, ", b"")
"""Takes turns as every agent does that says nothing about it."""
_LINE = f"""
name: bench
numbers: ["{NUMBER}"]
timezone: UTC
entry: helper
agents: [helper]
person: {{number: "+18005550199"}}
""".encode()
_TALK_LINE = (
    _LINE.replace(b"bench", b"talk").replace(b"helper", b"talker").replace(NUMBER.encode(), _TALK_NUMBER.encode())
)


class _Store:
    """The agent store as the routes want to see it; the benchmark does not ask."""

    def version(self) -> str:
        return ""

    def form(self, name: str) -> None:
        return None

    def agents(self) -> list[AgentSpec]:
        return []

    def lines(self) -> list[LineSpec]:
        return []

    def tools(self) -> list[ToolSchema]:
        return []


async def _audit(call_id: str, action: str, detail: Mapping[str, Any]) -> None:
    """Not kept."""


def _agent_store(runner: ToolRunner) -> AgentStore:
    files = StoreFiles(
        agents={"agent_store/agents/helper.yaml": _AGENT, "agent_store/agents/talker.yaml": _TALKER},
        lines={"agent_store/lines/bench.yaml": _LINE, "agent_store/lines/talk.yaml": _TALK_LINE},
        prompts={"helper.jinja": "You are a helpful agent."},
    )
    return build_store(files, runner.names)


class BenchDesk(CallDesk):
    """The server's own, which can be told what a call's last question asked for, as its tools would have."""

    def expect(self, token: str, asked: str) -> None:
        note_asked(self.calls.by_token(token).session, asked)


def _hears(link: MediaLink) -> VoiceActivity:
    return local_voice_activity(link.audio) if script.vad else VoiceActivity(lambda _: False)


async def _learn_openers(phrases: PhraseCache) -> None:
    """As the server does for its voices when it starts."""
    current_probe.set(CallProbe())
    agent = _agent_store(ToolRunner(BUILT_IN_TOOLS, _audit)).agents["talker"]
    for words in openers(agent):
        await phrases.learn(words, agent.voice.voice(), PCM_16K)


def bench_desk(
    control: InstantControl,
    stt: SpeechToText,
    activity: Callable[[MediaLink], VoiceActivity] = _hears,
    phrases: PhraseCache | None = None,
) -> BenchDesk:
    """The server's own desk, with fakes behind the ports."""
    runner, voice, cases = ToolRunner(BUILT_IN_TOOLS, _audit), ToneVoice(), MemoryCases()
    store = _agent_store(runner)
    environment = CallEnvironment(
        ways=WaysIn(control),
        stt=stt,
        tts=voice,
        phrases=phrases or PhraseCache(voice),
        thinking=Thinking(CannedModel(), runner, ToolServices(cases, MemoryBooks([]), _audit)),
        sessions=MemorySessionStore(),
        records=NoRecords(),
        telemetry=NoTelemetry(),
        activity=activity,
    )
    return BenchDesk(environment, lambda: store, DeskRules(max_calls=_MOST_CALLS))


class _ProbedSocket(MediaSocket):
    """The server's own socket, which notes what leaves and how long a frame of the caller takes."""

    together = ReadingRound()
    probe: CallProbe | None = None
    on_lost: Callable[[], None] = lambda: None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.on_lost()

    def listen(self, on_text: Callable[[bytes], None]) -> bool:
        frames = 0

        def timed(text: bytes) -> None:
            nonlocal frames
            frames += 1
            if frames % _SAMPLED:
                on_text(text)
            else:
                began = now()
                on_text(text)
                record.add("frame_handling_ms", began)

        return super().listen(timed)

    def write(self, data: bytes) -> None:
        super().write(data)
        if self.probe:
            self.probe.left(data.count(b'{"kind":"A'), data.count(b'{"kind":"S'))


async def _open_media(websocket: WebSocket, desk: BenchDesk) -> MediaLink:
    """Like the server's own, with the call's probe. A caller who goes is reported by callback, as ACS does."""
    probe = CallProbe()
    current_probe.set(probe)
    socket: _ProbedSocket = websocket.scope["extensions"][SHORT_WAY]
    socket.probe = probe
    token = websocket.path_params["token"]
    current_expect.set(partial(desk.expect, token))
    gone = CallEvent(id=token, type="CallDisconnected")

    async def report() -> None:
        with contextlib.suppress(CallNotFound):
            await desk.callback(token, gone)

    socket.on_lost = lambda: at_once(report(), name="callback") and None
    return await AcsMediaLink.open(websocket.receive, websocket.send, socket)


async def _serve(port: int) -> None:
    url = f"http://127.0.0.1:{port}"
    control, ids = InstantControl(), count(1)
    phrases = PhraseCache(ToneVoice())
    desk, addresses = bench_desk(control, MarkedSpeech(), phrases=phrases), CallAddresses(url)

    async def ring() -> str:
        if script.utterances and not phrases.count:
            await _learn_openers(phrases)
        handle = f"call-{next(ids)}"
        number = _TALK_NUMBER if script.utterances else NUMBER
        await desk.incoming(IncomingCall(handle, handle, Private("+12065550123"), Private(number)))
        return urlsplit(addresses.media(control.tokens.pop(handle))).path

    cases = MemoryCases()
    app = create_api(
        ApiServices(
            desk=desk,
            records=NoRecords(),
            cases=cases,
            case_search=MemoryCaseSearch(cases),
            callbacks=MemoryCallbacks(),
            store=_Store(),
            open_media=lambda websocket: _open_media(websocket, desk),
        )
    )
    install(app, ring)
    config = uvicorn.Config(
        app,
        port=port,
        log_config=None,
        access_log=False,
        ws=_ProbedSocket,
        ws_per_message_deflate=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    spare_the_collector()
    await uvicorn.Server(config).serve()
    await desk.close()


def main() -> None:
    """Serve until told to stop."""
    uvloop.run(_serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
