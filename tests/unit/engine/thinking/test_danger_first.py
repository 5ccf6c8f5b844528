"""A word of peril, and nothing sure: one question, and then a person, or the answer to what was said."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from shipped_store import shipped_store

from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import Directive, TransferToPerson
from backend.engine.conversation.text_conversation import TextConversation
from backend.engine.speaking.speaking import Answer
from backend.engine.thinking.danger_first import danger_unanswered
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.turn.turn import SpokenSegment, Turn
from backend.engine.turn.words import Taken
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import ENGLISH, Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[4]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MAYBE = "there's water coming over the dash"
SURE = "my wife is bleeding badly"


class Told:
    """An answer that only notes what it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.voice: object = None

    @property
    def has_words(self) -> bool:
        return bool(self.texts)

    def begin(self, passage: SpokenSegment) -> None:
        self.texts.append("")

    def write(self, text: str) -> None:
        self.texts[-1] += text

    def phrase(self, passage: SpokenSegment, text: str) -> None:
        passage.text = passage.heard = text
        self.texts.append(text)

    def end_passage(self) -> None: ...


async def no_audit(*_: object) -> None:
    return None


class Caller:
    """One call's agents, whose model answers so, and who is asked turn by turn."""

    def __init__(self, *answers: Reply | str, agent: str = "auth", session: CallSession | None = None) -> None:
        runner = ToolRunner(BUILT_IN_TOOLS, no_audit)
        self.store = shipped_store(runner.names)
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        self.model = ScriptedModel(list(answers))
        self.session = session or CallSession(call_id="c1", line="insurance", active_agent=agent)
        services = ToolServices(MemoryCases(), policies, no_audit, clock=lambda zone: NOON)
        thinking = Thinking(self.model, runner, services)
        self.agents = Orchestrator(self.session, self.store.lines["insurance"], self.store, thinking, now=lambda: NOON)

    async def says(self, text: str) -> tuple[list[str], Directive | None]:
        self.session.turn += 1
        turn = Turn(self.session.turn, self.session.active_agent, Taken(text), certain=True, at=NOON)
        told = Told()
        directive = await self.agents.respond(turn, cast(Answer, told))
        self.session.history += turn.settled()
        return [one for one in told.texts if one], directive

    def resumed(self, *answers: str) -> "Caller":
        """The same call on another worker."""
        kept = msgspec.json.decode(msgspec.json.encode(self.session), type=CallSession)
        return Caller(*answers, session=kept)

    @property
    def shown(self) -> list[Any]:
        return [(message.role, message.content) for message in self.model.requests[-1].messages[1:]]


async def is_asked(caller: Caller, said: str = MAYBE) -> None:
    assert await caller.says(said) == ([ENGLISH.in_danger], None)
    assert caller.model.requests == [], "no model decides about that"


def is_emergency(directive: Directive | None) -> bool:
    return isinstance(directive, TransferToPerson) and directive.emergency


@pytest.mark.parametrize(
    "answer", ["yes", "yes we're stuck in here", SURE, "my leg is broken", "i'm in the middle of the highway"]
)
async def test_who_says_so_comes_to_a_person_with_all_that_they_said(answer: str) -> None:
    caller = Caller()
    await is_asked(caller)
    texts, directive = await caller.says(answer)
    assert texts == [] and is_emergency(directive)
    assert isinstance(directive, TransferToPerson) and MAYBE in directive.context["Emergency"]


@pytest.mark.parametrize("answer", ["no", "no nobody is hurt", "no we're all fine"])
async def test_who_says_no_is_answered_what_they_said_before(answer: str) -> None:
    caller = Caller("Tell me your name.", "And your number?")
    await is_asked(caller)
    assert await caller.says(answer) == (["Tell me your name."], None)
    assert caller.shown == [
        ("user", MAYBE), ("assistant", ENGLISH.in_danger), ("user", answer), ("user", MAYBE),
    ]  # fmt: skip
    assert await caller.says("there's smoke coming up a bit") != ([ENGLISH.in_danger], None), "once in a call"


async def test_who_surely_is_in_danger_is_never_asked_and_never_too_late() -> None:
    caller = Caller("Tell me your name.")
    await is_asked(caller)
    await caller.says("no")
    assert is_emergency((await caller.says(SURE))[1])
    assert is_emergency((await Caller().says(SURE))[1])


async def test_an_unclear_answer_is_asked_for_once_more_and_then_taken_for_a_yes() -> None:
    caller = Caller()
    await is_asked(caller)
    texts, directive = await caller.says("it is a blue one")
    assert directive is None and ENGLISH.in_danger_again in texts[0]
    texts, directive = await caller.says("it is a blue one")
    assert is_emergency(directive)


