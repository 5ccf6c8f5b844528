"""The shipped tools and their policy, without a model."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from shipped_store import shipped_store

from backend.domain.hiding import HIDDEN, KnownSecret, note_secret
from backend.domain.session import AgentSaid, CallSession
from backend.domain.subject import Subject
from backend.domain.tool import EndCall, ToolOutcome, TransferToPerson
from backend.engine.thinking.store_tools import tools_of_store
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import tool
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(tool_names())
WRONG = {"full_name": "john smith", "zip_code": "one two three four five", "last4": "one one one one"}


class Desk:
    """One call's tools."""

    def __init__(self, agent: str = "auth", verified: str | None = None) -> None:
        self.audited: list[str] = []
        self.cases = MemoryCases()
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, self._audit), STORE)
        self.services = ToolServices(self.cases, policies, self._audit, clock=lambda zone: NOON)
        self.session = CallSession(call_id="c1", line="insurance", active_agent=agent)
        if verified:
            self.session.subject = Subject(verified, "John Smith", {"policy_id": verified})

    async def _audit(self, call_id: str, action: str, detail: object) -> None:
        self.audited.append(action)

    async def run(self, tool: str, caller: str = "", *, same_turn: bool = False, **arguments: object) -> ToolOutcome:
        self.session.turn += not same_turn
        agent = STORE.agents[self.session.active_agent]
        context = self.services.context(
            self.session, STORE.lines["insurance"], agent, caller, forms=STORE.forms.values()
        )
        outcome = await self.runner.run(tool, json.dumps(arguments), context)
        told = " ".join(part for part in (outcome.say, outcome.ask) if part)
        if told:
            self.session.history.append(AgentSaid(agent.name, told, self.session.turn))
        return outcome


async def test_a_caller_is_verified_value_by_value() -> None:
    desk = Desk()
    assert (await desk.run("verify_caller")).expects == "full_name"
    assert (await desk.run("verify_caller", full_name="my name is john smith")).expects == "zip_code"
    assert (await desk.run("verify_caller", zip_code="six zero six zero one")).expects == "last4"
    outcome = await desk.run("verify_caller", last4="for eight to one")
    assert outcome.ok
    subject = desk.session.subject
    assert subject is not None
    assert (subject.id, subject.name, subject.grants) == ("POL-A10001", "John Smith", ("policyholder",))
    assert subject.attributes.keys() == {"policy_id", "vehicles"}, "no secret, and nothing that nobody asked for"


@pytest.mark.parametrize("name", ["transfer_to_person", "end_call"])
async def test_no_secret_is_in_the_reason_for_which_a_call_ends(name: str) -> None:
    """A model writes it, and it goes into the record, or with the call to a colleague's phone."""
    desk = Desk(verified="POL-A10001")
    note_secret(desk.session.facts, KnownSecret(1, "last4", "4821"))
    outcome = await desk.run(name, reason="card 4111 1111 1111 1111, last four 4821, wants a person")
    assert isinstance(outcome.directive, TransferToPerson | EndCall)
    assert outcome.directive.reason == f"card {HIDDEN}, last four {HIDDEN}, wants a person"


async def test_a_number_with_too_few_digits_is_asked_for_again() -> None:
    desk = Desk()
    outcome = await desk.run("verify_caller", full_name="john smith", zip_code="six zero six")
    assert (outcome.ok, outcome.expects) == (False, "zip_code")
    assert desk.session.verification_attempts == 0


async def test_three_wrong_attempts_and_a_person_takes_over_whatever_the_model_says() -> None:
    desk = Desk()
    for _ in range(2):
        assert (await desk.run("verify_caller", **WRONG)).directive is None
    assert isinstance((await desk.run("verify_caller", **WRONG)).directive, TransferToPerson)
    right = {"full_name": "john smith", "zip_code": "60601", "last4": "4821"}
    assert not (await desk.run("verify_caller", **right)).ok
    assert desk.session.subject is None


@pytest.mark.parametrize("last4", ["4 8 2 7", "9 9 9 9"])
async def test_a_number_that_is_nearly_right_is_answered_like_any_other(last4: str) -> None:
    desk, other = Desk(), Desk()
    outcome = await desk.run("verify_caller", full_name="john smith", zip_code="60601", last4=last4)
    assert desk.session.subject is None
    assert outcome == await other.run("verify_caller", full_name="peter x ample", zip_code="11111", last4="1111")


async def test_another_persons_numbers_do_not_fit_my_name() -> None:
    desk = Desk()
    await desk.run("verify_caller", full_name="linda garcia", zip_code="60601", last4="4821")
    assert desk.session.subject is None


@pytest.mark.parametrize("agent", STORE.agents)
@pytest.mark.parametrize("tool", [definition.name for definition in BUILT_IN_TOOLS])
@pytest.mark.parametrize("verified", [None, "POL-A10001"])
async def test_the_whole_matrix_of_who_may_use_what(agent: str, tool: str, verified: str | None) -> None:
    desk = Desk(agent, verified)
    arguments = {"question": "deductible"} if tool in {"policy_question", "search_knowledge"} else {}
    outcome = await desk.run(tool, **arguments)
    listed = tool in {use.name for use in STORE.agents[agent].uses()}
    needs = tool in {"record_fnol", "file_claim", "policy_question", "send_claim_sms"}
    denied = outcome.code == "tool.denied"
    assert denied == (not listed or (needs and verified is None) or tool == "send_claim_sms")


async def test_somebody_elses_policy_is_denied() -> None:
    desk = Desk("general_info", "POL-A10001")
    outcome = await desk.run("policy_question", question="deductible", policy_id="POL-B20417")
    assert (outcome.ok, outcome.code) == (False, "tool.arguments")


async def test_an_emergency_is_never_refused() -> None:
    for agent in STORE.agents:
        outcome = await Desk(agent).run("report_emergency")
        assert isinstance(outcome.directive, TransferToPerson)
        assert outcome.directive.emergency


async def test_ending_the_call() -> None:
    assert isinstance((await Desk().run("end_call")).directive, EndCall)


@pytest.mark.parametrize("arguments", ["{", "[]", "null", '{"what": 5}', '{"unknown": 1}', "x" * 20_000, "[" * 20_000])
async def test_arguments_that_a_model_got_wrong_are_told_to_it(arguments: str) -> None:
    desk = Desk()
    agent = STORE.agents["auth"]
    context = desk.services.context(desk.session, STORE.lines["insurance"], agent, "", forms=STORE.forms.values())
    outcome = await desk.runner.run("report_emergency", arguments, context)
    assert (outcome.ok, outcome.code) == (False, "tool.arguments")


async def test_an_unknown_tool_answers_in_the_envelope() -> None:
    assert (await Desk().run("launch_rocket")).code == "tool.unknown"


@tool(effect="read")
async def end_call(ctx: ToolContext) -> ToolOutcome:
    """Ends the call; this one is broken."""
    raise KeyError("nobody thought of this")


async def test_a_broken_tool_answers_in_the_envelope_and_says_nothing_of_what_broke(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.runner = ToolRunner([end_call], desk._audit)
    outcome = await desk.run("end_call")
    assert (outcome.ok, outcome.code) == (False, "tool.failed")
    assert "nobody thought" not in json.dumps(dataclasses.asdict(outcome), default=str)
    assert [record.event for record in caplog.records] == ["tool.broke"]
    assert desk.audited == ["tool:end_call"]


async def test_every_run_is_audited() -> None:
    desk = Desk()
    await desk.run("end_call")
    assert desk.audited == ["tool:end_call"]
