"""What the orchestrator lets the caller hear of a turn with tools."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec
from backend.domain.session import CallSession
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.engine.speaking.speaking import Answer
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.engine.turn.turn import SpokenSegment, Turn
from backend.engine.turn.words import Taken
from backend.language.turn_memory import TurnMemory, current_memory
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import ToolDefinition, tool
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[4]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@tool(effect="none")
async def end_call(ctx: ToolContext) -> ToolOutcome:
    """Stands in the place of a shipped tool that ``auth`` may use."""
    return ToolOutcome(True, "Looked up.", say="Your number is twelve.", ask="Is that right?", expects="number")


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
        self.texts.append(text)

    def end_passage(self) -> None: ...


async def no_audit(*_: object) -> None:
    return None


def with_questions(store: AgentStore, questions: str) -> AgentStore:
    auth = store.agents["auth"].model_copy(update={"questions": questions})
    return replace(store, agents={**store.agents, "auth": auth})


async def taken(model: ScriptedModel) -> Turn:
    turn = Turn(1, "auth", Taken("what is it"), certain=True, at=NOON)
    await turn_of(model, turn=turn)
    return turn


async def turn_of(
    model: ScriptedModel, *own: ToolDefinition, questions: str = "tool", turn: Turn | None = None
) -> tuple[list[str], object, CallSession]:
    names = {definition.name for definition in own}
    runner = ToolRunner([*own, *(shipped for shipped in BUILT_IN_TOOLS if shipped.name not in names)], no_audit)
    store = with_questions(shipped_store(runner.names), questions)
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(MemoryCases(), policies, no_audit, clock=lambda zone: NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")
    heard: list[AgentSpec] = []
    orchestrator = Orchestrator(
        session,
        store.lines["insurance"],
        store,
        Thinking(model, runner, services),
        now=lambda: NOON,
        on_agent=heard.append,
    )
    told = Told()
    turn = turn or Turn(1, "auth", Taken("what is it"), certain=True, at=NOON)
    directive = await orchestrator.respond(turn, cast(Answer, told))
    return [text for text in told.texts if text], directive, session


async def test_in_an_emergency_the_transfer_alone_gives_the_instruction() -> None:
    model = ScriptedModel([Reply(calls={"report_emergency": {"what": "people are hurt"}})])
    texts, directive, _ = await turn_of(model)
    assert texts == []
    assert isinstance(directive, TransferToPerson)
    assert directive.emergency


async def test_what_was_read_of_a_turn_is_remembered_until_it_has_its_answer() -> None:
    seen: list[TurnMemory | None] = []

    @tool(effect="none")
    async def end_call(ctx: ToolContext) -> ToolOutcome:
        seen.append(memory := current_memory())
        assert memory is not None
        assert memory.kept
        return ToolOutcome(True, "Looked up.", say="Your number is twelve.", ask="Is that right?")

    await turn_of(ScriptedModel([Reply(calls={"end_call": {}})]), end_call)
    assert (len(seen), current_memory()) == (1, None)
    assert seen[0] is not None
    assert seen[0].kept is None


async def test_a_tools_question_is_asked_without_another_thought() -> None:
    model = ScriptedModel([Reply("One moment.", calls={"end_call": {}}), "never thought"])
    texts, directive, session = await turn_of(model, end_call)
    assert texts == ["One moment.", "Your number is twelve.", "Is that right?"]
    assert (directive, len(model.requests), session.expects) == (None, 1, "number")


async def test_an_agent_whose_model_words_the_questions_is_asked_again() -> None:
    model = ScriptedModel([Reply(calls={"end_call": {}}), "Did I get it right?"])
    texts, _, _ = await turn_of(model, end_call, questions="model")
    assert texts == ["Your number is twelve.", "Did I get it right?"]
    assert len(model.requests) == 2


async def test_a_question_about_a_field_goes_before_a_polite_one() -> None:
    @tool(effect="none")
    async def policy_question(ctx: ToolContext) -> ToolOutcome:
        """Polite."""
        return ToolOutcome(True, "Done.", ask="Anything else?")

    @tool(effect="none")
    async def transfer_to_person(ctx: ToolContext) -> ToolOutcome:
        """Also polite."""
        return ToolOutcome(True, "Done.", ask="Anything else?")

    model = ScriptedModel([Reply(calls={"transfer_to_person": {}, "end_call": {}})])
    texts, _, _ = await turn_of(model, end_call, transfer_to_person, policy_question)
    assert texts[-1] == "Is that right?"


SAID = "john smith, six zero six zero one, four eight two one"
JOHN = {"full_name": "john smith", "zip_code": "six zero six zero one", "last4": "four eight two one"}
TO_INTAKE = {"hand_off_to_fnol_intake": {"reason": "a crash"}}


async def test_a_caller_is_verified_and_handed_over_in_one_answer() -> None:
    model = ScriptedModel([Reply(calls={"verify_caller": JOHN, **TO_INTAKE}), "never thought"])
    texts, _, session = await turn_of(model, turn=Turn(1, "auth", Taken(SAID), certain=True, at=NOON))
    assert (session.active_agent, len(model.requests)) == ("fnol_intake", 1)
    assert texts == ["Thank you, John.", "Was anyone hurt?"]


async def test_the_hand_off_waits_for_the_tool_whichever_is_written_first() -> None:
    model = ScriptedModel([Reply(calls={**TO_INTAKE, "verify_caller": JOHN}), "never thought"])
    texts, _, _ = await turn_of(model, turn=Turn(1, "auth", Taken(SAID), certain=True, at=NOON))
    assert texts == ["Thank you, John.", "Was anyone hurt?"]


@pytest.mark.parametrize("given", [JOHN | {"last4": "one one one one"}, {"full_name": "john smith"}])
async def test_nobody_is_handed_over_with_a_verification_that_failed_or_goes_on(given: dict[str, str]) -> None:
    model = ScriptedModel([Reply(calls={"verify_caller": given, **TO_INTAKE}), "Let us try again."])
    _, _, session = await turn_of(model)
    assert session.active_agent == "auth"


async def test_a_hand_off_that_was_not_made_lets_the_caller_go_on() -> None:
    half = {"full_name": "john", "zip_code": "six zero"}
    model = ScriptedModel([Reply(calls={"verify_caller": half, **TO_INTAKE})])
    turn = await taken(model)
    assert turn.record.tools == ["verify_caller", "hand_off_to_fnol_intake"]
    assert not turn.kept


async def test_a_name_that_a_model_made_up_is_in_no_record() -> None:
    """It is the model's own text, and may hold what the caller said."""
    calls = {"call_john_smith_4821": {}, "hand_off_to_john_smith": {"reason": "he asked"}, "hand_off_to_auth": {}}
    turn = await taken(ScriptedModel([Reply(calls=calls), "I cannot do that."]))
    assert turn.record.tools == ["unknown", "unknown", "hand_off_to_auth"]