async def test_beside_the_matter_is_no_answer() -> None:
    caller = Caller()
    await is_asked(caller)
    assert await caller.says("can you say that again") == ([ENGLISH.in_danger], None)
    assert is_emergency((await caller.says("yes"))[1])


async def test_another_worker_goes_on_where_it_was() -> None:
    first = Caller()
    await is_asked(first)
    second = first.resumed("Tell me your name.")
    assert await second.says("no") == (["Tell me your name."], None)
    assert second.shown[-1] == ("user", MAYBE)
    again = first.resumed()
    assert is_emergency((await again.says("yes"))[1])


async def test_silence_is_an_emergency_only_while_it_is_asked() -> None:
    caller = Caller("Tell me your name.")
    assert danger_unanswered(caller.session) is None
    await is_asked(caller)
    kept = caller.resumed().session
    assert is_emergency(danger_unanswered(kept)) and kept.facts["emergency"]
    assert danger_unanswered(kept) is None
    await caller.says("no")
    assert danger_unanswered(caller.session) is None


async def test_the_question_that_was_open_is_open_again() -> None:
    caller = Caller("Go on.")
    caller.session.expects = "full_name"
    caller.session.facts["_question"] = {"name": "full_name", "turn": 0, "ask": "Your name?", "forms": ["Your name?"]}
    await is_asked(caller)
    assert caller.session.expects is None
    await caller.says("no")
    assert (caller.session.expects, caller.session.facts["_question"]["turn"]) == ("full_name", 1)


async def test_the_answer_to_a_forms_own_question_is_left_to_it() -> None:
    caller = Caller("Noted.")
    caller.session.facts["_question"] = {"name": "injuries", "turn": 0, "ask": "Is anyone hurt?"}
    assert await caller.says(MAYBE) == (["Noted."], None)


async def test_a_turn_that_is_thrown_away_leaves_nothing() -> None:
    caller = Caller()
    turn = Turn(1, "auth", Taken(MAYBE), certain=True, at=NOON)
    await caller.agents.respond(turn, cast(Answer, Told()))
    assert "_danger" in caller.session.facts
    turn.undo()
    assert "_danger" not in caller.session.facts


async def test_an_agent_without_the_tool_for_emergencies_asks_nothing() -> None:
    caller = Caller("Hello.")
    auth = caller.store.agents["auth"]
    bare = auth.model_copy(update={"tools": ("end_call",)})
    cast(dict[str, Any], caller.store.agents)["auth"] = bare
    try:
        assert await caller.says(MAYBE) == (["Hello."], None)
    finally:
        cast(dict[str, Any], caller.store.agents)["auth"] = auth
    assert not any(isinstance(one, AgentSaid) and one.text == ENGLISH.in_danger for one in caller.session.history)


@pytest.mark.parametrize(
    ("then", "emergency"), [("yes", True), ("", True), ("no", False)], ids=["a yes", "silence", "a no"]
)
def test_on_the_telephone(then: str, emergency: bool) -> None:
    async def story() -> None:
        caller = Caller("Tell me your name.")
        stage = Stage(caller.agents)
        stage.caller.says(MAYBE, at=3.0)
        if then:
            stage.caller.says(then, at=14.0)
        running = await stage.raise_curtain()
        await asyncio.wait([running], timeout=22 if then else 120)
        await stage.drop_curtain(running)
        assert ENGLISH.in_danger in [item.text for item in caller.session.history if isinstance(item, AgentSaid)]
        assert [one.emergency for one in stage.transfers][:1] == ([True] if emergency else [])
        assert bool(caller.model.requests) is not emergency

    run_virtual(story())


def test_who_falls_silent_when_asked_whether_anybody_is_hurt_is_not_hung_up_on() -> None:
    async def story(transfer: bool) -> Stage:
        caller = Caller(Reply(calls={"check_safety": {}}))
        stage = Stage(caller.agents, transfer=transfer)
        stage.caller.says("i had an accident", at=3.0)
        running = await stage.raise_curtain()
        await asyncio.wait([running], timeout=400)
        await stage.drop_curtain(running)
        return stage

    taken, nobody = run_virtual(story(True)), run_virtual(story(False))
    assert [one.emergency for one in taken.transfers] == [one.emergency for one in nobody.transfers] == [True]
    assert "hurt" in taken.transfers[0].context["Emergency"]
    assert taken.ending is not None and taken.ending.outcome == "transferred"
    assert nobody.ending is not None and nobody.ending.outcome == "idle"


async def test_in_text() -> None:
    caller = Caller("Tell me your name.")
    chat = TextConversation(caller.agents)
    await chat.say(MAYBE)
    await chat.say("yes")
    assert is_emergency(chat.directive)
