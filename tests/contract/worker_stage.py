"""Two workers in one process over one real Redis; everything else is scripted."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from shipped_store import shipped_store

from backend.adapters.redis.client import connect
from backend.adapters.redis.exchange import RedisExchange
from backend.adapters.redis.relay import RedisRelay
from backend.adapters.redis.session_store import RedisSessionStore
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord
from backend.domain.call_event import CallEvent
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.speech import Final
from backend.domain.veil import Veil
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.shared_desk import SharedDesk
from backend.engine.desk.supervision import Supervision
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import ProviderError
from backend.ports import MediaSink
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.caller import FakeSpeechToText
from backend.testing.keys import a_key_ring
from backend.testing.link import FakeLink
from backend.testing.model import ScriptedModel
from backend.testing.voice import ScriptedVoice
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[2]
VEIL = Veil()
"""The same for all workers."""


class Service:
    """Call Automation as all workers see it."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        self.rejected: list[str] = []
        self.tokens: dict[str, str] = {}
        self.restarted: list[str] = []
        self.said: list[str] = []
        self.hung_up: list[str] = []
        self.transfers: list[str] = []
        self.refuses: list[Exception] = []
        self.before_answer: Any = None

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        self.answered.append(call.context)
        self.tokens[call.context] = token
        if self.before_answer:
            await self.before_answer()
        return CallConnection(f"cc-{call.context}")

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        self.rejected.append(call.context)

    async def hang_up(self, connection_id: str) -> None:
        self.hung_up.append(connection_id)

    async def transfer(
        self, connection_id: str, *, to: str, context: Mapping[str, str], token: str, operation: str = ""
    ) -> None:
        self.transfers.append(to)

    async def start_media(self, connection_id: str, *, token: str) -> None:
        if self.refuses:
            raise self.refuses.pop(0)
        self.restarted.append(connection_id)

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None:
        self.said.append(text)
        raise ProviderError("calls", "no speech resource")


class Records:
    """``CallRecords`` in memory, shared by all workers."""

    def __init__(self) -> None:
        self.calls: dict[str, CallRecord] = {}
        self.turns: dict[str, list[TurnRecord]] = {}

    async def started(self, call: CallRecord) -> None:
        self.calls[call.call_id] = replace(call)

    ended = started

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        self.turns.setdefault(call_id, []).append(turn)

    async def get(self, call_id: str) -> CallRecord | None:
        call = self.calls.get(call_id)
        return call and replace(call, turns=list(self.turns.get(call_id, [])))

    async def list(self, *, limit: int = 50, before: datetime | None = None) -> Sequence[CallRecord]:
        return list(self.calls.values())

    async def audit(self, **_: Any) -> None: ...

    async def outcome(self, call_id: str) -> str:
        """How a call ended, once it has."""
        async with asyncio.timeout(25):
            while (call := self.calls.get(call_id)) is None or call.outcome is None:
                await asyncio.sleep(0.01)
        return call.outcome


class NoTelemetry:
    def turn(self, *_: Any) -> None: ...

    call_ended = floor = loop_lag = refused = turn


class Hands:
    """What a worker does to the world while it lives; the dead do nothing."""

    def __init__(self, world: Any, alive: asyncio.Event) -> None:
        self._world = world
        self._alive = alive

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world, name) if self._alive.is_set() else self._nothing

    async def _nothing(self, *_: Any, **__: Any) -> None: ...


class Link(FakeLink):
    """A media socket that a test can break, and speak into."""

    sink: MediaSink | None = None

    async def receive(self, sink: MediaSink) -> None:
        self.sink = sink
        await super().receive(sink)

    async def break_down(self) -> None:
        await self.close()