@pytest.mark.parametrize(("ok", "say"), [(True, "Your number is twelve."), (False, "")])
async def test_who_spoke_over_what_was_done_and_is_connected_hears_it_before(ok: bool, say: str) -> None:
    """There is no next turn to tell them in."""

    @tool(effect="write")
    async def end_call(ctx: ToolContext) -> ToolOutcome:
        """Stands in the place of a shipped tool that files something."""
        return ToolOutcome(ok, "Filed.", say="Your number is twelve.", directive=TransferToPerson("not verified"))

    turn = Turn(1, "auth", Taken("yes"), certain=True, at=NOON)
    turn.interrupted = True
    texts, directive, _ = await turn_of(ScriptedModel([Reply(calls={"end_call": {}})]), end_call, turn=turn)
    assert (texts, directive) == ([], TransferToPerson("not verified", say=say))


async def test_what_was_done_is_told_to_a_caller_who_spoke_over_it() -> None:
    @tool(effect="write")
    async def end_call(ctx: ToolContext) -> ToolOutcome:
        """Stands in the place of a shipped tool that files something."""
        return ToolOutcome(True, "Filed.", say="Your number is twelve.", ask="Anything else?")

    model = ScriptedModel([Reply(calls={"end_call": {}}), "never thought"])
    runner = ToolRunner([end_call, *(shipped for shipped in BUILT_IN_TOOLS if shipped.name != "end_call")], no_audit)
    store = with_questions(shipped_store(runner.names), "tool")
    policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(MemoryCases(), policies, no_audit, clock=lambda zone: NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent="auth")
    orchestrator = Orchestrator(
        session, store.lines["insurance"], store, Thinking(model, runner, services), now=lambda: NOON
    )
    first, told = Turn(1, "auth", Taken("yes"), certain=True, at=NOON), Told()
    first.interrupted = True
    await orchestrator.respond(first, cast(Answer, told))
    assert told.texts == []
    await orchestrator.respond(Turn(2, "auth", Taken("that is right"), certain=True, at=NOON), cast(Answer, told))
    assert told.texts == ["Your number is twelve. Anything else?"]
    assert len(model.requests) == 1
