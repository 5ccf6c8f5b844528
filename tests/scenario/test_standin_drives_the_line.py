"""The stand-in model drives the shipped agents through whole calls, in text, with the real tools."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from backend.agents.handoffs import handoff_schemas, handoff_target
from backend.agents.prompts import PromptVariables
from backend.agents.store import load_store
from backend.domain.session import CallSession
from backend.domain.tool import EndCall, ToolOutcome, TransferToPerson
from backend.emulator.model.decide import decide
from backend.emulator.model.situation import read_situation
from backend.testing.books import MemoryClaims, MemoryPolicies
from backend.tool_store.catalogue import CATALOGUE
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))


async def no_audit(*_: object) -> None:
    return None


class TextCall:
    """One call in text: the engine's loop in thirty lines, so that the rules can be tested without it."""

    def __init__(self) -> None:
        self.claims = MemoryClaims()
        policies = MemoryPolicies.from_yaml(ROOT / "agent_store/policyholders.yaml")
        self.runner = ToolRunner(CATALOGUE, no_audit)
        self.services = ToolServices(self.claims, policies, no_audit, clock=lambda zone: NOON)
        self.store = load_store(ROOT / "agent_store", ROOT / "prompt_store", self.runner.names)
        self.line = self.store.lines["insurance"]
        self.session = CallSession(call_id="c1", line="insurance", active_agent=self.line.entry)
        self.messages: list[dict] = []
        self.agents = ["auth"]
        self.over: object = None
        self.said: list[str] = [self._greet()]

    @property
    def agent(self):
        return self.store.agents[self.session.active_agent]

    def _variables(self) -> PromptVariables:
        return PromptVariables.of(session=self.session, line=self.line, agent=self.agent, now=NOON)

    def _greet(self) -> str:
        text = self.store.render_line(self.agent.greeting, self._variables())
        self.messages.append({"role": "assistant", "content": text})
        return text

    async def say(self, text: str) -> str:
        self.messages.append({"role": "user", "content": text})
        before = len(self.said)
        await self._go_on(text)
        return " ".join(self.said[before:])

    async def _go_on(self, text: str) -> None:
        for _ in range(8):
            schemas = [*self.runner.schemas(self.agent), *handoff_schemas(self.agent, self.store)]
            tools = [
                {
                    "type": "function",
                    "function": {"name": s.name, "description": s.description, "parameters": s.parameters},
                }
                for s in schemas
            ]
            prompt = {"role": "system", "content": self.store.render_prompt(self.agent, self._variables())}
            decision = decide(read_situation([prompt, *self.messages], tools))
            if decision.text:
                self.said.append(decision.text)
            self.messages.append(
                {
                    "role": "assistant",
                    "content": decision.text,
                    "tool_calls": [
                        {"id": f"t{len(self.messages)}", "function": {"name": n, "arguments": json.dumps(a)}}
                        for n, a in decision.calls.items()
                    ],
                }
            )
            if not decision.calls:
                return
            (name, arguments) = next(iter(decision.calls.items()))
            if target := handoff_target(name):
                self._answer(name, {"ok": True, "message": f"Handed over to {target}."})
                style = next(h.style for h in self.agent.handoffs if h.to == target)
                self.session.active_agent = target
                self.agents.append(target)
                if style == "announced":
                    self.said.append(self._greet())
                    return
                continue
            context = self.services.context(self.session, self.line, self.agent, text)
            outcome = await self.runner.run(name, json.dumps(arguments), context)
            self._answer(name, outcome.envelope())
            if isinstance(outcome.directive, EndCall | TransferToPerson):
                self.over = outcome.directive
                return
            if self._pass_on(outcome):
                return
        raise AssertionError("the model does not come to an end")

    def _pass_on(self, outcome: ToolOutcome) -> bool:
        asked = outcome.ask if self.agent.questions == "tool" and outcome.directive is None else None
        for line in filter(None, (outcome.say, asked)):
            self.said.append(line)
            self.messages.append({"role": "assistant", "content": line})
        return asked is not None

    def _answer(self, name: str, envelope: dict) -> None:
        call = self.messages[-1]["tool_calls"][0]["id"]
        self.messages.append({"role": "tool", "tool_call_id": call, "content": json.dumps(envelope)})


