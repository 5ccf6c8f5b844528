"""An edit goes live while twenty callers are talking: each keeps the agents it began with, nobody is dropped."""

import asyncio
import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.redis.session_store import MemorySessionStore
from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.domain.call import CallConnection, CallRecord, IncomingCall, TurnRecord
from backend.domain.model import ModelRequest
from backend.domain.private import Private
from backend.domain.session import AgentSaid
from backend.domain.speech import RecognitionEvent, RecognitionOptions
from backend.domain.tool import ToolNames
from backend.engine.call import Call, CallEnvironment
from backend.engine.call_desk import CallDesk, DeskRules
from backend.engine.line_cache import LineCache
from backend.engine.orchestrator import Thinking
from backend.engine.voice_activity import VoiceActivity
from backend.ports import MediaSink, Recognition
from backend.testing.books import MemoryClaims, MemoryPolicies, MemoryRevisions
from backend.testing.caller import FakeSpeechToText, ScriptedCaller, voiced
from backend.testing.link import FakeLink
from backend.testing.model import ScriptedModel
from backend.testing.virtual_time import run_virtual
from backend.testing.voice import ScriptedVoice
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
LINE = 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\nperson: {number: "+18005550199"}\n'


def agent(version: str) -> str:
    return (
        "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
        f"greeting: Welcome to {version}.\nturns: {{idle_seconds: 110}}\n"
    )


class Ears:
    """One recogniser a call, in the order of the calls."""

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

    async def answer(self, call: IncomingCall, *, callback_url: str, media_url: str) -> CallConnection:
        return CallConnection(f"cc-{next(self._numbers)}")

    async def reject(self, call: IncomingCall, *, busy: bool = True) -> None:
        assert busy
        self.rejected.append(call.context)

    async def hang_up(self, connection_id: str) -> None:
        self.hung_up.append(connection_id)


class Records:
    def __init__(self) -> None:
        self.over: dict[str, CallRecord] = {}

    async def started(self, call: CallRecord) -> None: ...

    async def turn(self, call_id: str, turn: TurnRecord) -> None: ...

    async def ended(self, call: CallRecord) -> None:
        self.over[call.call_id] = call


class Watching:
    def turn(self, call: CallRecord, turn: TurnRecord) -> None: ...

    def floor(self, call: CallRecord, moment: str) -> None: ...

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
        # The model says what its prompt says, so that a caller hears which version he speaks with.
        self.model = ScriptedModel(lambda request: request.messages[0].content)
        services = ToolServices(MemoryClaims(), MemoryPolicies([]), _nothing)
        environment = CallEnvironment(
            control=self.control, stt=self.ears, tts=self.voice, lines=LineCache(self.voice),
            thinking=Thinking(self.model, ToolRunner((), _nothing), services),
            sessions=MemorySessionStore(), records=self.records, telemetry=Watching(),
            activity=lambda _: VoiceActivity(voiced),
        )  # fmt: skip
        self.desk = CallDesk(
            environment,
            lambda: self.live.store,
            DeskRules("http://test", max_calls=100),
            earlier=self.live.snapshots.get,
        )
        self.talks: list[asyncio.Task[None]] = []

    async def phone(self) -> tuple[Call, Phone, FakeSpeechToText]:
        """A call in which the agent has greeted."""
        number = len(self.talks)
        await self.desk.incoming(
            IncomingCall(f"e{number}", f"ring-{number}", Private("+13125550142"), Private("+18005550100"))
        )
        token, call = next((t, c) for t, c in self.desk._calls.items() if not c.talking)
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


def said(call: Call) -> list[str]:
    return [item.text for item in call.session.history if isinstance(item, AgentSaid)]


