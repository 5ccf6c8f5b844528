"""New calls and chats begin with the version that is drawn for their id."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shipped_store import shipped_store

from backend.adapters.redis.session_store import MemorySessionStore
from backend.agents.store import AgentStore
from backend.domain.call import CallConnection, CallRecord, IncomingCall
from backend.domain.private import Private
from backend.domain.share import Share
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.desk.chat_desk import ChatDesk, ChatEnvironment, ChatRules
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.caller import FakeSpeechToText, voiced
from backend.testing.voice import ScriptedVoice
from backend.tool_store.context import ToolServices

ROOT = Path(__file__).resolve().parents[4]
LIVE = shipped_store(memory_tools().names)
TRIED = replace(LIVE, version="tried")
SHARE = Share("tried", LIVE.version, 50, "ann", datetime(2026, 11, 26, tzinfo=UTC))
NUMBER = LIVE.lines["insurance"].numbers[0]


def drawn(call_id: str) -> AgentStore:
    return TRIED if SHARE.draws(call_id) else LIVE


async def no_audit(*_: object) -> None:
    return None


class Records:
    """What is kept of calls."""

    def __init__(self) -> None:
        self.over: list[CallRecord] = []

    async def get(self, call_id: str) -> CallRecord | None:
        return None

    async def ended(self, call: CallRecord) -> None:
        self.over.append(call)

    def __getattr__(self, _: str) -> Any:
        return no_audit


class Silent:
    """Telemetry that nobody reads."""

    def __getattr__(self, _: str) -> Any:
        return lambda *_: None


class Control:
    """A call service that does as it is asked."""

    async def answer(self, call: IncomingCall, *, token: str) -> CallConnection:
        return CallConnection(f"in-{token[:6]}")

    async def create(self, **_: object) -> CallConnection:
        return CallConnection("out")

    async def hang_up(self, connection_id: str) -> None: ...


def thinking() -> Thinking:
    services = ToolServices(MemoryCases(), MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml"), no_audit)
    return Thinking(StandInModel(), memory_tools(), services)


async def test_calls_that_come_and_go_out() -> None:
    voice = ScriptedVoice()
    environment = CallEnvironment(
        ways=WaysIn(Control()), stt=FakeSpeechToText(), tts=voice, phrases=PhraseCache(voice), thinking=thinking(),
        sessions=MemorySessionStore(), records=Records(), telemetry=Silent(), activity=lambda _: VoiceActivity(voiced),
    )  # fmt: skip
    desk = CallDesk(environment, lambda: LIVE, DeskRules(max_calls=100), drawn=drawn)
    for number in range(30):
        await desk.incoming(IncomingCall(f"e{number}", f"r{number}", Private("+13125550142"), Private(NUMBER)))
    for _ in range(10):
        await desk.place("+13125550142", "insurance")
    calls = desk.live()
    assert len(calls) == 40
    assert [call.store_version for call in calls] == [drawn(call.call_id).version for call in calls]
    assert {call.store_version for call in calls if call.direction == "inbound"} == {LIVE.version, "tried"}
    await desk.close()


async def test_chats_which_tell_how_often_they_asked_again() -> None:
    records = Records()
    environment = ChatEnvironment(
        thinking(), lambda: LIVE, MemorySessionStore(), records, Silent(), drawn=drawn
    )  # fmt: skip
    desk = ChatDesk(environment, ChatRules())
    opened = [await desk.open() for _ in range(20)]
    chats = desk.live()
    assert [chat.store_version for chat in chats] == [drawn(chat.call_id).version for chat in chats]
    assert {chat.store_version for chat in chats} == {LIVE.version, "tried"}
    for words in ("what is my deductible", "karen miller", "blue", "77002"):
        await desk.say(opened[0].id, words)
    for chat in opened[:2]:
        await desk.end(chat.id)
    await desk.close()
    await asyncio.sleep(0)
    repairs = {call.call_id: call.repairs for call in records.over}
    assert repairs[opened[0].id] == 1, "the zip code was asked for twice"
    assert repairs[opened[1].id] == 0