def choose(persona: dict, said: str, used: set[str]) -> str:
    question = said.rsplit(". ", 1)[-1].lower()
    best, score = None, 0
    for place in (question, said.lower()):
        for utterance in persona["utterances"]:
            found = max((len(k) for k in utterance["when_asked"] if k in place), default=0)
            if found > score:
                best, score = utterance, found
        if best:
            return best["id"]
    raise AssertionError(f"no answer to: {said}")


def persona(name: str) -> dict:
    return yaml.safe_load((ROOT / f"tests/personas/{name}/persona.yaml").read_text())


async def converse(name: str, misheard: dict[str, str] | None = None) -> tuple[TextCall, list[str]]:
    call, who = TextCall(), persona(name)
    words = {u["id"]: u["text"] for u in who["utterances"]} | (misheard or {})
    asked: list[str] = []
    for _ in range(40):
        if call.over:
            break
        answer = choose(who, call.said[-1], set(asked))
        asked.append(answer)
        await call.say(words[answer])
    return call, asked


RIGHT = {
    "rear_end": ("POL-A10001", True, "2026-11-20", "17:30", "Chicago", 2, "commuting"),
    "parking_lot": ("POL-B20417", False, "2026-11-21", "09:00", "Houston", 2, "personal"),
}


def check(call: TextCall, name: str) -> None:
    policy, drivable, day, time, city, cars, purpose = RIGHT[name]
    (claim,) = call.claims.filed
    assert claim.policy_id == policy
    assert claim.fields["vehicle_drivable"] is drivable
    assert claim.fields["injuries"]["injured"] is False
    assert (claim.fields["loss_date"], claim.fields["loss_time"]) == (day, time)
    assert claim.fields["loss_location"]["city"] == city
    assert claim.fields["vehicles_involved"] == cars
    assert claim.fields["trip_purpose"] == purpose
    assert isinstance(call.over, EndCall)
    assert call.agents == ["auth", "fnol_intake"]


@pytest.mark.parametrize("name", ["rear_end", "parking_lot"])
async def test_a_caller_who_is_understood_files_a_claim(name: str) -> None:
    call, asked = await converse(name)
    check(call, name)
    assert len(asked) == len(set(asked)), "nothing is asked twice"


@pytest.mark.parametrize(
    ("name", "misheard"),
    [
        ("rear_end", {"last4": "for eight to one", "full_name": "my name is jon smyth"}),
        ("rear_end", {"drivable": "yes the cars drive the ball", "zip_code": "six zero sex zero one"}),
        ("rear_end", {"drivable": "yes the car is right little"}),
        ("rear_end", {"injuries": "nobody was heard", "count": "to cars were involved"}),
        ("parking_lot", {"full_name": "caring miller", "last4": "nine zero three seven in"}),
        ("parking_lot", {"vehicle": "it is a twenty twenty one to yoda camry"}),
        ("rear_end", {"vehicle": "a two thousand nineteen hundred civic"}),
    ],
)
async def test_a_misheard_caller_files_the_right_claim_all_the_same(name: str, misheard: dict[str, str]) -> None:
    call, _ = await converse(name, misheard)
    check(call, name)


async def test_a_coverage_question_is_answered_from_the_callers_own_policy() -> None:
    call = TextCall()
    await call.say("what is my deductible")
    await call.say("karen miller")
    await call.say("seven seven zero zero two")
    answer = await call.say("nine zero three seven")
    assert "1000 dollars" in answer
    assert call.agents == ["auth", "general_info"]
    await call.say("no thank you")
    assert isinstance(call.over, EndCall)


async def test_injured_people_come_before_names() -> None:
    call = TextCall()
    await call.say("there has been a crash and people are injured")
    assert isinstance(call.over, TransferToPerson)
    assert call.over.emergency


async def test_a_person_at_once() -> None:
    call = TextCall()
    await call.say("i want to talk to a human right now")
    assert isinstance(call.over, TransferToPerson)
