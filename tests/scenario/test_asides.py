"""What callers say beside the matter is answered at once, reaches no tool, and leaves the question open."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.agents.phrases import PhraseBook
from backend.domain.model import ModelRequest
from backend.domain.question import Question
from backend.domain.recording import RECORDING
from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.language.phrases import standard_phrases
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.confirmation import Part, ask_for_yes
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import ToolDefinition, tool
from backend.tool_store.repair import put, repair
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[2]
ROBOT = "I'm an automated assistant, not a person. You can ask for one any time."
CALL_TAKES = "This call takes a few minutes. You can ask for a person any time."
UNRECORDED = "No, the sound of this call is not recorded. What we say is kept in writing."
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COLOR = Question(
    "trip_purpose", "text", "What color was the other car?", "Was it red or blue, for example?",
    why="It helps to find the other car.",
)  # fmt: skip


async def no_audit(*_: Any) -> None: ...


@tool(effect="draft")
async def record_fnol(ctx: ToolContext, trip_purpose: str | None = None) -> ToolOutcome:
    """Record it.

    Args:
        trip_purpose: What color was the other car?
    """
    return put(ctx, COLOR) if trip_purpose is None else repair(ctx, COLOR, "no color")


def agents(model: ScriptedModel, record: ToolDefinition = record_fnol, **says: str) -> Orchestrator:
    runner = ToolRunner([record, *(one for one in BUILT_IN_TOOLS if one.name != "record_fnol")], no_audit)
    store = shipped_store(runner.names)
    if says:
        store = replace(store, phrases=PhraseBook({"en": standard_phrases("en").model_copy(update=says)}))
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(MemoryCases(), policies, no_audit, clock=lambda zone: NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent="fnol_intake", visited=["fnol_intake"])
    session.subject = policies.subject("POL-A10001")
    return Orchestrator(session, store.lines["insurance"], store, Thinking(model, runner, services), now=lambda: NOON)


class Chat:
    """A conversation in text with a model that passes on what it is told."""

    def __init__(self, record: ToolDefinition = record_fnol, field: str = "trip_purpose", **says: str) -> None:
        def reply(request: ModelRequest) -> Reply:
            said = request.messages[-1].content
            return Reply(calls={"record_fnol": {} if said == "go on" else {field: said}})

        self.model = ScriptedModel(reply)
        self.orchestrator = agents(self.model, record, **says)
        self.talk = TextConversation(self.orchestrator)

    async def says(self, text: str) -> str:
        session = self.orchestrator.session
        before = len(session.history)
        await self.talk.say(text)
        return " ".join(item.text for item in session.history[before:] if isinstance(item, AgentSaid))


@pytest.mark.parametrize(
    ("aside", "answer"),
    [
        ("why do you ask", f"{COLOR.why} {COLOR.ask}"),
        ("hold on let me look", "Take your time."),
        ("what did you say", COLOR.ask),
        ("are you a robot", f"{ROBOT} {COLOR.ask}"),
        ("can you hear me", f"Yes, I can hear you. {COLOR.ask}"),
        ("is this being recorded", f"{UNRECORDED} {COLOR.ask}"),
        ("how long is this going to take", f"{CALL_TAKES} {COLOR.ask}"),
        ("a little slower please", f"Of course, I'll speak more slowly. {COLOR.ask}"),
    ],
)  # fmt: skip
async def test_an_aside_is_answered_and_the_question_stays_open(aside: str, answer: str) -> None:
    chat = Chat()
    assert await chat.says("go on") == COLOR.ask
    expects = chat.orchestrator.session.expects
    asked = len(chat.model.requests)
    assert await chat.says(aside) == answer
    assert len(chat.model.requests) == asked, "no model and no tool had it"
    assert chat.orchestrator.session.expects == expects


@pytest.mark.parametrize(("stands", "answer"), [("on", "Yes, this call is recorded."), ("refused", UNRECORDED)])
async def test_who_asks_whether_they_are_recorded_hears_how_it_stands(stands: str, answer: str) -> None:
    chat = Chat()
    await chat.says("go on")
    chat.orchestrator.session.facts[RECORDING] = stands
    assert await chat.says("are you recording this") == f"{answer} {COLOR.ask}"


async def test_what_a_store_has_no_words_for_goes_to_the_agent() -> None:
    chat = Chat(takes_so_long="")
    await chat.says("go on")
    asked = len(chat.model.requests)
    await chat.says("how long is this going to take")
    assert len(chat.model.requests) > asked


async def test_how_long_it_takes_is_no_longer_asked_of_the_call_once_something_is_filed() -> None:
    chat = Chat()
    await chat.says("go on")
    chat.orchestrator.session.note_case("fnol", "CLA-1")
    asked = len(chat.model.requests)
    await chat.says("how long will it take")
    assert len(chat.model.requests) > asked


async def test_the_second_time_it_is_said_in_other_words() -> None:
    chat = Chat()
    await chat.says("go on")
    assert await chat.says("pardon") == COLOR.ask
    assert await chat.says("what") == COLOR.again


async def test_the_words_of_an_aside_are_not_said_again_by_the_ladder() -> None:
    chat = Chat()
    await chat.says("go on")
    await chat.says("pardon")
    assert await chat.says("what") == COLOR.again
    assert await chat.says("green") != COLOR.again, "it was heard just now"


async def test_asides_are_no_failures_of_the_question() -> None:
    chat = Chat()
    await chat.says("go on")
    for aside in ("what", "hold on", "why do you ask", "can you hear me", "are you a robot"):
        await chat.says(aside)
    assert chat.talk.ending is None
    assert await chat.says("green") == COLOR.again


async def test_who_only_asks_back_comes_to_the_end_of_the_ladder() -> None:
    chat = Chat()
    await chat.says("go on")
    for _ in range(4):
        await chat.says("what did you say")
    asked = len(chat.model.requests)
    await chat.says("what did you say")
    assert len(chat.model.requests) > asked, "the fifth time it is an answer that was not understood"
    for _ in range(2):
        await chat.says("what did you say")
    assert chat.talk.ending is not None
    assert chat.talk.ending.outcome == "transferred"


async def test_a_caller_who_looks_for_something_may_take_as_long_as_they_need() -> None:
    chat = Chat()
    await chat.says("go on")
    asked = len(chat.model.requests)
    for _ in range(6):
        await chat.says("hold on")
    assert len(chat.model.requests) == asked, "waiting asks for nothing"
    assert chat.talk.ending is None


async def test_who_is_back_after_a_hold_on_hears_the_question_and_has_not_failed_at_it() -> None:
    chat = Chat()
    await chat.says("go on")
    await chat.says("wait my wife's calling")
    assert await chat.says("okay i'm back") == f"Good. {COLOR.ask}"
    assert await chat.says("okay i'm back") == COLOR.again, "without a hold on before it, it is an answer"


async def test_who_may_harm_themselves_comes_to_a_person_whatever_was_asked() -> None:
    chat = Chat()
    await chat.says("go on")
    asked = len(chat.model.requests)
    await chat.says("i don't care about the color i just want to kill myself")
    assert len(chat.model.requests) == asked, "no model decides about it"
    assert isinstance(chat.talk.directive, TransferToPerson)
    assert chat.talk.directive.emergency
    assert chat.orchestrator.session.facts["emergency"] is True


@pytest.mark.parametrize("said", ["blue i guess my chest feels tight", "wait he's not breathing", "i smell gas"])
async def test_who_needs_help_now_comes_to_a_person_whatever_was_asked(said: str) -> None:
    chat = Chat()
    await chat.says("go on")
    asked = len(chat.model.requests)
    await chat.says(said)
    assert len(chat.model.requests) == asked, "no model decides about it"
    assert isinstance(chat.talk.directive, TransferToPerson)
    assert chat.talk.directive.context["Emergency"] == said


async def test_help_that_was_needed_once_is_part_of_the_account() -> None:
    chat = Chat()
    await chat.says("go on")
    await chat.says("there was smoke coming out and they had to call an ambulance")
    assert chat.talk.directive is None


async def test_slower_lasts_for_the_rest_of_the_call() -> None:
    chat = Chat()
    await chat.says("go on")
    before = chat.orchestrator.agent.voice.rate
    await chat.says("slower please")
    assert chat.orchestrator.agent.voice.rate != before
    await chat.says("green")
    assert (chat.orchestrator.agent.voice.rate or "").startswith("-")


def test_on_the_telephone_too() -> None:
    async def story() -> None:
        stage = Stage(agents(ScriptedModel([Reply(calls={"record_fnol": {}}), "never thought of"])))
        end = stage.caller.says("go on with it", at=1)
        end = stage.caller.says("why do you ask", at=end + 6)
        await stage.play(end + 9)
        assert f"fnol_intake: {COLOR.why} {COLOR.ask}" in stage.dialogue

    run_virtual(story())


@pytest.mark.parametrize("answer", ["yes", "yes I'm here", "I'm still here sorry", "hello"])
async def test_who_is_there_is_asked_the_question_again(answer: str) -> None:
    chat = Chat()
    await chat.says("go on")
    session = chat.orchestrator.session
    prompt = chat.orchestrator.phrases.still_there[0]
    session.turn += 1
    session.history.append(AgentSaid("fnol_intake", prompt, session.turn))
    asked = len(chat.model.requests)
    assert await chat.says(answer) == f"Good. {COLOR.ask}"
    assert len(chat.model.requests) == asked


async def test_a_yes_to_a_real_question_is_for_the_agent() -> None:
    chat = Chat()
    await chat.says("go on")
    assert await chat.says("yes") == COLOR.again


READ = "It was your car, on Friday."


async def _read_back(ctx: ToolContext, confirmation: str | None = None) -> ToolOutcome:
    """Record it.

    Args:
        confirmation: Is that all correct?
    """
    waits = ask_for_yes(ctx, "claim", [Part("car", "x", READ)], tool="record_fnol")
    return waits or ToolOutcome(True, "Done.", ask="Filed. Is there anything else?")


READ_BACK = replace(tool(effect="draft")(_read_back), name="record_fnol")


def test_who_asks_what_a_yes_leads_to_is_told_and_asked_again() -> None:
    async def talked() -> None:
        chat = Chat(READ_BACK, "confirmation")
        assert (await chat.says("go on")).startswith(READ)
        told = await chat.says("what happens if i say yes")
        assert told == "If you say yes, I go ahead with just that. If you say no, nothing is done. Is that all correct?"
        assert (await chat.says("yes")).startswith("Filed.")

    run_virtual(talked())


def test_a_yes_behind_a_wish_to_ask_something_agrees_to_nothing() -> None:
    async def talked() -> None:
        chat = Chat(READ_BACK, "confirmation")
        await chat.says("go on")
        assert await chat.says("i just want to ask something first") == "Of course. What would you like to know?"
        assert (await chat.says("yes")).startswith(READ)
        assert (await chat.says("yes")).startswith("Filed.")

    run_virtual(talked())


def test_what_a_yes_leads_to_is_not_told_of_a_question_that_takes_none() -> None:
    async def talked() -> None:
        chat = Chat()
        await chat.says("go on")
        assert "If you say yes" not in await chat.says("what happens next")

    run_virtual(talked())