@pytest.fixture(autouse=True)
def threads_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtual time would run on while a thread works, and callers would fall silent meanwhile."""

    async def at_once(work: Callable[..., Any], *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


def test_twenty_calls_keep_their_agents_and_the_next_has_the_new_ones(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        callers = [await office.phone() for _ in range(20)]
        await office.say("hello who is there", *callers)
        old = office.live.store.version

        office.folder.write({"agents/one.yaml": agent("two"), "prompts/one.jinja": "I am two."})
        await office.live.look()
        await office.say("and who is there now", *callers)
        newcomer = await office.phone()
        await office.say("hello who is there", newcomer)

        # A second edit, over HTTP this time, changes nothing for anybody either.
        await office.live.edit(replacement("prompts/one.jinja", "I am three.", ("*",), "ann"))
        await office.say("are you still there", *callers, newcomer)
        assert not office.records.over, "a call was dropped"
        assert len(office.desk.live()) == 21
        for call, _, _ in callers:
            assert said(call) == ["Welcome to one.", "I am one.", "I am one.", "I am one."]
            assert call.record.store_version == old
        assert said(newcomer[0]) == ["Welcome to two.", "I am two.", "I am two."]
        assert newcomer[0].record.store_version not in {old, office.live.store.version}
        for call, phone, _ in [*callers, newcomer]:
            call.disconnected()
            await phone.close()
        await office.close()
        assert {call.outcome for call in office.records.over.values()} == {"caller_hung_up"}
        await office.live.close()

    run_virtual(story())


def test_a_bad_edit_in_the_middle_of_a_call_is_not_heard_by_anybody(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        caller = await office.phone()
        office.folder.write({"prompts/one.jinja": "I am {{ broken"})
        await office.live.look()
        assert office.live.status().rejected is not None
        newcomer = await office.phone()
        await office.say("hello who is there", caller, newcomer)
        for call, phone, _ in (caller, newcomer):
            assert said(call) == ["Welcome to one.", "I am one."]
            call.disconnected()
            await phone.close()
        await office.close()

    run_virtual(story())


def test_requests_carry_the_prompt_of_the_version_a_call_began_with(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        first = await office.live.open()
        caller = await office.phone()
        await office.live.edit(replacement("prompts/one.jinja", "I am two.", ("*",), "ann"))
        await office.live.rollback(first.version, "bob")
        await office.live.edit(replacement("prompts/one.jinja", "I am three.", ("*",), "ann"))
        await office.say("hello who is there", caller)
        requests: list[ModelRequest] = office.model.requests
        assert {request.messages[0].content for request in requests} == {"I am one."}
        caller[0].disconnected()
        await caller[1].close()
        await office.close()

    run_virtual(story())


def test_a_call_that_comes_from_another_worker_keeps_its_version(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        first = await office.live.open()
        await office.live.edit(replacement("agents/one.yaml", agent("two"), ("*",), "ann"))
        for version, welcome in ((first.version, "Welcome to one."), ("long-forgotten", "Welcome to two.")):
            record = CallRecord(
                call_id=f"call-{version}",
                line="main",
                direction="inbound",
                connection_id="cc-9",
                store_version=version,
                started_at=datetime.now(UTC),
            )
            office.desk.adopt(record, version, None, ask_for_media=False)
            phone = Phone()
            talk = asyncio.create_task(office.desk.attach(version, phone))
            call = office.desk._calls[version]
            while not said(call):
                await asyncio.sleep(0.05)
            assert said(call) == [welcome]
            call.disconnected()
            await phone.close()
            await talk

    run_virtual(story())


def test_a_line_takes_as_many_calls_as_it_says(tmp_path: Path) -> None:
    async def story() -> None:
        office = Office(tmp_path)
        await office.live.open()
        await office.live.edit(replacement("lines/main.yaml", LINE + "max_calls: 1\n", ("*",), "ann"))
        call, phone, _ = await office.phone()
        ring = IncomingCall("e9", "ring-9", Private("+13125550143"), Private("+18005550100"))
        await office.desk.incoming(ring)
        assert office.control.rejected == ["ring-9"]
        assert len(office.desk.live()) == 1
        call.disconnected()
        await phone.close()
        await office.close()

    run_virtual(story())
