"""A text message to the caller: with consent, once, and told plainly when it fails."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from shipped_store import shipped_store

from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.store_tools import tools_of_store
from backend.errors import RingmasterError, TimedOut, Unavailable
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(tool_names())


class Outbox:
    """Text messages that go nowhere."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.fails: RingmasterError | None = None

    async def send(self, to: str, text: str) -> None:
        if self.fails:
            raise self.fails
        self.sent.append((to, text))


class Desk:
    """The end of a call in which a claim was filed."""

    def __init__(self, number: str = "+13125550142", *, messages: bool = True) -> None:
        self.outbox = Outbox()
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, self._audit), STORE)
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        sender = self.outbox if messages else None
        self.services = ToolServices(MemoryCases(), policies, self._audit, sender, lambda _: NOON)
        self.session = CallSession(call_id="c1", line="insurance", active_agent="fnol_intake", caller_number=number)
        self.session.subject = policies.subject("POL-A10001")
        self.session.case_number = "CLA-2026-A1B2C3"

    async def _audit(self, *_: object) -> None:
        return None

    async def send(self, caller: str, **arguments: object) -> ToolOutcome:
        self.session.turn += 1
        agent, line = STORE.agents["fnol_intake"], STORE.lines["insurance"]
        says = STORE.phrases.of(line, agent)
        context = self.services.context(self.session, line, agent, caller, forms=STORE.forms.values(), phrases=says)
        outcome = await self.runner.run("send_claim_sms", json.dumps(arguments), context)
        told = " ".join(part for part in (outcome.say, outcome.ask) if part)
        if told:
            self.session.history.append(AgentSaid(agent.name, told, self.session.turn))
        return outcome


async def test_the_caller_is_asked_first_whatever_the_model_claims_he_said() -> None:
    desk = Desk()
    outcome = await desk.send("yes text me", consent="yes, of course")
    assert (outcome.code, outcome.expects) == ("tool.unconfirmed", "consent")
    assert "Shall I send" in (outcome.ask or "")
    assert desk.outbox.sent == []


async def test_with_consent_it_is_sent_to_his_phone_once() -> None:
    desk = Desk()
    await desk.send("text me")
    assert (await desk.send("yes please")).say == "I have sent it to your phone."
    assert (await desk.send("yes")).say == "I have sent it to you already."
    assert desk.outbox.sent == [
        ("+13125550142", "Meridian Mutual: your claim number is CLA-2026-A1B2C3. Please keep it.")
    ]


async def test_no_is_no_and_anything_else_is_asked_again() -> None:
    desk = Desk()
    await desk.send("text me")
    assert (await desk.send("well")).expects == "consent"
    assert (await desk.send("no")).ok
    assert desk.outbox.sent == []


async def test_a_failure_is_told_plainly_and_may_be_tried_again() -> None:
    desk = Desk()
    desk.outbox.fails = Unavailable("messages", "down")
    await desk.send("text me")
    outcome = await desk.send("yes")
    assert (outcome.ok, outcome.code) == (False, "tool.failed")
    assert "couldn't send" in (outcome.say or "")
    desk.outbox.fails = None
    await desk.send("try again")
    assert (await desk.send("yes")).ok
    assert len(desk.outbox.sent) == 1


async def test_a_message_that_may_have_gone_out_is_not_sent_again() -> None:
    desk = Desk()
    desk.outbox.fails = TimedOut("messages", "no answer")
    await desk.send("text me")
    assert "not sure" in ((await desk.send("yes")).say or "")
    desk.outbox.fails = None
    await desk.send("again")
    await desk.send("yes")
    assert desk.outbox.sent == []


@pytest.mark.parametrize("desk", [Desk(""), Desk("anonymous"), Desk("8:acs:user"), Desk(messages=False)])
async def test_a_phone_that_cannot_be_texted(desk: Desk) -> None:
    outcome = await desk.send("text me")
    assert (outcome.ok, outcome.expects) == (False, None)
    assert "can't send" in (outcome.say or "")


async def test_without_a_claim_there_is_nothing_to_send() -> None:
    desk = Desk()
    desk.session.case_number = None
    assert (await desk.send("text me")).code == "tool.denied"


async def test_a_yes_to_the_message_files_no_claim() -> None:
    desk = Desk()
    await desk.send("text me")
    desk.session.turn += 1
    agent, line = STORE.agents["fnol_intake"], STORE.lines["insurance"]
    outcome = await desk.runner.run(
        "file_claim", "{}", desk.services.context(desk.session, line, agent, "yes", forms=STORE.forms.values())
    )
    assert not outcome.ok