@dataclass
class Worker:
    """One worker: its own desk, ears and voice."""

    name: str
    desk: CallDesk
    shared: SharedDesk
    supervision: Supervision
    exchange: RedisExchange
    sessions: RedisSessionStore
    stt: FakeSpeechToText
    voice: ScriptedVoice
    redis: Any
    alive: asyncio.Event
    tasks: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    async def connect(self, token: str, connection_id: str) -> Link:
        """The media socket comes to this worker, and is let in."""
        assert await self.shared.expects_media(token, connection_id)
        link = Link()
        self.tasks.append(asyncio.create_task(self.shared.attach(token, link)))
        return link

    async def says(self, words: str) -> None:
        """The agent at this worker says something with these words in it."""
        async with asyncio.timeout(25):
            while not any(words in said for said in self.voice.said):
                await asyncio.sleep(0.01)

    def hears(self, words: str) -> None:
        """The caller says something here."""
        self.stt.emit(Final(words, 0.0, 500.0))

    async def die(self) -> None:
        """No more sign of life, and nothing is tidied up: what it still did would be heard and written by nobody."""
        self.alive.clear()
        await self.shared.close()


@dataclass
class Workers:
    """Two of them, and what they share."""

    one: Worker
    two: Worker
    service: Service
    records: Records
    cases: MemoryCases
    model: ScriptedModel

    async def ring(self, at: Worker, context: str = "r1") -> str:
        """Somebody rings; gives the call's token."""
        await at.shared.incoming(incoming(context))
        return self.token(context)

    def token(self, context: str) -> str:
        """The secret of a call that was answered."""
        return self.service.tokens[context]


def forbidding(line: LineSpec, what: str) -> LineSpec:
    """The line, with one thing that supervisors may not do to its calls."""
    return line.model_copy(update={"supervision": line.supervision.model_copy(update={what: False})})


def incoming(context: str = "r1") -> IncomingCall:
    return IncomingCall(
        event_id=context, context=context, caller=Private("+13125550142"), called=Private("+18005550100"),
        correlation_id=f"corr-{context}",
    )  # fmt: skip


def event(kind: str, event_id: str = "e1", connection_id: str = "cc-r1") -> CallEvent:
    return CallEvent(event_id, kind, connection_id=connection_id)


@asynccontextmanager
async def two_workers(
    redis_url: str, *, lease_s: int = 2, max_calls: int = 10, redis_s: float = 5.0
) -> AsyncIterator[Workers]:
    """Open both; they are closed at the end. ``redis_s``: so long a command of theirs waits for Redis."""
    service, records, cases, model = Service(), Records(), MemoryCases(), ScriptedModel([])
    cipher = a_key_ring()
    workers: list[Worker] = []
    for name in ("one", "two"):
        redis = connect(redis_url, redis_s)
        sessions, exchange = RedisSessionStore(redis, 60), RedisExchange(redis, name, 60, lease_s)
        stt, voice, alive = FakeSpeechToText(), ScriptedVoice(word_ms=20), asyncio.Event()
        alive.set()

        async def audit(*_: Any) -> None: ...

        runner = ToolRunner(BUILT_IN_TOOLS, audit)
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        store = shipped_store(runner.names)
        environment = CallEnvironment(
            ways=WaysIn(Hands(service, alive)), stt=stt, tts=voice, phrases=PhraseCache(voice), sessions=sessions,
            records=Hands(records, alive),
            thinking=Thinking(model, runner, ToolServices(cases, policies, audit, veil=VEIL)),
            telemetry=NoTelemetry(), media_connect_s=10.0, activity=None,
        )  # fmt: skip
        desk = CallDesk(
            environment,
            lambda store=store: store,
            DeskRules(max_calls=max_calls),
            RouteRegistry(exchange),
        )
        relay = RedisRelay(redis, cipher)
        supervision = Supervision(desk.calls, exchange, relay, cipher)
        shared = SharedDesk(desk, exchange, sessions, records, supervision=supervision, beat_s=0.1)
        await shared.start()
        workers.append(Worker(name, desk, shared, supervision, exchange, sessions, stt, voice, redis, alive))
    try:
        yield Workers(workers[0], workers[1], service, records, cases, model)
    finally:
        for worker in workers:
            await worker.shared.close()
            await worker.desk.close()
            for task in worker.tasks:
                task.cancel()
            await asyncio.gather(*worker.tasks, return_exceptions=True)
            await worker.redis.aclose()
