"""A whole call as a stream of events: a change of any moment of it shows as a line that differs."""

import asyncio
from pathlib import Path

from call_log import (
    CallLog,
    LoggedControl,
    LoggedLink,
    LoggedModel,
    LoggedRecords,
    LoggedSessions,
    LoggedSpeech,
    LoggedTelemetry,
    LoggedVoice,
)
from snapshot import assert_snapshot

from backend.agents.store import load_store
from backend.domain.call import IncomingCall
from backend.domain.private import Private
from backend.domain.tool import ToolOutcome
from backend.engine.call.call import CallEnvironment
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.call_desk import CallDesk, DeskRules
from backend.engine.listening.voice_activity import VoiceActivity
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.orchestrator import Thinking
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.caller import ScriptedCaller, voiced
from backend.testing.model import Reply
from backend.testing.virtual_time import run_virtual
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import tool
from backend.tool_store.runner import ToolRunner
from backend.tool_store.tools.call import end_call

STORE = {
    "agent_store/agents/desk.yaml": (
        "name: desk\ndescription: Helps callers.\nprompt: desk.jinja\ntools: [send_truck]\n"
        "greeting: Welcome to the garage.\nhandoffs: [{to: office, when: a question about a bill, style: announced}]\n"
    ),
    "agent_store/agents/office.yaml": (
        "name: office\ndescription: Knows the bills.\nprompt: office.jinja\ntools: [end_call]\n"
        "greeting: This is the office.\nspeech: {phrases: [bill]}\nvoice: {name: en-US-AndrewMultilingualNeural}\n"
    ),
    "agent_store/lines/main.yaml": (
        'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk, office]\n'
        'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
    ),
    "prompt_store/desk.jinja": "desk",
    "prompt_store/office.jinja": "office",
}
HOURS = "We are open from eight to six on weekdays, and on Saturdays from nine to one, but never on a Sunday."


@tool(effect="write", filler="I'm calling the driver.")
async def send_truck(ctx: ToolContext) -> ToolOutcome:
    """Send a truck."""
    await asyncio.sleep(3)
    return ToolOutcome(True, "It is on its way.")


REPLIES = [
    HOURS,
    "Yes, from nine to one.",
    Reply(calls={"send_truck": {}}),
    "A truck is on its way.",
    Reply(calls={"hand_off_to_office": {"reason": "wants his bill"}}),
    Reply("Thank you for calling. Goodbye.", calls={"end_call": {"reason": "all done"}}),
]


async def whole_call(root: Path) -> str:
    for name, content in STORE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    log = CallLog()
    model, voice = LoggedModel(list(REPLIES), first_token_s=0.35, token_s=0.02), LoggedVoice(first_audio_s=0.12)
    model.log = voice.log = log
    stt, link, records = LoggedSpeech(log), LoggedLink(log), LoggedRecords(log)
    runner = ToolRunner([send_truck, end_call], records.audit)
    store = load_store(root / "agent_store", root / "prompt_store", runner.names)
    services = ToolServices(MemoryCases(), MemoryBooks([]), records.audit)
    environment = CallEnvironment(
        ways=WaysIn(LoggedControl(log)), stt=stt, tts=voice, phrases=PhraseCache(voice),
        thinking=Thinking(model, runner, services), sessions=LoggedSessions(log), records=records,
        telemetry=LoggedTelemetry(log), activity=lambda _: VoiceActivity(voiced),
    )  # fmt: skip
    desk = CallDesk(environment, lambda: store, DeskRules(max_calls=1))
    log.note("incoming")
    await desk.incoming(IncomingCall("e1", "ring-1", Private("+13125550142"), Private("+18005550100")))
    (token,) = desk.calls
    talk = asyncio.create_task(desk.attach(token, link))
    await asyncio.sleep(0.1)
    caller = ScriptedCaller(stt)
    caller.says("when are you open", at=2.0)
    caller.coughs(at=5.5)  # the voice is held, and goes on
    caller.says("uh-huh", at=7.5)  # heard, and no interruption
    caller.says("wait what about saturdays", at=10.0)  # an interruption
    caller.says("please send a truck", at=15.0)
    caller.says("i have a question about my bill", at=23.0)
    caller.says("no thank you goodbye", at=30.0)
    caller.start(link.sink)
    await talk
    await caller.stop()
    link.note_what_was_heard(voice)
    await desk.close()
    return log.text()


def test_a_whole_call_goes_as_it_always_went(tmp_path: Path) -> None:
    assert_snapshot("whole_call.txt", run_virtual(whole_call(tmp_path)))


def test_the_same_call_is_the_same_to_the_millisecond(tmp_path: Path) -> None:
    assert run_virtual(whole_call(tmp_path / "a")) == run_virtual(whole_call(tmp_path / "b"))
