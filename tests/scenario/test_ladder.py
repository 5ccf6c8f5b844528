"""Every rung of the ladder in whole conversations with a model that plays dumb, by telephone and in text."""

from datetime import UTC, datetime
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.domain.model import ModelRequest
from backend.domain.question import Question
from backend.domain.session import AgentSaid, CallSession
from backend.domain.subject import Subject
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.confirmation import Part, ask_for_yes
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import tool
from backend.tool_store.repair import left_open, put, repair, understood
from backend.tool_store.runner import ToolRunner

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COUNT = Question("vehicles_involved", "integer", "How many cars were there?", "Which number was it, for example two?")
SHADE = Question(
    "trip_purpose", "choice", "Was it light or dark?", "Could you see well, say?", choices=("light", "dark"),
    may_stay_open=True,
)  # fmt: skip
READ = "It was your 2019 Honda Civic, on Main Street in Chicago, with two cars in all."


async def no_audit(*_: Any) -> None: ...


@tool(effect="draft")
async def record_fnol(
    ctx: ToolContext, vehicles_involved: str | None = None, trip_purpose: str | None = None, confirmation: str = ""
) -> ToolOutcome:
    """A form of two questions and a read-back.

    Args:
        vehicles_involved: How many cars were there?
        trip_purpose: Was it light or dark?
        confirmation: Is that all correct?
    """
    facts: dict[str, Any] = ctx.session.facts.setdefault("form", {})
    if vehicles_involved:
        if not vehicles_involved.isdecimal():
            return repair(ctx, COUNT, "no number")
        understood(ctx, COUNT.name)
        facts["count"] = vehicles_involved
    if "count" not in facts:
        return put(ctx, COUNT)
    if trip_purpose:
        if (chosen := SHADE.picked(trip_purpose) or trip_purpose) not in SHADE.choices:
            outcome = repair(ctx, SHADE, "neither")
            if left_open(outcome) is None:
                return outcome
            chosen = "open"
        facts["shade"] = chosen
    if "shade" not in facts:
        return put(ctx, SHADE)
    return ask_for_yes(ctx, "form", [Part("all", str(facts["count"]), READ)]) or ToolOutcome(
        True, "Done.", say="Filed."
    )


def dumb(request: ModelRequest) -> Reply:
    """Passes the caller's words on in the field that was asked for, and nothing else."""
    asked = next((m.content for m in reversed(request.messages) if m.role == "tool"), "")
    field = next((name for name in (COUNT.name, SHADE.name, "confirmation") if f'"expects": "{name}"' in asked), "")
    return Reply(calls={"record_fnol": {field: request.messages[-1].content} if field else {}})


def agents() -> Orchestrator:
    runner = ToolRunner([record_fnol, *(one for one in BUILT_IN_TOOLS if one.name != "record_fnol")], no_audit)
    store = shipped_store(runner.names)
    services = ToolServices(MemoryCases(), MemoryBooks([]), no_audit, clock=lambda zone: NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent="fnol_intake", visited=["fnol_intake"])
    session.subject = Subject("POL-A10001", "John Smith", {"policy_id": "POL-A10001"})
    line = store.lines["insurance"]
    return Orchestrator(session, line, store, Thinking(ScriptedModel(dumb), runner, services), now=lambda: NOON)


class Chat:
    def __init__(self) -> None:
        self.orchestrator = agents()
        self.talk = TextConversation(self.orchestrator)

    async def says(self, *texts: str) -> str:
        said = ""
        for text in texts:
            before = len(self.orchestrator.session.history)
            await self.talk.say(text)
            new = self.orchestrator.session.history[before:]
            said = " ".join(item.text for item in new if isinstance(item, AgentSaid))
        return said


async def test_the_first_rung_is_other_words_with_an_example() -> None:
    assert await Chat().says("hello there", "a few") == COUNT.again


async def test_the_second_rung_offers_a_key() -> None:
    chat = Chat()
    assert "press that key" in await chat.says("hello there", "a few", "some")
    assert await chat.says("2") == SHADE.ask


async def test_the_third_rung_is_a_person() -> None:
    chat = Chat()
    await chat.says("hello there", "a few", "some", "many")
    assert isinstance(chat.talk.directive, TransferToPerson)


async def test_a_choice_comes_with_keys_and_a_key_chooses() -> None:
    chat = Chat()
    assert "1 for light, or 2 for dark" in await chat.says("hello there", "2", "well", "so so")
    await chat.says("2")
    assert chat.orchestrator.session.facts["form"]["shade"] == "dark"


@pytest.mark.parametrize("answers", [("well", "so so", "hard to see"), ("i don't know",), ("no idea really",)])
async def test_what_may_stay_open_is_left_open_and_said_to_be(answers: tuple[str, ...]) -> None:
    chat = Chat()
    await chat.says("hello there", "2", *answers)
    assert chat.orchestrator.session.facts["form"]["shade"] == "open"


async def test_neither_yes_nor_no_is_asked_again_then_by_key_then_a_person() -> None:
    chat = Chat()
    assert (await chat.says("hello there", "2", "dark")).startswith(READ)
    assert "yes or no" in await chat.says("the sun was out")
    assert "press 1 for yes" in await chat.says("the sun was out")
    assert "Filed." in await chat.says("1")


def test_words_that_cut_the_read_back_off_confirm_nothing() -> None:
    async def story() -> None:
        made = agents()
        made.session.facts["form"] = {"count": "2", "shade": "dark"}
        stage = Stage(made)
        end = stage.caller.says("hello there everybody", at=1)
        end = stage.caller.says("yes please go ahead that is all correct thank you", at=end + 3.0)
        await stage.play(end + 14)
        said = [line for line in stage.dialogue if line.startswith("fnol_intake: It was")]
        assert said[0].endswith("—"), "the caller took the floor"
        assert len(said) == 2, "it was read again"
        assert "Filed." not in stage.heard

    run_virtual(story())
