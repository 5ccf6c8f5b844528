"""A worker with a live store, on virtual time, where callers phone in."""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.adapters.redis.session_store import MemorySessionStore
from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord
from backend.domain.private import Private
from backend.domain.speech import RecognitionEvent, RecognitionOptions
from backend.domain.tool import ToolNames
from backend.engine.call.call import Call, CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.gate import CallGate
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.errors import CallRefused
from backend.ports import MediaSink, Recognition
from backend.testing.books import MemoryBooks, MemoryCases, MemoryRevisions
from backend.testing.caller import FakeSpeechToText, ScriptedCaller, voiced
from backend.testing.link import FakeLink
from backend.testing.model import ScriptedModel
from backend.testing.voice import ScriptedVoice
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)


def agent(version: str) -> str:
    return (
        "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
        f"greeting: Welcome to {version}.\nturns: {{idle_seconds: 110}}\n"
    )


class Ears:
    """One recognizer a call, in the order of the calls."""

    def __init__(self) -> None:
        self.opened: list[FakeSpeechToText] = []

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        self.opened.append(FakeSpeechToText())
        return await self.opened[-1].open(options, on_event)


class Control:
    def __init__(self) -> None:
        self._numbers = itertools.count()
        self.hung_up: list[str] = []
        self.rejected: list[str] = []
        self.transferred: list[str] = []
        self.people_there = False

    async def transfer(self, connection_id: str, *, to: str, context: object, token: str, operation: str = "") -> None:
        """Somebody's phone rings; whether they take it up comes as a callback."""
        if not self.people_there:
            raise CallRefused("nobody is there")
        self.transferred.append(connection_id)

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        return CallConnection(f"cc-{next(self._numbers)}")

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        assert busy
        self.rejected.append(call.context)

    async def start_media(self, connection_id: str, *, token: str) -> None: ...

    async def hang_up(self, connection_id: str) -> None:
        self.hung_up.append(connection_id)

    async def say(self, connection_id: str, text: str, voice: str, *, operation: str = "") -> None: ...


class Records:
    def __init__(self) -> None:
        self.over: dict[str, CallRecord] = {}

    async def started(self, call: CallRecord) -> None: ...

    async def turn(self, call_id: str, turn: TurnRecord) -> None: ...

    async def ended(self, call: CallRecord) -> None:
        self.over[call.call_id] = call

    async def get(self, call_id: str) -> CallRecord | None:
        return self.over.get(call_id)


class Watching:
    def turn(self, call: CallRecord, turn: TurnRecord) -> None: ...

    def floor(self, call: CallRecord, moment: str) -> None: ...

    def refused(self, *_: object) -> None: ...

    def call_ended(self, call: CallRecord) -> None: ...


class Phone(FakeLink):
    """A caller's line: knows the call that it reaches."""

    sink: MediaSink

    async def receive(self, sink: MediaSink) -> None:
        self.sink = sink
        await super().receive(sink)


class Office:
    """A worker with a live store, where callers phone in."""

    def __init__(self, root: Path) -> None:
        for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
            (root / folder).mkdir(parents=True)
        self.folder = StoreFolder(root / "agent_store", root / "prompt_store")
        self.folder.write({"agents/one.yaml": agent("one"), "lines/main.yaml": LINE, "prompts/one.jinja": "I am one."})
        self.board = LocalVersionBoard()
        self.live = LiveStore(self.folder, TOOLS, MemoryRevisions(), self.board)
        self.voice, self.ears, self.records, self.control = ScriptedVoice(), Ears(), Records(), Control()
        # The model says what its prompt says, so that a caller hears which version they speak with.
        self.model = ScriptedModel(lambda request: request.messages[0].content)
        services = ToolServices(MemoryCases(), MemoryBooks([]), _nothing)
        self._environment = CallEnvironment(
            ways=WaysIn(self.control), stt=self.ears, tts=self.voice, phrases=PhraseCache(self.voice),
            thinking=Thinking(self.model, ToolRunner((), _nothing), services),
            sessions=MemorySessionStore(), records=self.records, telemetry=Watching(),
            activity=lambda _: VoiceActivity(voiced),
        )  # fmt: skip
        self.opens(DeskRules(max_calls=100))
        self.talks: list[asyncio.Task[None]] = []

    def opens(self, rules: DeskRules, gate: CallGate | None = None) -> None:
        """The desk takes calls, by these rules."""
        self.desk = CallDesk(
            self._environment, lambda: self.live.store, rules, earlier=self.live.snapshots.get, gate=gate
        )

    async def phone(self) -> tuple[Call, Phone, FakeSpeechToText]:
        """A call in which the agent has greeted."""
        number = len(self.talks)
        await self.desk.incoming(
            IncomingCall(f"e{number}", f"ring-{number}", Private("+13125550142"), Private("+18005550100"))
        )
        token, call = next((t, c) for t, c in self.desk.calls.items() if not c.talking)
        phone = Phone()
        self.talks.append(asyncio.create_task(self.desk.attach(token, phone)))
        while not call.record.turns:  # until the greeting has been heard
            await asyncio.sleep(0.05)
        return call, phone, self.ears.opened[number]

    async def say(self, text: str, *callers: tuple[Call, Phone, FakeSpeechToText]) -> None:
        """Let callers say something, and wait until each has been answered."""
        speaking: list[ScriptedCaller] = []
        for _, phone, stt in callers:
            caller = ScriptedCaller(stt)
            caller.says(text, at=0.5)
            caller.start(phone.sink)
            speaking.append(caller)
        before = [len(call.record.turns) for call, _, _ in callers]
        while any(len(call.record.turns) <= count for (call, _, _), count in zip(callers, before, strict=True)):
            await asyncio.sleep(0.05)
        for caller in speaking:
            await caller.stop()

    async def close(self) -> None:
        for talk in self.talks:
            await talk


async def _nothing(*_: Any) -> None:
    return None
